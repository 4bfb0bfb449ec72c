import type { PacketBatch } from "../platform/packet-batch.ts";
import type { CounterWriter } from "./counters.ts";
import type { TunnelNetwork } from "./data-plane.ts";
import type { GreSender } from "./gre-sender.ts";
import { destinationOf, innerLength, mayNotFragment } from "./inner-packet.ts";
import type { Moment } from "./moment.ts";
import { clampMss } from "./mss-clamp.ts";
import { COMPRESSED, DEFAULT_MRU, IPV4 } from "./protocols.ts";
import type { TooBig } from "./too-big.ts";
import type { Tunnel } from "./tunnel.ts";
import type { TunnelTable } from "./tunnel-table.ts";

export interface OutboundParts {
  readonly table: TunnelTable;
  readonly counters: CounterWriter;
  readonly moment: Moment;
  readonly sender: GreSender;
  readonly tooBig: TooBig;
}

/** To the client: inner packets from the TUN → PPP, encrypted, in GRE. No allocation for a packet. */
export class Outbound {
  readonly #parts: OutboundParts;

  constructor(parts: OutboundParts) {
    this.#parts = parts;
  }

  /**
   * Handles the first `count` packets of a batch that came from the TUN with HEADROOM octets free before each. They stay
   * where they lie; the first entries of the batch then describe GRE packets. Returns how many these are.
   */
  wrap(batch: PacketBatch, count: number): number {
    let kept = 0;
    for (let i = 0; i < count; i += 1) {
      const at = batch.offsets[i]!;
      kept += this.#packet(batch, kept, at, at + batch.lengths[i]!);
    }
    return kept;
  }

  /** Makes packet `index` of the inner packet at `at`: 1 packet, or 0 where it is dropped. */
  #packet(batch: PacketBatch, index: number, at: number, received: number): 0 | 1 {
    const { table, counters, moment, sender } = this.#parts;
    const { bytes } = batch;
    if (received > at && bytes[at]! >>> 4 !== 4) return counters.dropped("tun-not-ipv4");
    const length = innerLength(bytes, at, received);
    if (length === 0) return counters.dropped("inner-malformed");
    const tunnel = table.byAddress(destinationOf(bytes, at));
    const network = tunnel?.network;
    if (tunnel === undefined || network === undefined) return counters.dropped("tun-no-tunnel");
    if (network.encryptionRequired && tunnel.encryptor === undefined) {
      return counters.droppedOf(tunnel.slot, "clear-text");
    }
    const end = at + length;
    if (length > network.mtu && !this.#fits(tunnel, network, bytes, at, end)) {
      return counters.droppedOf(tunnel.slot, "inner-too-big");
    }
    clampMss(bytes, at, end, tunnel.mss);
    sender.data(batch, index, tunnel, frame(tunnel, network, bytes, at, end), end);
    counters.sent(tunnel.slot, length, moment.epoch);
    return 1;
  }

  /**
   * A packet larger than the MTU that may be fragmented is sent as it stands up to 1500 octets: the peer must be able to
   * receive that (RFC 1661 §6.1), and the outer packet may be fragmented. One that may not is answered.
   */
  #fits(tunnel: Tunnel, network: TunnelNetwork, bytes: Uint8Array, at: number, end: number): boolean {
    if (!mayNotFragment(bytes, at)) return end - at <= DEFAULT_MRU;
    this.#parts.tooBig.answer(bytes, at, end, tunnel.address, network.mtu);
    return false;
  }
}

/** Writes MPPE and PPP in front of the inner packet `bytes[at..end)`, encrypts it, and returns where the frame begins. */
function frame(tunnel: Tunnel, network: TunnelNetwork, bytes: Uint8Array, at: number, end: number): number {
  let head = at;
  if (tunnel.encryptor === undefined) {
    head = prepend(bytes, head, IPV4, network.pfc);
  } else {
    // Two octets inside MPPE, whatever was agreed: every client captured does so, and some expect it.
    head = prepend(bytes, head, IPV4, false) - 2;
    tunnel.encryptor.seal(bytes, head, end);
    head = prepend(bytes, head, COMPRESSED, network.pfc);
  }
  if (network.acfc) return head;
  bytes[head - 2] = 0xff;
  bytes[head - 1] = 0x03;
  return head - 2;
}

/** Writes a protocol field that ends at `at`; returns where it begins. */
function prepend(bytes: Uint8Array, at: number, protocol: number, compressed: boolean): number {
  bytes[at - 1] = protocol;
  if (compressed) return at - 1;
  bytes[at - 2] = protocol >>> 8;
  return at - 2;
}
