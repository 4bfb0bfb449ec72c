import { MAX_GRE_HEADER } from "../../gre/header.ts";
import type { MppeKernel } from "../../mppe/kernel.ts";
import { KernelQueue } from "../../mppe/kernel-queue.ts";
import type { Clock } from "../../platform/clock.ts";
import { PacketBatch, type PacketPort } from "../../platform/packet-batch.ts";
import type { CallId } from "../../wire/call-id.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import { BatchClock } from "../batch-clock.ts";
import { type CounterMemory, CounterWriter, type Slot } from "../counters.ts";
import type { MppeKeys, ReorderLimits, TrafficPolicy, TunnelNetwork, TunnelSpec } from "../data-plane.ts";
import { Inbound } from "../in/inbound.ts";
import type { Forward, LoopEvents } from "../in/loop-events.ts";
import { reachOf } from "../in/reordering.ts";
import { BATCH, HEADROOM, MAX_CONTROL_FRAME, PACKET_SLOT } from "../limits.ts";
import { DelayedAcks } from "../out/delayed-acks.ts";
import { FragmentationNeeded } from "../out/fragmentation-needed.ts";
import { GreSender } from "../out/gre-sender.ts";
import { Outbound } from "../out/outbound.ts";
import { KEYS_PER_TUNNEL, Tunnel } from "../tunnel/tunnel.ts";
import { TunnelTable } from "../tunnel/tunnel-table.ts";

export interface LoopParts {
  readonly gre: PacketPort;
  readonly tun: PacketPort;
  readonly clock: Clock;
  readonly counters: CounterMemory;
  readonly events: LoopEvents;
  readonly reorder: ReorderLimits;
  /** The addon's, or the reference in TypeScript. */
  readonly mppe: MppeKernel;
  /** Where packets of other loops' calls may arrive. */
  readonly forward?: Forward;
  /** Places in the counters; slots are below. */
  readonly slots: number;
}

/** A GRE packet on its way from one loop to another; at most a PACKET_SLOT, as it was received. */
export interface ForwardedPacket {
  readonly packet: Uint8Array;
  readonly peer: Ipv4;
  readonly local: Ipv4;
}

/**
 * Moves packets between the GRE socket and the TUN. Each callback of a port handles one batch and returns, so
 * that the two ports and the messages from the main thread take turns however full one of them is. Calls for
 * an unknown call ID do nothing.
 */
export class PacketLoop {
  readonly #gre: PacketPort;
  readonly #tun: PacketPort;
  #reach: number;
  readonly #table = new TunnelTable();
  readonly #counters: CounterWriter;
  readonly #time: BatchClock;
  readonly #mppe: KernelQueue;
  readonly #sender: GreSender;
  readonly #acks: DelayedAcks;
  readonly #inbound: Inbound;
  readonly #outbound: Outbound;
  readonly #fromClients = new PacketBatch(BATCH, PACKET_SLOT);
  readonly #toClients = new PacketBatch(BATCH, PACKET_SLOT);
  readonly #forwarded = new PacketBatch(1, PACKET_SLOT);
  readonly #control = new PacketBatch(1, MAX_GRE_HEADER + MAX_CONTROL_FRAME);

  constructor(parts: LoopParts) {
    const { gre, tun, clock, events } = parts;
    const table = this.#table;
    const counters = new CounterWriter(parts.counters);
    const time = new BatchClock(clock);
    const sender = new GreSender(time, counters);
    const mppe = new KernelQueue(parts.mppe, parts.slots * KEYS_PER_TUNNEL);
    this.#gre = gre;
    this.#tun = tun;
    this.#counters = counters;
    this.#time = time;
    this.#sender = sender;
    this.#mppe = mppe;
    this.#acks = new DelayedAcks(gre, clock, sender, counters);
    this.#reach = reachOf(parts.reorder);
    this.#inbound = new Inbound({
      table,
      counters,
      acks: this.#acks,
      time,
      events,
      clock,
      mppe,
      forward: parts.forward,
      reorderDelay: parts.reorder.delay,
      deliver: (batch, count) => counters.dropped("tun-queue-full", count - tun.send(batch, count)),
    });
    this.#outbound = new Outbound({
      table,
      counters,
      time,
      sender,
      fragmentationNeeded: new FragmentationNeeded(tun, time, counters),
      send: (batch, count) => this.#send(batch, count),
    });
    gre.onReadable(() => this.#unwrap());
    tun.onReadable(() => this.#wrap());
  }

  /**
   * `slot` is its place in the counters, all zero and of no other tunnel. Throws where the call ID has a
   * tunnel.
   */
  addTunnel(spec: TunnelSpec, slot: Slot): void {
    this.#table.add(new Tunnel(spec, slot, this.#reach, this.#mppe));
  }

  /** Sends at once. Throws RangeError for a frame above MAX_CONTROL_FRAME. */
  sendControl(callId: CallId, frame: Uint8Array): void {
    const tunnel = this.#table.byCallId(callId);
    if (tunnel === undefined) return;
    if (frame.length > MAX_CONTROL_FRAME) throw new RangeError(`a control frame of ${frame.length} octets`);
    this.#control.bytes.set(frame, MAX_GRE_HEADER);
    this.#time.read();
    this.#sender.data(this.#control, 0, tunnel, MAX_GRE_HEADER, MAX_GRE_HEADER + frame.length);
    this.#counters.dropped("gre-send-failed", 1 - this.#gre.send(this.#control, 1));
  }

  setKeys(callId: CallId, keys: MppeKeys): void {
    this.#table.byCallId(callId)?.setKeys(keys);
  }

  openNetwork(callId: CallId, network: TunnelNetwork): void {
    const tunnel = this.#table.byCallId(callId);
    if (tunnel === undefined) return;
    this.#table.open(tunnel, network);
    this.#setTrafficPolicy(tunnel, network.traffic);
  }

  /** Stateful MPPE: the next packet to the client is one that needs no other. */
  flushEncryption(callId: CallId): void {
    this.#table.byCallId(callId)?.encryptor?.flush();
  }

  /**
   * No inner packet passes from here on, either way; keys are forgotten, and the address belongs to no
   * tunnel.
   */
  closeNetwork(callId: CallId): void {
    const tunnel = this.#table.byCallId(callId);
    if (tunnel !== undefined) this.#table.close(tunnel);
  }

  setTrafficPolicy(callId: CallId, policy: TrafficPolicy): void {
    const tunnel = this.#table.byCallId(callId);
    if (tunnel !== undefined) this.#setTrafficPolicy(tunnel, policy);
  }

  /** From here on nothing of this tunnel is received, sent or counted. */
  remove(callId: CallId): void {
    const tunnel = this.#table.remove(callId);
    if (tunnel === undefined) return;
    this.#inbound.forget(tunnel);
    this.#acks.forget(tunnel);
  }

  /** A GRE packet that arrived at another loop. */
  receive({ packet, peer, local }: ForwardedPacket): void {
    const batch = this.#forwarded;
    batch.bytes.set(packet);
    batch.offsets[0] = 0;
    batch.lengths[0] = packet.length;
    batch.peers[0] = peer;
    batch.locals[0] = local;
    this.#time.read();
    this.#inbound.unwrap(batch, 1);
  }

  /** Packets of all tunnels are put in order in this way from here on. */
  setReorder(limits: ReorderLimits): void {
    this.#time.read();
    this.#inbound.setDelay(limits.delay);
    if (reachOf(limits) === this.#reach) return;
    this.#reach = reachOf(limits);
    for (const tunnel of this.#table.all()) this.#inbound.setReach(tunnel, this.#reach);
  }

  /** Has any GRE packet of the tunnel come from its peer? */
  hasHeard(callId: CallId): boolean {
    return this.#table.byCallId(callId)?.heard === true;
  }

  /** Closes both ports. */
  close(): void {
    this.#acks.close();
    this.#inbound.close();
    this.#gre.close();
    this.#tun.close();
  }

  #setTrafficPolicy(tunnel: Tunnel, policy: TrafficPolicy): void {
    this.#time.read();
    tunnel.setTrafficPolicy(policy, this.#time.now);
  }

  #unwrap(): void {
    const count = this.#gre.receive(this.#fromClients, 0);
    if (count === 0) return;
    this.#time.read();
    this.#inbound.unwrap(this.#fromClients, count);
  }

  #wrap(): void {
    const count = this.#tun.receive(this.#toClients, HEADROOM);
    if (count === 0) return;
    this.#time.read();
    const kept = this.#outbound.wrap(this.#toClients, count);
    if (kept > 0) this.#send(this.#toClients, kept);
  }

  #send(batch: PacketBatch, count: number): void {
    this.#mppe.run();
    this.#counters.dropped("gre-send-failed", count - this.#gre.send(batch, count));
  }
}
