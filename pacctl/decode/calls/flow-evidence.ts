import { GRE_OK, GreHeader, readGre } from "../../../server/gre/header.ts";
import { CODE } from "../../../server/ppp/codes.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { decodePacket } from "../../../server/ppp/packet.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { ahead } from "../../../server/wire/sequence.ts";
import type { GrePacket } from "../../capture/captured.ts";

/** Ours: an acknowledgement is of one of the last packets: so far apart they are where it is of this call. */
const NEAR = 16;

/** Ours: packets of a dial that are sent and not yet acknowledged. */
const IN_FLIGHT = 2;

/** Ours: what one acknowledged option list says, in single acknowledgements of GRE. */
const ANSWERED = 16;

/** May a number that one side acknowledges be the other's last one? `exactly`: nothing is missing. */
export function acknowledges(acknowledgement: number, last: number, exactly = false): boolean {
  const distance = ahead(acknowledgement, last);
  return exactly ? distance >= -IN_FLIGHT && distance <= 0 : Math.abs(distance) <= NEAR;
}

/** What it says that a packet acknowledges this number, where `last` came last from the other side. */
function weight(acknowledgement: number, last: number): number {
  const distance = ahead(acknowledgement, last);
  if (distance === 0) return 3;
  if (distance > 0) return -4; // nobody acknowledges what was not sent
  return distance >= -NEAR ? 1 : -2;
}

/**
 * How much speaks for two rows of packets, in opposite directions, being of one call; less than 0: more
 * speaks against it. Acknowledgement numbers follow the other's sequence numbers (RFC 2637 §4.4), and a
 * Configure-Ack has the options of the request (RFC 1661 §5.2).
 */
export function belongTogether(one: readonly GrePacket[], other: readonly GrePacket[]): number {
  const packets = [
    ...one.map((packet) => ({ packet, of: 0 })),
    ...other.map((packet) => ({ packet, of: 1 })),
  ];
  packets.sort((a, b) => a.packet.when.at - b.packet.when.at || a.packet.when.frame - b.packet.when.frame);
  const last: (number | undefined)[] = [undefined, undefined];
  const asked: readonly Set<string>[] = [new Set(), new Set()];
  let score = 0;
  for (const { packet, of } of packets) {
    const said = saidBy(packet);
    const theirs = last[1 - of];
    if (said.acknowledgement !== undefined && theirs !== undefined)
      score += weight(said.acknowledgement, theirs);
    last[of] = said.sequence ?? last[of];
    if (said.code === CODE.configureRequest) asked[of]!.add(said.options!);
    if (said.code === CODE.configureAck && asked[1 - of]!.has(said.options!)) score += ANSWERED;
  }
  return score;
}

/** What a packet says of the order of things. */
interface Said {
  readonly sequence?: number | undefined;
  readonly acknowledgement?: number | undefined;
  readonly code?: number;
  readonly options?: string;
}

/** Packets are weighed against several rows. */
const known = new WeakMap<GrePacket, Said>();

function saidBy(packet: GrePacket): Said {
  const before = known.get(packet);
  if (before !== undefined) return before;
  const said = read(packet);
  known.set(packet, said);
  return said;
}

function read({ octets }: GrePacket): Said {
  const header = new GreHeader();
  if (readGre(octets, 0, octets.length, header) !== GRE_OK) return {};
  return {
    sequence: header.hasSequence ? header.sequence : undefined,
    acknowledgement: header.hasAcknowledgement ? header.acknowledgement : undefined,
    ...negotiated(octets.subarray(header.payloadOffset)),
  };
}

/** Code and options of a packet that negotiates. */
function negotiated(payload: Uint8Array): { readonly code: number; readonly options: string } | undefined {
  const frame = decodeFrame(payload);
  const packet = frame.ok ? decodePacket(frame.value.information) : frame;
  if (!frame.ok || !packet.ok) return undefined;
  const { code, identifier, data } = packet.value;
  return { code, options: `${frame.value.protocol} ${identifier} ${hex(data)}` };
}
