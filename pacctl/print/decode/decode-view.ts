import type { CaptureSummary, Problem } from "../../capture/captured.ts";
import { PROBLEMS } from "../../capture/problems.ts";
import type { CallName, DecodedCall, DecodedRow } from "../../decode/decode-types.ts";
import type { Decoder } from "../../decode/decoder.ts";
import { orderWords } from "./order-words.ts";
import { isWhollyRead, unreadOf, unreadWords } from "./unread-words.ts";

/** GRE packets that are part of no call, and how many calls are dials that were counted already. */
export type LeftOver = Decoder["leftOver"] & Pick<Decoder, "twice">;

/** One way to show what a capture holds, as it is read. */
export interface DecodeView {
  row(call: CallName, row: DecodedRow): void;
  over(call: DecodedCall): void;
  problem(problem: Problem): void;
  /** There is no more. */
  end(capture: CaptureSummary, leftOver: LeftOver): void;
}

/** What a view needs to know of the whole. */
export interface ViewBase {
  readonly out: (text: string) => void;
  /** Characters of a line. */
  readonly width: number;
  /** Nanoseconds of the Unix epoch at the first packet. */
  readonly startedAt: () => bigint | undefined;
  /** Calls of the capture so far, those that nobody asked for as well. */
  readonly found: () => number;
}

/** Calls of a capture, and how many of them were asked for. */
export interface CallCount {
  readonly found: number;
  readonly shown: number;
}

/** A moment of the capture as ISO 8601 in UTC with microseconds; undefined where the capture has no time. */
export function timeOf(startedAt: bigint | undefined, at: number): string | undefined {
  if (startedAt === undefined) return undefined;
  const micros = (startedAt + BigInt(Math.round(at))) / 1000n;
  const date = new Date(Number(micros / 1000n));
  if (Number.isNaN(date.getTime())) return undefined;
  const rest = String(((micros % 1000n) + 1000n) % 1000n).padStart(3, "0");
  return date.toISOString().replace("Z", `${rest}Z`);
}

/** The same for people, to the second: `2012-10-23 16:22:23Z`. */
export const shortTime = (startedAt: bigint | undefined, at: number): string =>
  timeOf(startedAt, at)
    ?.replace("T", " ")
    .replace(/\.\d+Z$/, "Z") ?? "no time";

/** A problem in one sentence, with the place in the file. */
export function problemText({ code, offset, frames, detail }: Problem): string {
  const more = detail === "" ? "" : `: ${detail}`;
  const place = offset === 0 && frames === 0 ? "" : ` (at octet ${offset}, after ${frames} packets)`;
  return `${PROBLEMS[code]}${more}${place}.`;
}

/** What was read, in one or two sentences. */
export function closingWords(capture: CaptureSummary, calls: CallCount, leftOver: LeftOver): string {
  const { format, frames, packets, notes } = capture;
  if (frames === 0) return format === undefined || capture.broken ? "" : NO_PACKETS;
  const read = `${count(frames, "packet")}: ${packets.gre} of GRE, ${packets.control} of control connections.`;
  const nothing = isWhollyRead(capture) ? "There is no PPTP in it." : "No PPTP in what could be read.";
  const cut = notes.cut > 0 && packets.gre + packets.control > 0;
  const none = cut ? "All that could tell of calls was cut." : nothing;
  const { found, shown } = calls;
  const chosen = shown === found ? "" : `, of which ${shown} ${shown === 1 ? "was" : "were"} chosen`;
  const words = found === 0 ? none : `${count(found, "call")}${chosen}${twiceWords(leftOver)}.`;
  const notable = [
    [notes.cut, "Cut by the capture (tcpdump -s 0 keeps all of a packet)"],
    [notes.carried, "Inside other packets, as in a tunnel or from the mirror of a switch"],
    [notes.copies, "In the file twice"],
    [notes.damaged, "With a wrong checksum"],
    [notes["incomplete-datagrams"], "Fragments whose others are missing"],
    [
      packets.malformed - unreadOf(capture, "cut"),
      "With headers that contradict themselves or are not whole",
    ],
    [leftOver.unexplained, "GRE that belongs to no call that could be made out"],
    [leftOver.otherGre - unreadOf(capture, "gre"), "GRE that is not as PPTP has it"],
  ] as const;
  const lines = notable.filter(([number]) => number > 0).map(([number, words]) => `  ${words}: ${number}\n`);
  return `${read} ${words}\n${lines.join("")}${orderWords(capture)}${unreadWords(capture.unread)}`;
}

const NO_PACKETS = "There are no packets in it: nothing came, or nothing that its filter let through.\n";

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

function twiceWords({ twice }: LeftOver): string {
  if (twice === 0) return "";
  const are = `${twice} ${twice === 1 ? "is" : "are"}`;
  return `; ${are} the same dial as another, seen on the other side of a NAT`;
}
