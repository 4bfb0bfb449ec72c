import type { CaptureSummary } from "../../capture/captured.ts";
import { UNREAD, type Unread, type UnreadCount } from "../../capture/unread.ts";

/** Kinds that are named; those beyond are counted together. */
const MAX_NAMED = 12;

/** What it is, and what would read it. */
export const unreadText = ({ what, number }: UnreadCount): string =>
  `${UNREAD[what].name(number)}: ${UNREAD[what].advice}`;

/** A line for each kind of packet that was not read. */
export function unreadWords(unread: readonly UnreadCount[]): string {
  const lines = unread
    .slice(0, MAX_NAMED)
    .map((one) => `  ${packetsOf(one.packets)} of ${unreadText(one)}.\n`);
  const rest = unread.slice(MAX_NAMED).reduce((sum, { packets }) => sum + packets, 0);
  if (rest > 0)
    lines.push(`  ${packetsOf(rest)} of ${unread.length - MAX_NAMED} other kinds that are not read here.\n`);
  return lines.join("");
}

const packetsOf = (number: number): string => `${number} packet${number === 1 ? "" : "s"}`;

/** May it be said of a capture without calls that there is no PPTP in it? */
export function isWhollyRead({ broken, packets, notes, unread }: CaptureSummary): boolean {
  const ours = packets.gre + packets.control + packets.icmp;
  const closed = packets.malformed + packets["unknown-link"] + notes["incomplete-datagrams"];
  return !broken && unread.length === 0 && ours + closed === 0;
}

/** Packets that are named among what was not read, and need not be named again. */
export const unreadOf = ({ unread }: CaptureSummary, wanted: Unread): number =>
  unread.reduce((sum, { what, packets }) => sum + (what === wanted ? packets : 0), 0);
