import type { MppeDirection } from "../../mppe/direction.ts";
import type { CallId } from "../../wire/call-id.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import { type CounterMemory, CounterReader, NO_COUNTERS, NO_LINK_FIGURES, type Slot } from "../counters.ts";
import type {
  DataPlane,
  DataPlaneEvents,
  DropReason,
  LinkFigures,
  MppeKeys,
  ReorderLimits,
  TrafficPolicy,
  TunnelCounters,
  TunnelNetwork,
  TunnelSpec,
} from "../data-plane.ts";
import { FIRST_LOOP, MAX_CONTROL_FRAME } from "../limits.ts";
import type { LoopCommand, LoopReport } from "../loop/loop-messages.ts";
import { DialledAddresses } from "./dialled-addresses.ts";
import { IdleWorkers } from "./idle-workers.ts";
import { SlotAllocator } from "./slot-allocator.ts";
import { type ClientQueues, Steering } from "./steering.ts";

/** The link to a packet loop, wherever it runs. */
export interface LoopLink {
  /** The call takes effect after all earlier ones. Octets in it are the link's own from here on. */
  send(command: LoopCommand): void;
  /** Resolves when the loop has ended and its ports are closed. */
  close(): Promise<void>;
}

export interface DispatcherParts {
  /** The packet loops, one or more. A call ID divided by how many they are leaves the number of its loop. */
  readonly links: readonly LoopLink[];
  /** Of each loop its memory. */
  readonly counters: readonly CounterMemory[];
  readonly queues: ClientQueues;
  readonly events: Omit<DataPlaneEvents, "crashed">;
  /** The addresses that the loops take GRE for when they begin; none: all. */
  readonly dialled?: readonly Ipv4[];
}

/** What the dispatcher remembers of a tunnel: both ends of its GRE. */
type Ends = Pick<TunnelSpec, "peerAddress" | "localAddress">;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * The main thread's side of the packet loops: dispatches each call of the data plane to the loop that has the
 * tunnel, and its reports to the events.
 */
export class Dispatcher implements DataPlane {
  readonly #parts: DispatcherParts;
  readonly #reader: CounterReader;
  readonly #steering: Steering;
  readonly #slots = new SlotAllocator();
  readonly #idleWorkers: IdleWorkers;
  readonly #dialled: DialledAddresses;
  /** Of each loop the tunnels. */
  readonly #tunnels: readonly Map<CallId, Ends>[];
  /** Tunnels that no loop has confirmed, by slot. */
  readonly #waiting = new Map<Slot, Waiting>();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#reader = new CounterReader(parts.counters);
    this.#steering = new Steering(parts.queues);
    this.#tunnels = parts.links.map(() => new Map<CallId, Ends>());
    this.#dialled = new DialledAddresses(parts.dialled ?? [], (addresses) =>
      this.#sendToAll({ type: "listen-on", addresses }),
    );
    this.#idleWorkers = new IdleWorkers({
      loops: parts.links.length,
      send: (loop, call) => parts.links[loop]!.send(call),
      callsOf: (loop) =>
        Array.from(this.#tunnels[loop]!, ([callId, { peerAddress }]) => ({
          callId,
          peer: peerAddress,
        })),
    });
  }

  get loops(): number {
    return this.#parts.links.length;
  }

  balances(callId: CallId): boolean {
    const sizes = this.#tunnels.map(({ size }) => size);
    return this.#loopOf(callId) === sizes.indexOf(Math.min(...sizes));
  }

  /** Rejects where the call ID has a tunnel, and when the loop ends before it answers. */
  async addTunnel(spec: TunnelSpec): Promise<void> {
    const slot = this.#slots.claim(spec.callId);
    this.#reader.clear(slot);
    const loop = this.#loopOf(spec.callId);
    this.#tunnels[loop]!.set(spec.callId, spec);
    this.#dialled.begun(spec.localAddress);
    this.#idleWorkers.resume(loop);
    if (this.#tunnels[loop]!.size === 1) this.#countFor(loop, false);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.set(slot, { resolve, reject });
    this.#linkOf(spec.callId).send({ type: "add-tunnel", spec, slot });
    return promise;
  }

  /** Throws RangeError for a frame above MAX_CONTROL_FRAME. */
  sendControl(callId: CallId, frame: Uint8Array): void {
    if (frame.length > MAX_CONTROL_FRAME) throw new RangeError(`a control frame of ${frame.length} octets`);
    // A copy of these octets alone: a message would carry the whole memory that a view looks at.
    this.#linkOf(callId).send({ type: "send-control", callId, frame: new Uint8Array(frame) });
  }

  setKeys(callId: CallId, keys: MppeKeys): void {
    const copy = (direction: MppeDirection) => ({ ...direction, key: new Uint8Array(direction.key) });
    const copies = { send: copy(keys.send), receive: copy(keys.receive) };
    this.#linkOf(callId).send({ type: "set-keys", callId, keys: copies });
  }

  flushEncryption(callId: CallId): void {
    this.#linkOf(callId).send({ type: "flush-encryption", callId });
  }

  openNetwork(callId: CallId, network: TunnelNetwork): void {
    if (this.#slots.of(callId) === undefined) return;
    // The queue comes first: once the loop has the network open, packets for it may come.
    if (typeof network.address === "number") {
      this.#steering.claim(callId, network.address, this.#loopOf(callId));
    } else this.#steering.release(callId);
    this.#linkOf(callId).send({ type: "open-network", callId, network });
  }

  closeNetwork(callId: CallId): void {
    this.#steering.release(callId);
    this.#linkOf(callId).send({ type: "close-network", callId });
  }

  setTrafficPolicy(callId: CallId, policy: TrafficPolicy): void {
    this.#linkOf(callId).send({ type: "set-traffic-policy", callId, policy });
  }

  setReorder(limits: ReorderLimits): void {
    this.#sendToAll({ type: "set-reorder", limits });
  }

  listenOn(addresses: readonly Ipv4[]): void {
    this.#dialled.listenOn(addresses);
  }

  remove(callId: CallId): TunnelCounters {
    const slot = this.#slots.of(callId);
    if (slot === undefined) return NO_COUNTERS;
    this.#slots.release(callId);
    this.#steering.release(callId);
    this.#linkOf(callId).send({ type: "remove-tunnel", callId, slot });
    const loop = this.#loopOf(callId);
    const ends = this.#tunnels[loop]!.get(callId);
    this.#tunnels[loop]!.delete(callId);
    if (ends !== undefined) this.#dialled.ended(ends.localAddress);
    if (this.#tunnels[loop]!.size === 0) {
      this.#idleWorkers.resume(loop);
      this.#countFor(loop, true);
    }
    return this.#reader.read(slot);
  }

  counters(callId: CallId): TunnelCounters {
    const slot = this.#slots.of(callId);
    return slot === undefined ? NO_COUNTERS : this.#reader.read(slot);
  }

  link(callId: CallId): LinkFigures {
    const slot = this.#slots.of(callId);
    return slot === undefined ? NO_LINK_FIGURES : this.#reader.link(slot);
  }

  drops(): Readonly<Record<DropReason, number>> {
    return { ...this.#reader.drops(), "tun-overflow": this.#parts.queues.overflowed() };
  }

  async close(): Promise<void> {
    await Promise.all(this.#parts.links.map((link) => link.close()));
    this.#parts.queues.close();
    this.ended();
  }

  /** Handles what a loop reports. Reports of a tunnel that was removed meanwhile are ignored. */
  handle(report: LoopReport): void {
    const { events } = this.#parts;
    switch (report.type) {
      case "added":
        this.#waiting.get(report.slot)?.resolve();
        this.#waiting.delete(report.slot);
        return;
      case "removed":
        this.#slots.free(report.slot);
        return;
      case "control":
        if (this.#slots.of(report.callId) === report.slot) events.control(report.callId, report.frame);
        return;
      case "coherency-lost":
        if (this.#slots.of(report.callId) === report.slot) events.coherencyLost(report.callId);
        return;
      case "broken":
        if (this.#slots.of(report.callId) === report.slot) events.broken(report.callId, report.reason);
        return;
      default:
        this.#idleWorkers.handle(report);
    }
  }

  /** A loop has ended, and the others will: what was not answered never will be. */
  ended(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error("the data plane has ended"));
    this.#waiting.clear();
  }

  #sendToAll(command: LoopCommand): void {
    for (const link of this.#parts.links) link.send(command);
  }

  /** A loop without tunnels pauses, and the first one counts for it. */
  #countFor(loop: number, counts: boolean): void {
    if (loop !== FIRST_LOOP) this.#parts.links[FIRST_LOOP]!.send({ type: "count-for", worker: loop, counts });
  }

  #loopOf(callId: CallId): number {
    return callId % this.#parts.links.length;
  }

  #linkOf(callId: CallId): LoopLink {
    return this.#parts.links[this.#loopOf(callId)]!;
  }
}
