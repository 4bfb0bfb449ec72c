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
import { MAX_FLOW_PACKETS, MAX_FLOWS } from "../limits.ts";
import { asksForLogIn } from "../link/link-watch.ts";
import { belongTogether } from "./flow-evidence.ts";

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
}

/** A flow whose client is known: it can be assigned to a call. */
export interface AssignedFlow {
  readonly flow: GreFlow;
  readonly firstIsClient: boolean;
  /** Nothing in the packets says so. */
  readonly guessed: boolean;
}

/** Packets from one address to another with one call ID. */
interface Half {
  readonly source: string;
  readonly destination: string;
  readonly callId: number;
  readonly packets: GrePacket[];
}

/**
 * Did the first sender send this one too? Both may have one address, as on the loopback: then the ID tells.
 */
export const isFromFirst = ({ first, second, firstId }: GreFlow, packet: GrePacket): boolean =>
  first === second ? greCallId(packet.octets) === firstId : packet.source === first;

/**
 * GRE that no control connection in the capture accounts for. It is held until its packets show which side is
 * the server, or until a call is found that it belongs to.
 */
export class UnassignedGre {
  /** The oldest first. */
  readonly #halves = new Map<string, Half>();

  /** The packet is held. Returns what is ready to become a call, and how many packets had to make room. */
  add(packet: GrePacket, callId: number): { readonly ready?: AssignedFlow; readonly evicted?: number } {
    const { source, destination } = packet;
    const held = { ...packet, octets: packet.octets.slice() };
    const key = keyOf(source, destination, callId);
    const half = this.#halves.get(key) ?? { source, destination, callId, packets: [] };
    this.#halves.set(key, half);
    half.packets.push(held);
    const role = roleOf(held.octets);
    if (role !== undefined || half.packets.length >= MAX_FLOW_PACKETS) {
      const flow = this.#takeWithOther(half);
      return {
        ready: {
          flow,
          firstIsClient: role === undefined || (role === "client") === isFromFirst(flow, held),
          guessed: role === undefined,
        },
      };
    }
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

  /** The packets of a call that shows only now, those of the other direction with them. */
  take(source: string, destination: string, callId: number): GreFlow | undefined {
    const half = this.#halves.get(keyOf(source, destination, callId));
    return half === undefined ? undefined : this.#takeWithOther(half);
  }

  /** All that are left. */
  end(): readonly GreFlow[] {
    const flows: GreFlow[] = [];
    for (const half of this.#halves.values()) flows.push(this.#takeWithOther(half));
    return flows;
  }

  #takeWithOther(half: Half): GreFlow {
    const other = this.#otherOf(half);
    this.#remove(half);
    if (other === undefined) return flowOf([half], half.packets);
    this.#remove(other);
    const packets = [...half.packets, ...other.packets].toSorted((a, b) => a.when.frame - b.when.frame);
    return flowOf(packets[0] === half.packets[0] ? [half, other] : [other, half], packets);
  }

  /** The other direction: the only one there is, or the one that answers this one. */
  #otherOf(half: Half): Half | undefined {
    const halves = [...this.#halves.values()].filter((one) => one !== half);
    const { source, destination } = half;
    const others = halves.filter((one) => one.source === destination && one.destination === source);
    const rivals = halves.filter((one) => one.source === source && one.destination === destination);
    const scored = others.map((one) => ({ one, score: belongTogether(half.packets, one.packets) }));
    const best = scored.toSorted((a, b) => b.score - a.score)[0];
    if (best === undefined) return undefined;
    if (best.score !== 0) return best.score > 0 ? best.one : undefined;
    if (source === destination) return others.length === 1 ? others[0] : undefined;
    // Nothing in the packets says so: as many each way, the first with the first.
    const rank = rivals.filter((one) => frameOf(one) < frameOf(half)).length;
    return others.length === rivals.length + 1 ? others.toSorted(byFrame)[rank] : undefined;
  }

  #remove({ source, destination, callId }: Half): void {
    this.#halves.delete(keyOf(source, destination, callId));
  }
}

const frameOf = ({ packets }: Half): number => packets[0]!.when.frame;

const byFrame = (a: Half, b: Half): number => frameOf(a) - frameOf(b);

const keyOf = (source: string, destination: string, callId: number): string =>
  `${source} ${destination} ${callId}`;

const flowOf = ([first, second]: readonly [Half, Half?], packets: readonly GrePacket[]): GreFlow => ({
  first: first.source,
  second: first.destination,
  firstId: first.callId,
  secondId: second?.callId,
  packets,
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
