import { shownField } from "../../../server/wire/shown-field.ts";
import type {
  TcpEstablished,
  TcpFin,
  TcpHole,
  TcpReset,
  TcpRetransmission,
  TcpSeen,
  TcpSegment,
  TcpSyn,
} from "../../capture/captured.ts";
import { flagNames } from "../data/header-fields.ts";
import { LINGER } from "../limits.ts";
import type { Call } from "./call.ts";
import type { Connection } from "./connection.ts";

/** What happened to the TCP connection of a call. Octets are the control connection's affair. */
export type TcpEvent = TcpSeen | TcpSyn | TcpEstablished | TcpHole | TcpRetransmission | TcpFin | TcpReset;

export function onTcp({ current: call, sent }: Connection, event: TcpEvent): void {
  const { tcp } = call.facts;
  const { when } = event;
  switch (event.kind) {
    case "tcp-seen":
      tcp.connection = event.connection.seen;
      if (tcp.connection === "mid-stream")
        call.note(when, "tcp", "The capture begins in the midst of this connection");
      return;
    case "tcp-syn":
      onSyn(call, event);
      if (event.from === "server") tcp.synAcked = true;
      else if (event.again) tcp.again += 1;
      call.message(when, event.from, "tcp", event.from === "client" ? "SYN" : "SYN, ACK", again(event.again));
      return;
    case "tcp-established":
      tcp.established = true;
      call.done(
        "tcp",
        when.at,
        `port ${event.connection.server.port}, from port ${event.connection.client.port}`,
      );
      return;
    case "tcp-hole":
      tcp.holes += 1;
      if (event.why === "cut") {
        call.facts.cut += 1;
        return;
      }
      if (event.why === "missed") tcp.missed[event.from] += event.length;
      call.note(
        when,
        "tcp",
        `${event.length} octets from the ${event.from} are missing: ${HOLES[event.why]}`,
      );
      return;
    case "tcp-retransmission":
      tcp.resent[event.from] += 1;
      retransmitted(call, event, sent[event.from].among(event.offset, event.length));
      return;
    case "tcp-fin":
      call.message(when, event.from, "tcp", "FIN");
      onTcpEnd(call, event);
      return;
    case "tcp-reset":
      if (event.from === "server" && tcp.connection === "syn" && !tcp.synAcked) tcp.refused = true;
      call.message(when, event.from, "tcp", "RST");
      onTcpEnd(call, event);
      return;
  }
}

/** `held`: what the octets are, where that is remembered. */
function retransmitted(call: Call, { when, from, length }: TcpRetransmission, held: string): void {
  const details = { ...again(true), fields: () => (held === "" ? [] : [shownField("segment", held)]) };
  call.message(when, from, "tcp", `${length} octets${held === "" ? "" : `: ${held}`}`, details);
}

/** One side closes the connection: that concerns every call on it. */
export function onTcpEnd(call: Call, { kind, from, when }: TcpFin | TcpReset): void {
  const { endings, tcp } = call.facts;
  if (kind === "tcp-reset") {
    endings.add(from, when, { kind: "reset" });
    call.overAt = when.at + LINGER;
    return;
  }
  endings.add(from, when, { kind: "fin" });
  tcp.fin[from] = true;
  if (tcp.fin.client && tcp.fin.server) call.overAt = when.at + LINGER;
}

/** A segment of which no row has been made: where all are wanted. */
export function onSegment(connection: Connection | undefined, segment: TcpSegment): void {
  if (connection === undefined) return;
  const { current, calls, carried } = connection;
  const { when, from, copyOf } = segment;
  const held = carried.get(when.frame);
  carried.clear();
  const told = [current, ...calls].some(({ saidFrames }) => saidFrames.has(when.frame));
  for (const { saidFrames } of [current, ...calls]) saidFrames.clear();
  if (told && copyOf === undefined) return;
  const mark = copyOf === undefined ? MARKS[segment.what] : `copy of frame ${copyOf}`;
  current.packet(when, from, "tcp", segmentText(segment, held), { mark });
}

const MARKS: Readonly<Record<TcpSegment["what"], string | undefined>> = {
  "in-place": undefined,
  "keep-alive": "keep-alive",
  stray: "fits nowhere in the connection",
  damaged: "checksum wrong",
};

function segmentText(segment: TcpSegment, held: string | undefined): string {
  const { flags, length, acknowledged, what, copyOf } = segment;
  const names = flagNames(flags);
  if (length === 0)
    return acknowledged === undefined || acknowledged <= 0 ? names : `${names} of ${acknowledged} octets`;
  const sent = `${names}, ${length} octets`;
  if (held !== undefined && held !== "") return `${sent}: ${held}`;
  const waits = held === undefined && what === "in-place" && copyOf === undefined;
  return waits ? `${sent} behind some that have not come` : sent;
}

/** Both initial sequence numbers together tell a connection from all others. */
function onSyn(call: Call, { from, sequence, when }: TcpSyn): void {
  const { initial } = call.facts.tcp;
  initial[from] = sequence;
  const { client, server } = initial;
  if (client !== undefined && server !== undefined)
    call.services.twins.tcp(call.dial, client, server, when.at);
}

const again = (is: boolean) => ({ mark: is ? "sent again" : undefined });

/** What was cut shows in the messages. */
const HOLES: Readonly<Record<Exclude<TcpHole["why"], "cut">, string>> = {
  missed: "the other side got them, only the capture did not",
  lost: "nobody was seen to get them",
};
