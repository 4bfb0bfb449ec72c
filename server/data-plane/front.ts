import type { MppeDirection } from "../mppe/direction.ts";
import { type CounterMemory, CounterReader, NO_COUNTERS } from "./counters.ts";
import type {
  DataPlane,
  DataPlaneEvents,
  DropReason,
  MppeKeys,
  TrafficPolicy,
  TunnelCounters,
  TunnelNetwork,
  TunnelSpec,
} from "./data-plane.ts";
import { MAX_CONTROL_FRAME } from "./limits.ts";
import type { LoopCall, LoopNews } from "./loop-messages.ts";
import { Slots } from "./slots.ts";

/** The way to the packet loop, wherever it runs. */
export interface LoopLink {
  /** The call takes effect after all earlier ones. Octets in it are the link's own from here on. */
  send(call: LoopCall): void;
  /** Resolves when the loop has ended and its ports are closed. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The main thread's side of the packet loop: call IDs, counters, answers that are waited for. */
export class Front implements DataPlane {
  readonly #link: LoopLink;
  readonly #events: Omit<DataPlaneEvents, "crashed">;
  readonly #reader: CounterReader;
  readonly #slots = new Slots();
  /** Tunnels that the loop has not confirmed, by slot. */
  readonly #waiting = new Map<number, Waiting>();

  constructor(link: LoopLink, counters: CounterMemory, events: Omit<DataPlaneEvents, "crashed">) {
    this.#link = link;
    this.#events = events;
    this.#reader = new CounterReader(counters);
  }

  /** Rejects where the call ID has a tunnel, and when the loop ends before it answers. */
  async addTunnel(spec: TunnelSpec): Promise<void> {
    const slot = this.#slots.claim(spec.callId);
    this.#reader.clear(slot);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.set(slot, { resolve, reject });
    this.#link.send({ call: "add", spec, slot });
    return promise;
  }

  /** Throws RangeError for a frame above MAX_CONTROL_FRAME. */
  sendControl(callId: number, frame: Uint8Array): void {
    if (frame.length > MAX_CONTROL_FRAME) throw new RangeError(`a control frame of ${frame.length} octets`);
    // A copy of these octets alone: a message would carry the whole memory that a view looks at.
    this.#link.send({ call: "send", callId, frame: new Uint8Array(frame) });
  }

  setKeys(callId: number, keys: MppeKeys): void {
    const copy = (direction: MppeDirection) => ({ ...direction, key: new Uint8Array(direction.key) });
    const copies = { send: copy(keys.send), receive: copy(keys.receive) };
    this.#link.send({ call: "keys", callId, keys: copies });
  }

  flushEncryption(callId: number): void {
    this.#link.send({ call: "flush", callId });
  }

  openNetwork(callId: number, network: TunnelNetwork): void {
    this.#link.send({ call: "open", callId, network });
  }

  closeNetwork(callId: number): void {
    this.#link.send({ call: "shut", callId });
  }

  setTrafficPolicy(callId: number, policy: TrafficPolicy): void {
    this.#link.send({ call: "traffic", callId, policy });
  }

  remove(callId: number): TunnelCounters {
    const slot = this.#slots.of(callId);
    if (slot === undefined) return NO_COUNTERS;
    this.#slots.release(callId);
    this.#link.send({ call: "remove", callId, slot });
    return this.#reader.read(slot);
  }

  counters(callId: number): TunnelCounters {
    const slot = this.#slots.of(callId);
    return slot === undefined ? NO_COUNTERS : this.#reader.read(slot);
  }

  drops(): Readonly<Record<DropReason, number>> {
    return this.#reader.drops();
  }

  async close(): Promise<void> {
    await this.#link.close();
    this.ended();
  }

  /** What the loop says. News of a tunnel that was removed meanwhile is for nobody. */
  hear(news: LoopNews): void {
    switch (news.news) {
      case "added":
        this.#waiting.get(news.slot)?.resolve();
        this.#waiting.delete(news.slot);
        return;
      case "removed":
        this.#slots.free(news.slot);
        return;
      case "control":
        if (this.#slots.of(news.callId) === news.slot) this.#events.control(news.callId, news.frame);
        return;
      case "coherency-lost":
        if (this.#slots.of(news.callId) === news.slot) this.#events.coherencyLost(news.callId);
        return;
      case "broken":
        if (this.#slots.of(news.callId) === news.slot) this.#events.broken(news.callId, news.reason);
        return;
      default:
        news satisfies never;
    }
  }

  /** The loop has ended: what was not answered never will be. */
  ended(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error("the data plane has ended"));
    this.#waiting.clear();
  }
}
