import type { PacketKind, Problem } from "../captured.ts";
import type { RecordSink } from "../files/format.ts";
import type { CaptureOrder } from "./capture-order.ts";
import type { Ahead } from "./clock-differences.ts";
import { type HeldPacket, HeldPackets } from "./held-packets.ts";
import { type ClockStep, Timeline } from "./timeline.ts";

/** Ours: of what was held, so many packets are told with each one that comes behind it. */
const AT_ONCE = 4;

/** Ours: and so many at the end, before whoever takes them may rest. */
const AT_THE_END = 64;

type FileProblem = Parameters<RecordSink["problem"]>[0];

/** Takes records that are numbered and in order. */
export interface NumberedSink {
  packet(packet: HeldPacket, at: number): void;
  interface(linkType: number, name: string | undefined): void;
  unreadable(kind: PacketKind): void;
  problem(problem: FileProblem & Pick<Problem, "frames">): void;
  /** Does the order of these packets, in which times run backwards, contradict their sequence numbers? */
  timesHold(packets: Iterable<HeldPacket>): boolean;
  /** By how much the clocks of interfaces are ahead of others that had the same packets, in nanoseconds. */
  clocksAhead(packets: Iterable<HeldPacket>): Ahead | undefined;
}

/**
 * Numbers the packets of a file and sees to it that time does not run backwards. The beginning of a file is
 * held and put in order where it is not; behind that, or where nothing may be held, times are counted on.
 */
export class OrderedRecords implements RecordSink {
  readonly #sink: NumberedSink;
  readonly #offset: () => number;
  readonly #timeline = new Timeline();
  /** What waits; undefined: nothing does, nor will. */
  #held: HeldPackets | undefined;
  /** More of the file is held, before any of it is told. */
  #holds: boolean;
  #problems: (FileProblem & Pick<Problem, "frames">)[] = [];
  #frames = 0;
  #last = Number.NEGATIVE_INFINITY;
  #heldBackwards = false;
  readonly #order = { backwards: 0, first: 0, most: 0, sorted: 0, kept: false, clocks: 0 };
  #highest = Number.NEGATIVE_INFINITY;
  #lowest = Number.POSITIVE_INFINITY;

  /** `offset` gives the place in the file of the record at hand; `hold`: packets may wait. */
  constructor(sink: NumberedSink, offset: () => number, hold: boolean) {
    this.#sink = sink;
    this.#offset = offset;
    this.#holds = hold;
    if (hold) this.#held = new HeldPackets();
  }

  get order(): CaptureOrder {
    return { ...this.#order, timeless: this.#frames > 1 && this.#highest === this.#lowest };
  }

  /** Where times ran backwards and were counted on. */
  get steps(): readonly ClockStep[] {
    return this.#timeline.steps;
  }

  interface(linkType: number, name: string | undefined): void {
    this.#sink.interface(linkType, name);
  }

  packet(
    bytes: Uint8Array,
    from: number,
    to: number,
    original: number,
    interfaceId: number,
    at: number,
  ): void {
    this.#frames += 1;
    this.#compare(at);
    const packet = {
      bytes,
      from,
      to,
      original,
      interfaceId,
      at,
      frame: this.#frames,
      offset: this.#offset(),
    };
    if (this.#holds && this.#held?.add(packet) === true) return;
    this.#decide();
    if (this.#held === undefined) {
      this.#give(packet);
      return;
    }
    this.#held.append(packet);
    // By and by, so that whoever takes them need not take them all at once.
    for (let i = 0; i < AT_ONCE; i += 1) this.#giveNext();
  }

  unreadable(kind: PacketKind): void {
    this.#frames += 1;
    this.#sink.unreadable(kind);
  }

  problem(problem: FileProblem): void {
    const told = { ...problem, frames: this.#frames };
    if (this.#held === undefined) this.#sink.problem(told);
    else this.#problems.push(told);
  }

  /** There is no more: what is held is told, some packets at a time. */
  *ending(): Generator<void> {
    this.#decide();
    while (this.#held !== undefined) {
      for (let i = 0; i < AT_THE_END; i += 1) this.#giveNext();
      yield;
    }
    this.#tellProblems(Number.POSITIVE_INFINITY);
  }

  #compare(at: number): void {
    this.#lowest = Math.min(this.#lowest, at);
    if (at < this.#last) {
      this.#heldBackwards ||= this.#holds;
      this.#order.backwards += 1;
      if (this.#order.backwards === 1) this.#order.first = this.#frames;
      this.#order.most = Math.max(this.#order.most, this.#highest - at);
    }
    this.#last = at;
    this.#highest = Math.max(this.#highest, at);
  }

  #give(packet: HeldPacket): void {
    this.#sink.packet(packet, this.#timeline.take(packet.at, packet.interfaceId, packet.frame));
  }

  #giveNext(): void {
    const packet = this.#held?.take();
    if (packet !== undefined) {
      if (this.#order.sorted === 0) this.#tellProblems(packet.frame);
      this.#give(packet);
    }
    if (this.#held === undefined || this.#held.count > 0) return;
    this.#held = undefined;
    this.#tellProblems(Number.POSITIVE_INFINITY);
  }

  /** Those that were met before this packet. */
  #tellProblems(before: number): void {
    while ((this.#problems[0]?.frames ?? Number.POSITIVE_INFINITY) < before)
      this.#sink.problem(this.#problems.shift()!);
  }

  /** No more is held: what was is put in order, where it has to be. */
  #decide(): void {
    const held = this.#held;
    if (!this.#holds || held === undefined) return;
    this.#holds = false;
    const ahead = this.#sink.clocksAhead(held);
    if (ahead !== undefined) {
      // The same packets came on several interfaces, whose clocks differ: then times say the order.
      this.#order.clocks = ahead.most;
      held.advance((packet) => ahead.of(packet));
      held.sort();
      return;
    }
    const sorts = this.#heldBackwards && this.#sink.timesHold(held);
    this.#order.kept = this.#heldBackwards && !sorts;
    if (sorts) this.#order.sorted = held.sort();
  }
}
