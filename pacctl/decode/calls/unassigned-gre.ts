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

/** GRE packets between two addresses, both directions, that belong to no call so far. */
export interface GreFlow {
  /** Who sent the first one. */
  readonly first: string;
  readonly second: string;
  /** Call IDs in the packets that either sends; undefined: none came, or in none was one. */
  firstId: number | undefined;
  secondId: number | undefined;
  readonly packets: GrePacket[];
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
 * the server.
 */
export class UnassignedGre {
  readonly #flows: GreFlow[] = [];

  /** The packet is held. Returns what is ready to become a call, and what has to make room. */
  add(packet: GrePacket, callId: number | undefined): { ready?: AssignedFlow; evicted?: GreFlow } {
    const { source, destination } = packet;
    const held = { ...packet, octets: packet.octets.slice() };
    let flow = this.#flows.find((one) => belongs(one, source, destination, callId));
    if (flow === undefined) {
      flow = { first: source, second: destination, firstId: callId, secondId: undefined, packets: [] };
      this.#flows.push(flow);
    } else if (source === flow.first && source !== destination) flow.firstId ??= callId;
    else if (callId !== flow.firstId) flow.secondId ??= callId;
    flow.packets.push(held);
    const role = roleOf(held.octets);
    if (role !== undefined || flow.packets.length >= MAX_FLOW_PACKETS) {
      this.#flows.splice(this.#flows.indexOf(flow), 1);
      return {
        ready: {
          flow,
          firstIsClient: role === undefined || (role === "client") === isFromFirst(flow, held),
          guessed: role === undefined,
        },
      };
    }
    return this.#flows.length > MAX_FLOWS ? { evicted: this.#flows.shift()! } : {};
  }

  /** The packets of a call whose control connection shows only now. */
  take(source: string, destination: string, callId: number): GreFlow | undefined {
    const at = this.#flows.findIndex(
      (one) =>
        (one.first === source && one.second === destination && one.firstId === callId) ||
        (one.first === destination && one.second === source && one.secondId === callId),
    );
    return at < 0 ? undefined : this.#flows.splice(at, 1)[0];
  }

  /** All that are left. */
  end(): readonly GreFlow[] {
    return this.#flows.splice(0);
  }
}

function belongs(flow: GreFlow, source: string, destination: string, callId: number | undefined): boolean {
  if (flow.first === source && flow.second === destination && flow.firstId === callId) return true;
  if (flow.first !== destination || flow.second !== source) return false;
  return flow.secondId === undefined || flow.secondId === callId;
}

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
