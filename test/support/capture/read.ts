import type {
  Captured,
  CaptureOptions,
  CaptureSummary,
  Problem,
  Side,
} from "../../../pacctl/capture/captured.ts";
import { CaptureReader } from "../../../pacctl/capture/reader.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { type FilePacket, pcap } from "./files.ts";

export interface Reading {
  /** All events but those that only tell the time; octets are copies. */
  readonly events: readonly Captured[];
  readonly summary: CaptureSummary;
}

/** Reads a capture in chunks of so many octets, each in memory that is overwritten after the call. */
export function read(file: Uint8Array, options: CaptureOptions = {}, chunk = file.length): Reading {
  const events: Captured[] = [];
  const reader = new CaptureReader(options, (captured) => {
    if (captured.kind !== "time") events.push(kept(captured));
  });
  const memory = new Uint8Array(Math.max(1, chunk));
  for (let at = 0; at < file.length; at += chunk) {
    const part = file.subarray(at, at + chunk);
    memory.set(part);
    const more = reader.push(memory.subarray(0, part.length));
    memory.fill(0xee);
    if (!more) break;
  }
  reader.end();
  return { events, summary: reader.summary() };
}

function kept(captured: Captured): Captured {
  if (captured.kind === "tcp-octets" || captured.kind === "gre") {
    return { ...captured, octets: captured.octets.slice() };
  }
  if (captured.kind === "icmp" && captured.about.protocol === "gre") {
    return { ...captured, about: { ...captured.about, octets: captured.about.octets.slice() } };
  }
  return captured;
}

/** Reads raw IP packets, a millisecond apart where they have no time. */
export const readPackets = (...packets: readonly (Uint8Array | FilePacket)[]): Reading =>
  read(
    pcap(
      packets.map((packet) => (packet instanceof Uint8Array ? { octets: packet } : packet)),
      { linkType: 101 },
    ),
  );

export const ofKind = <K extends Captured["kind"]>(
  { events }: Reading,
  kind: K,
): Extract<Captured, { kind: K }>[] =>
  events.filter((event): event is Extract<Captured, { kind: K }> => event.kind === kind);

export const problems = (reading: Reading): Problem[] => ofKind(reading, "problem");

/** All octets of one direction, holes left out. */
export const stream = (reading: Reading, from: Side, connection = 1): Uint8Array =>
  concat(
    ...ofKind(reading, "tcp-octets")
      .filter((event) => event.from === from && event.connection.id === connection)
      .map(({ octets }) => octets),
  );

/** Events of TCP in short: `1 syn client`, `4 octets server 0+156`. */
export const tcpLines = (reading: Reading): string[] =>
  reading.events.flatMap((event) => tcpLine(event) ?? []);

function tcpLine(event: Captured): string | undefined {
  if (!event.kind.startsWith("tcp-") || !("connection" in event)) return undefined;
  const head = `${event.when.frame} ${event.kind.slice(4)}`;
  switch (event.kind) {
    case "tcp-seen":
      return `${head} ${event.connection.seen}`;
    case "tcp-syn":
      return `${head} ${event.from}${event.again ? " again" : ""}`;
    case "tcp-octets":
      return `${head} ${event.from} ${event.offset}+${event.octets.length}${event.damaged ? " damaged" : ""}`;
    case "tcp-hole":
      return `${head} ${event.from} ${event.offset}+${event.length} ${event.why}`;
    case "tcp-retransmission":
      return `${head} ${event.from} ${event.offset}+${event.length}`;
    case "tcp-fin":
    case "tcp-reset":
      return `${head} ${event.from}`;
    default:
      return head;
  }
}
