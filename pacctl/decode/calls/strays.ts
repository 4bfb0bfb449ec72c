import { greCallId, looseGre } from "../../../server/gre/gre-fields.ts";
import { CHAP } from "../../../server/ppp/auth/chap.ts";
import { EAP } from "../../../server/ppp/auth/eap.ts";
import { PAP } from "../../../server/ppp/auth/pap.ts";
import { CODE } from "../../../server/ppp/codes.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { ipAddress } from "../../../server/ppp/ipcp/ip-address.ts";
import { decodeOptions } from "../../../server/ppp/option-list.ts";
import { decodePacket, type Packet } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import type { GrePacket } from "../../capture/captured.ts";
import { MAX_HELD, MAX_STRAYS } from "../limits.ts";
import { asksForLogIn } from "../link/link-watch.ts";

/**
 * GRE packets between two addresses that no control connection explains, held until they show who is the
 * server.
 */
export interface Stray {
  /** Who sent the first one. */
  readonly first: string;
  readonly second: string;
  /** Call IDs in the packets that either sends; undefined: none came, or in none was one. */
  firstId: number | undefined;
  secondId: number | undefined;
  readonly packets: GrePacket[];
}

/** A stray that has shown who is who. */
export interface Explained {
  readonly stray: Stray;
  readonly firstIsClient: boolean;
  /** Nothing in the packets says so. */
  readonly guessed: boolean;
}

/**
 * Did the first sender send this one too? Both may have one address, as on the loopback: then the ID tells.
 */
export const isFromFirst = ({ first, second, firstId }: Stray, packet: GrePacket): boolean =>
  first === second ? greCallId(packet.octets) === firstId : packet.source === first;

/** Those of a capture. */
export class Strays {
  readonly #strays: Stray[] = [];

  /** The packet is held. Returns what is ready to become a call, and what has to make room. */
  add(packet: GrePacket, callId: number | undefined): { ready?: Explained; evicted?: Stray } {
    const { source, destination } = packet;
    const held = { ...packet, octets: packet.octets.slice() };
    let stray = this.#strays.find((one) => belongs(one, source, destination, callId));
    if (stray === undefined) {
      stray = { first: source, second: destination, firstId: callId, secondId: undefined, packets: [] };
      this.#strays.push(stray);
    } else if (source === stray.first && source !== destination) stray.firstId ??= callId;
    else if (callId !== stray.firstId) stray.secondId ??= callId;
    stray.packets.push(held);
    const role = roleOf(held.octets);
    if (role !== undefined || stray.packets.length >= MAX_HELD) {
      this.#strays.splice(this.#strays.indexOf(stray), 1);
      return {
        ready: {
          stray,
          firstIsClient: role === undefined || (role === "client") === isFromFirst(stray, held),
          guessed: role === undefined,
        },
      };
    }
    return this.#strays.length > MAX_STRAYS ? { evicted: this.#strays.shift()! } : {};
  }

  /** The packets of a call whose control connection shows only now. */
  take(source: string, destination: string, callId: number): Stray | undefined {
    const at = this.#strays.findIndex(
      (one) =>
        (one.first === source && one.second === destination && one.firstId === callId) ||
        (one.first === destination && one.second === source && one.secondId === callId),
    );
    return at < 0 ? undefined : this.#strays.splice(at, 1)[0];
  }

  /** All that are left. */
  end(): readonly Stray[] {
    return this.#strays.splice(0);
  }
}

function belongs(stray: Stray, source: string, destination: string, callId: number | undefined): boolean {
  if (stray.first === source && stray.second === destination && stray.firstId === callId) return true;
  if (stray.first !== destination || stray.second !== source) return false;
  return stray.secondId === undefined || stray.secondId === callId;
}

/** Which side sends such a frame; undefined: either might. */
function roleOf(gre: Uint8Array): "client" | "server" | undefined {
  const { payload } = looseGre(gre);
  const frame = payload === undefined ? undefined : decodeFrame(payload);
  if (frame === undefined || !frame.ok) return undefined;
  const packet = decodePacket(frame.value.information);
  if (!packet.ok) return undefined;
  const { code } = packet.value;
  switch (frame.value.protocol) {
    case PROTOCOL.chap:
      return code === CHAP.response || code === CHAP.changePassword ? "client" : "server";
    case PROTOCOL.eap:
      return code === EAP.response ? "client" : "server";
    case PROTOCOL.pap:
      return code === PAP.request ? "client" : "server";
    case PROTOCOL.lcp:
      return code === CODE.configureRequest && asksForLogIn(optionsOf(packet.value)) ? "server" : undefined;
    case PROTOCOL.ipcp:
      // Whoever asks for the address 0.0.0.0 wants one (RFC 1332 §3.3).
      if (code === CODE.configureRequest)
        return ipAddress.in(optionsOf(packet.value)) === 0 ? "client" : undefined;
      return code === CODE.configureNak ? "server" : undefined;
    default:
      return undefined;
  }
}

function optionsOf(packet: Packet) {
  const options = decodeOptions(packet.data);
  return options.ok ? options.value : [];
}
