import { innerLength } from "../../server/data-plane/inner-packet.ts";
import { BATCH, HEADROOM, MAX_CONTROL_FRAME, SLOT } from "../../server/data-plane/limits.ts";
import { clampMss } from "../../server/data-plane/mss-clamp.ts";
import { GreHeader, greHeaderLength, MAX_GRE_HEADER, writeGre } from "../../server/gre/header.ts";
import { ReceiveWindow } from "../../server/gre/receive-window.ts";
import { LONE_ACK_AFTER, Transmit } from "../../server/gre/transmit.ts";
import { Encryptor } from "../../server/mppe/encryptor.ts";
import type { Clock } from "../../server/platform/clock.ts";
import { PacketBatch, type PacketPort } from "../../server/platform/packet-batch.ts";
import type { MppeKeys } from "../../server/ppp/link/link-types.ts";
import { PROTOCOL } from "../../server/ppp/protocols.ts";
import { FromServer } from "./from-server.ts";
import type { OpenNetwork, TunnelCounters, TunnelEvents, TunnelSpec } from "./tunnel-types.ts";

/** Headers of IPv4 and TCP without options: what separates an MTU from an MSS. */
const TCP_IP_HEADERS = 40;

export interface TunnelParts {
  readonly gre: PacketPort;
  readonly clock: Clock;
  readonly events: TunnelEvents;
}

/**
 * The one tunnel of a dial: GRE, MPPE, and a TUN once one is attached. Mutable, and nothing is allocated for a packet.
 * Closes both ports.
 */
export class Tunnel {
  readonly counters: TunnelCounters = {
    gre: 0,
    rxPackets: 0,
    rxBytes: 0,
    txPackets: 0,
    txBytes: 0,
    dropped: 0,
  };
  readonly #parts: TunnelParts;
  readonly #spec: TunnelSpec;
  /** Holds nothing: a packet that overtakes another takes its place (see `#inOrder` of `from-server.ts`). */
  readonly #window = new ReceiveWindow(0);
  readonly #fromServer: FromServer;
  readonly #header = new GreHeader();
  readonly #arrived = new PacketBatch(BATCH, SLOT);
  readonly #leaving = new PacketBatch(BATCH, SLOT);
  readonly #control = new PacketBatch(1, MAX_GRE_HEADER + MAX_CONTROL_FRAME);
  readonly #ack = new PacketBatch(1, MAX_GRE_HEADER);
  #transmit: Transmit | undefined;
  #encryptor: Encryptor | undefined;
  #network: OpenNetwork | undefined;
  #tun: PacketPort | undefined;
  #cancelAck: (() => void) | undefined;

  constructor(parts: TunnelParts, spec: TunnelSpec) {
    this.#parts = parts;
    this.#spec = spec;
    this.#fromServer = new FromServer(spec, this.#window, this.counters, parts.events);
    parts.gre.onReadable(() => this.#unwrap());
  }

  /** The call is up: `serverCallId` is the key of what we send. */
  connect(serverCallId: number): void {
    this.#transmit = new Transmit(serverCallId, this.#window);
  }

  /** Sends a PPP frame. Nothing before `connect`. RangeError for one above MAX_CONTROL_FRAME. */
  send(frame: Uint8Array): void {
    if (frame.length > MAX_CONTROL_FRAME) throw new RangeError(`a control frame of ${frame.length} octets`);
    if (this.#transmit === undefined) return;
    this.#control.bytes.set(frame, MAX_GRE_HEADER);
    this.#wrapInGre(this.#control, 0, MAX_GRE_HEADER, MAX_GRE_HEADER + frame.length);
    this.#parts.gre.send(this.#control, 1);
  }

  /** Arms MPPE in both directions, from our point of view. */
  setKeys(keys: MppeKeys): void {
    this.#encryptor = new Encryptor(keys.send);
    this.#fromServer.arm(keys.receive);
  }

  openNetwork(network: OpenNetwork): void {
    this.#network = network;
    this.#fromServer.open(network, network.mtu - TCP_IP_HEADERS);
  }

  /** Inner packets go to and come from here. Without a TUN, those that come are counted and dropped. */
  attach(tun: PacketPort): void {
    this.#tun = tun;
    tun.onReadable(() => this.#wrap());
  }

  close(): void {
    this.#cancelAck?.();
    this.#parts.gre.close();
    this.#tun?.close();
  }

  #unwrap(): void {
    const batch = this.#arrived;
    const count = this.#parts.gre.receive(batch, 0);
    const kept = this.#fromServer.unwrap(batch, count);
    if (kept > 0) this.counters.dropped += kept - (this.#tun?.send(batch, kept) ?? 0);
    if (this.#window.ackOwed) this.#cancelAck ??= this.#parts.clock.after(LONE_ACK_AFTER, this.#acknowledge);
  }

  readonly #acknowledge = (): void => {
    this.#cancelAck = undefined;
    if (this.#transmit?.acknowledgement(this.#header) !== true) return;
    const batch = this.#ack;
    this.#address(batch, 0, 0, writeGre(batch.bytes, 0, this.#header));
    this.#parts.gre.send(batch, 1);
  };

  #wrap(): void {
    const batch = this.#leaving;
    const count = this.#tun!.receive(batch, HEADROOM);
    let made = 0;
    for (let i = 0; i < count; i += 1) {
      const at = batch.offsets[i]!;
      const length = innerLength(batch.bytes, at, at + batch.lengths[i]!);
      if (!this.#fits(length)) {
        this.counters.dropped += 1;
        continue;
      }
      this.#put(batch, made, at, at + length);
      made += 1;
    }
    if (made > 0) this.counters.dropped += made - this.#parts.gre.send(batch, made);
  }

  /** The kernel keeps to the TUN's MTU, so a longer packet is nobody's. */
  #fits(length: number): boolean {
    const network = this.#network;
    if (network === undefined || length === 0 || length > network.mtu) return false;
    return this.#encryptor !== undefined || !network.encrypted;
  }

  /** Makes GRE packet `index` of the inner packet in `batch.bytes[at..end)`, which is sound. */
  #put(batch: PacketBatch, index: number, at: number, end: number): void {
    const { bytes } = batch;
    const { acfc, pfc, mtu } = this.#network!;
    clampMss(bytes, at, end, mtu - TCP_IP_HEADERS);
    this.counters.txPackets += 1;
    this.counters.txBytes += end - at;
    let head = at;
    if (this.#encryptor === undefined) {
      head = prepend(bytes, head, PROTOCOL.ip, pfc);
    } else {
      // Two octets inside MPPE, whatever was agreed: some servers expect it.
      head = prepend(bytes, head, PROTOCOL.ip, false) - 2;
      this.#encryptor.seal(bytes, head, end);
      head = prepend(bytes, head, PROTOCOL.compressed, pfc);
    }
    if (!acfc) {
      head -= 2;
      bytes[head] = 0xff;
      bytes[head + 1] = 0x03;
    }
    this.#wrapInGre(batch, index, head, end);
  }

  #wrapInGre(batch: PacketBatch, index: number, from: number, end: number): void {
    const header = this.#header;
    this.#transmit!.data(header, end - from);
    const at = from - greHeaderLength(header.hasSequence, header.hasAcknowledgement);
    writeGre(batch.bytes, at, header);
    this.#address(batch, index, at, end);
    if (!header.hasAcknowledgement) return;
    this.#cancelAck?.();
    this.#cancelAck = undefined;
  }

  #address(batch: PacketBatch, index: number, at: number, end: number): void {
    batch.offsets[index] = at;
    batch.lengths[index] = end - at;
    batch.peers[index] = this.#spec.peer;
    batch.locals[index] = this.#spec.local;
  }
}

/** Writes a protocol field that ends at `at`; returns where it begins. */
function prepend(bytes: Uint8Array, at: number, protocol: number, compressed: boolean): number {
  bytes[at - 1] = protocol;
  if (compressed) return at - 1;
  bytes[at - 2] = protocol >>> 8;
  return at - 2;
}
