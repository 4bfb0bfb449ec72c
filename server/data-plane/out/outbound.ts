import { isRedirect } from "../../ip/icmp.ts";
import { destinationOf, innerLength, mayNotFragment } from "../../ip/inner-packet.ts";
import { clampMss } from "../../ip/mss-clamp.ts";
import type { PacketBatch } from "../../platform/packet-batch.ts";
import { PROTOCOL } from "../../ppp/protocols.ts";
import type { BatchClock } from "../batch-clock.ts";
import type { CounterWriter } from "../counters.ts";
import type { TunnelNetwork } from "../data-plane.ts";
import { isActivityToClient } from "../tunnel/link-activity.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import type { TunnelTable } from "../tunnel/tunnel-table.ts";
import type { FragmentationNeeded } from "./fragmentation-needed.ts";
import { Fragments } from "./fragments.ts";
import type { GreSender } from "./gre-sender.ts";

export interface OutboundParts {
  readonly table: TunnelTable;
  readonly counters: CounterWriter;
  readonly time: BatchClock;
  readonly sender: GreSender;
  readonly fragmentationNeeded: FragmentationNeeded;
  /** Sends the first `count` packets of a batch through GRE now. */
  send(batch: PacketBatch, count: number): void;
}

/** To the client: inner packets from the TUN → PPP, encrypted, in GRE. No allocation for a packet. */
export class Outbound {
  readonly #parts: OutboundParts;
  readonly #fragments = new Fragments();
  /** GRE packets at the front of the batch that is being wrapped. */
  #made = 0;

  constructor(parts: OutboundParts) {
    this.#parts = parts;
  }

  /**
   * Handles the first `count` packets of a batch that came from the TUN with HEADROOM octets free before
   * each. They stay where they lie; the first entries of the batch then describe GRE packets. Returns how
   * many these are; what stood before a packet that had to be cut has been sent by then, and so has that one.
   */
  wrap(batch: PacketBatch, count: number): number {
    this.#made = 0;
    for (let i = 0; i < count; i += 1) {
      const at = batch.offsets[i]!;
      this.#packet(batch, at, at + batch.lengths[i]!);
    }
    return this.#made;
  }

  /** Makes one more GRE packet of the inner packet at `at`, unless it is dropped. */
  #packet(batch: PacketBatch, at: number, received: number): void {
    const { table, counters, time } = this.#parts;
    const { bytes } = batch;
    if (received > at && bytes[at]! >>> 4 !== 4) return void counters.dropped("tun-not-ipv4");
    const length = innerLength(bytes, at, received);
    if (length === 0) return void counters.dropped("inner-malformed");
    if (isRedirect(bytes, at, at + length)) return void counters.dropped("icmp-redirect");
    const tunnel = table.byAddress(destinationOf(bytes, at));
    const network = tunnel?.network;
    if (tunnel === undefined || network === undefined) return void counters.dropped("tun-no-tunnel");
    if (network.encryptionRequired && tunnel.encryptor === undefined) {
      return void counters.droppedOf(tunnel.slot, "clear-text");
    }
    const refused = tunnel.traffic?.refusesToClient(length, time.now);
    if (refused !== undefined) return void counters.droppedOf(tunnel.slot, refused);
    const end = at + length;
    if (length > network.mtu) return void this.#cutOrAnswer(batch, tunnel, network, at, end);
    this.#noteActivity(tunnel, bytes, at, end);
    clampMss(bytes, at, end, tunnel.mss);
    this.#put(batch, this.#made, tunnel, network, at, end);
    this.#made += 1;
  }

  /**
   * A packet larger than the MTU is cut, or answered where its sender forbids that. Never sent as it stands,
   * though RFC 1661 §6.1 would allow it up to 1500 octets: the kernel of a Linux client has no room to
   * decrypt more than its MRU, and once it has tried it decrypts nothing any more.
   */
  #cutOrAnswer(batch: PacketBatch, tunnel: Tunnel, network: TunnelNetwork, at: number, end: number): void {
    const { fragmentationNeeded, counters, send } = this.#parts;
    const { bytes } = batch;
    const forbidden = mayNotFragment(bytes, at);
    if (forbidden) fragmentationNeeded.answer(bytes, at, end, tunnel.address, network.mtu);
    const pieces = forbidden ? 0 : this.#fragments.cut(bytes, at, end, network.mtu);
    if (pieces === 0) return void counters.droppedOf(tunnel.slot, "inner-too-big");
    this.#noteActivity(tunnel, bytes, at, end);
    const cut = this.#fragments.batch;
    // What was made before has the lower sequence numbers, and must not come late.
    if (this.#made > 0) send(batch, this.#made);
    this.#made = 0;
    for (let i = 0; i < pieces; i += 1) {
      const from = cut.offsets[i]!;
      this.#put(cut, i, tunnel, network, from, from + cut.lengths[i]!);
    }
    send(cut, pieces);
  }

  #noteActivity(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): void {
    const { counters, time } = this.#parts;
    if (tunnel.activeAt === time.epoch || !isActivityToClient(bytes, at, end)) return;
    tunnel.activeAt = time.epoch;
    counters.active(tunnel.slot, time.epoch);
  }

  /** Makes packet `index` of a batch from the inner packet that lies in it. */
  #put(
    batch: PacketBatch,
    index: number,
    tunnel: Tunnel,
    network: TunnelNetwork,
    at: number,
    end: number,
  ): void {
    const { counters, sender } = this.#parts;
    sender.data(batch, index, tunnel, frame(tunnel, network, batch.bytes, at, end), end);
    counters.sent(tunnel.slot, end - at);
  }
}

/**
 * Writes MPPE and PPP in front of the inner packet `bytes[at..end)`, encrypts it, and returns where the frame
 * begins.
 */
function frame(tunnel: Tunnel, network: TunnelNetwork, bytes: Uint8Array, at: number, end: number): number {
  let head = at;
  if (tunnel.encryptor === undefined) {
    head = prepend(bytes, head, PROTOCOL.ip, network.pfc);
  } else {
    // Two octets inside MPPE, whatever was agreed: every client captured does so, and some expect it.
    head = prepend(bytes, head, PROTOCOL.ip, false) - 2;
    tunnel.encryptor.seal(bytes, head, end);
    head = prepend(bytes, head, PROTOCOL.compressed, network.pfc);
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
