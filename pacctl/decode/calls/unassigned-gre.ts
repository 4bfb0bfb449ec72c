import { greCallId, looseGre } from "../../../server/gre/gre-fields.ts";
import { CHAP } from "../../../server/ppp/auth/chap.ts";
import { EAP } from "../../../server/ppp/auth/eap.ts";
import { PAP } from "../../../server/ppp/auth/pap.ts";
import { CODE } from "../../../server/ppp/codes.ts";
import { decodeCutPacket, wholeOptions } from "../../../server/ppp/cut-packet.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { ipAddress } from "../../../server/ppp/ipcp/ip-address.ts";
import { decodeOptions } from "../../../server/ppp/option-list.ts";
import type { Packet } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import type { GrePacket } from "../../capture/captured.ts";
import { FLOW_WAIT, MAX_CONTESTED_PACKETS, MAX_FLOW_PACKETS, MAX_FLOWS } from "../limits.ts";
import { asksForLogIn } from "../link/link-watch.ts";
import type { Call } from "./call.ts";
import { type Half, type HalfPair, isFew, pairsOf } from "./half-pairs.ts";

/** Ours: what speaks for one way to put directions together rather than any other. */
const SURE_ENOUGH = 12;

/** Ours: below it nothing does but the order in which they began. */
const TOLD = 1;

/** GRE packets between two addresses, both directions as far as they are known, that belong to no call. */
export interface GreFlow {
  /** Who sent the first one. */
  readonly first: string;
  readonly second: string;
  /** Call IDs in the packets that either sends; undefined: none came. */
  readonly firstId: number;
  readonly secondId: number | undefined;
  /** In the order of the capture. */
  readonly packets: readonly GrePacket[];
  /** The call whose control messages name one of its IDs. */
  readonly owner: Call | undefined;
  /** Nothing says that the two directions belong together rather than others. */
  readonly paired: "told" | "by order";
}

/** A flow whose client is known: it can be assigned to a call. */
export interface AssignedFlow {
  readonly flow: GreFlow;
  readonly firstIsClient: boolean;
  /** Nothing in the packets says so. */
  readonly guessed: boolean;
}

/**
 * Did the first sender send this one too? Both may have one address, as on the loopback: then the ID tells.
 */
export const isFromFirst = ({ first, second, firstId }: GreFlow, packet: GrePacket): boolean =>
  first === second ? greCallId(packet.octets) === firstId : packet.source === first;

/**
 * GRE that no control connection in the capture accounts for. It is held until its packets show which side is
 * the server and which directions belong together, or until a call is found that it belongs to.
 */
export class UnassignedGre {
  /** The oldest first. */
  readonly #halves = new Map<string, Half>();
  /** Calls of which a control message named this ID, and not the other one. */
  readonly #claims = new Map<string, Call>();

  /**
   * The packet is held. Returns what is ready to become a call, and how many packets had to make room.
   * `mayFollow`: calls of others may show, whose beginnings are not in the capture.
   */
  add(
    packet: GrePacket,
    callId: number,
    mayFollow: boolean,
  ): { readonly ready?: readonly AssignedFlow[]; readonly evicted?: number } {
    const { source, destination } = packet;
    const held = { ...packet, octets: packet.octets.slice() };
    const key = keyOf(source, destination, callId);
    const half = this.#halves.get(key) ?? {
      source,
      destination,
      callId,
      packets: [],
      owner: this.#claims.get(key),
      told: undefined,
    };
    this.#halves.set(key, half);
    half.packets.push(held);
    const by = half.told === undefined ? roleOf(held.octets) : undefined;
    if (by !== undefined) half.told = { packet: held, by };
    const ready = this.#ready(half, packet.when.at, mayFollow);
    if (ready !== undefined) return { ready };
    if (this.#halves.size <= MAX_FLOWS) return {};
    const [oldest] = this.#halves.values();
    this.#remove(oldest!);
    return { evicted: oldest!.packets.length };
  }

  /** Is there anything from one to the other with this call ID? */
  has(source: string, destination: string, callId: number): boolean {
    return this.#halves.has(keyOf(source, destination, callId));
  }

  /** Is there anything from one to the other with another call ID? */
  holdsOthers(source: string, destination: string, callId: number): boolean {
    for (const half of this.#halves.values())
      if (half.source === source && half.destination === destination && half.callId !== callId) return true;
    return false;
  }

  /** Is there anything at all from one to the other? */
  holdsAny(source: string, destination: string): boolean {
    for (const half of this.#halves.values())
      if (half.source === source && half.destination === destination) return true;
    return false;
  }

  /**
   * A control message names a call ID of this call: what carries it is held until the other direction shows.
   */
  claim(source: string, destination: string, callId: number, owner: Call): void {
    const key = keyOf(source, destination, callId);
    this.#claims.set(key, owner);
    const half = this.#halves.get(key);
    if (half !== undefined) half.owner = owner;
  }

  /** Nothing more is held for this call. Returns what was. */
  release(owner: Call): readonly AssignedFlow[] {
    for (const [key, call] of this.#claims) if (call === owner) this.#claims.delete(key);
    const flows: AssignedFlow[] = [];
    for (const half of [...this.#halves.values()])
      if (half.owner === owner && this.has(half.source, half.destination, half.callId))
        flows.push(this.#assigned(half, this.#pairs(half)));
    return flows;
  }

  /**
   * The packets of a call that shows only now, those of the other direction with them. `otherId`: the call ID
   * in these, where it is known.
   */
  take(source: string, destination: string, callId: number, otherId?: number): GreFlow | undefined {
    const half = this.#halves.get(keyOf(source, destination, callId));
    if (half === undefined) return undefined;
    if (otherId !== undefined)
      return this.#takeBoth(half, this.#halves.get(keyOf(destination, source, otherId)), "told");
    return this.#takeWithOther(half);
  }

  /** All that are left. */
  end(): readonly AssignedFlow[] {
    const flows: AssignedFlow[] = [];
    for (const { source, destination } of this.#halves.values())
      flows.push(...this.endBetween(source, destination));
    return flows;
  }

  /** All that are left between these two. */
  endBetween(source: string, destination: string): readonly AssignedFlow[] {
    const flows: AssignedFlow[] = [];
    const ones = this.#between(source, destination);
    const others = this.#between(destination, source);
    const pairs = source === destination && ones.length > 0 ? this.#pairs(ones[0]!) : pairsOf(ones, others);
    for (const one of [...ones, ...others])
      if (this.has(one.source, one.destination, one.callId)) flows.push(this.#assigned(one, pairs));
    return flows;
  }

  /** What becomes of a half, and of whatever is between the same two. */
  #ready(half: Half, now: number, mayFollow: boolean): readonly AssignedFlow[] | undefined {
    const { packets } = half;
    const due = half.told !== undefined || half.owner !== undefined || packets.length >= MAX_FLOW_PACKETS;
    if (!due) return undefined;
    if (!this.isContested(half.source, half.destination)) {
      const waited = now - packets[0]!.when.at;
      if (mayFollow && waited < FLOW_WAIT && packets.length < MAX_FLOW_PACKETS) return undefined;
      return [this.#assigned(half, this.#pairs(half))];
    }
    const { length } = packets;
    // Weighing costs the more the more there is.
    if ((length & (length - 1)) !== 0) return undefined;
    const pairs = this.#pairs(half);
    const pair = pairs.find(({ one, other }) => one === half || other === half);
    const isSure = pair !== undefined && pair.margin >= SURE_ENOUGH;
    return isSure || length >= MAX_CONTESTED_PACKETS ? [this.#assigned(half, pairs)] : undefined;
  }

  /** May other halves than one belong to this one, or others to that one? */
  isContested(source: string, destination: string): boolean {
    return this.#between(source, destination).length > 1 || this.#between(destination, source).length > 1;
  }

  #between(source: string, destination: string): Half[] {
    return [...this.#halves.values()].filter(
      (one) => one.source === source && one.destination === destination,
    );
  }

  #pairs(half: Half): readonly HalfPair[] {
    const { source, destination } = half;
    const halves = this.#between(source, destination);
    const others = this.#between(destination, source);
    if (source !== destination) return pairsOf(isFew(halves, others) ? halves : [half], others);
    return halves.length === 2 ? pairsOf([halves[0]!], [halves[1]!]) : [];
  }

  #assigned(half: Half, pairs: readonly HalfPair[]): AssignedFlow {
    const pair = pairs.find(({ one, other }) => one === half || other === half);
    const other = pair?.one === half ? pair.other : pair?.one;
    const told = half.told ?? other?.told;
    // What is left alone may belong to what another was put together with.
    const margin = pair?.margin ?? Math.min(TOLD, ...pairs.map((one) => one.margin));
    const flow = this.#takeBoth(half, other, margin < TOLD ? "by order" : "told");
    return {
      flow,
      firstIsClient: told === undefined || (told.by === "client") === isFromFirst(flow, told.packet),
      guessed: told === undefined,
    };
  }

  #takeWithOther(half: Half): GreFlow {
    return this.#assigned(half, this.#pairs(half)).flow;
  }

  #takeBoth(half: Half, other: Half | undefined, paired: GreFlow["paired"]): GreFlow {
    this.#remove(half);
    if (other === undefined) return flowOf([half], half.packets, paired);
    this.#remove(other);
    const packets = [...half.packets, ...other.packets].toSorted((a, b) => a.when.frame - b.when.frame);
    return flowOf(packets[0] === half.packets[0] ? [half, other] : [other, half], packets, paired);
  }

  #remove({ source, destination, callId }: Half): void {
    this.#halves.delete(keyOf(source, destination, callId));
  }
}

const keyOf = (source: string, destination: string, callId: number): string =>
  `${source} ${destination} ${callId}`;

const flowOf = (
  [first, second]: readonly [Half, Half?],
  packets: readonly GrePacket[],
  paired: GreFlow["paired"],
): GreFlow => ({
  first: first.source,
  second: first.destination,
  firstId: first.callId,
  secondId: second?.callId,
  packets,
  owner: first.owner ?? second?.owner,
  paired,
});

/** Which side sends such a frame; undefined: either might. */
function roleOf(gre: Uint8Array): "client" | "server" | undefined {
  const { payload } = looseGre(gre);
  const frame = payload === undefined ? undefined : decodeFrame(payload);
  if (frame === undefined || !frame.ok) return undefined;
  const packet = decodeCutPacket(frame.value.information);
  if (packet === undefined) return undefined;
  const { code } = packet;
  switch (frame.value.protocol) {
    case PROTOCOL.chap:
      return code === CHAP.response || code === CHAP.changePassword ? "client" : "server";
    case PROTOCOL.eap:
      return code === EAP.response ? "client" : "server";
    case PROTOCOL.pap:
      return code === PAP.request ? "client" : "server";
    case PROTOCOL.lcp:
      return code === CODE.configureRequest && asksForLogIn(optionsOf(packet)) ? "server" : undefined;
    case PROTOCOL.ipcp:
      // Whoever asks for the address 0.0.0.0 wants one (RFC 1332 §3.3).
      if (code === CODE.configureRequest) return ipAddress.in(optionsOf(packet)) === 0 ? "client" : undefined;
      return code === CODE.configureNak ? "server" : undefined;
    default:
      return undefined;
  }
}

function optionsOf(packet: Packet) {
  const options = decodeOptions(wholeOptions(packet.data));
  return options.ok ? options.value : [];
}
