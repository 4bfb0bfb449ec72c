import {
  type CaptureInterface,
  type CaptureSink,
  type CaptureSummary,
  type Moment,
  NOTES,
  type Note,
  PACKET_KINDS,
  type PacketKind,
  type Problem,
  type Watched,
} from "./captured.ts";
import { passing } from "./files/format.ts";
import { MAX_TOLD, SWEEP_INTERVAL } from "./limits.ts";
import { type LinkLayer, linkLayerOf } from "./link/link-layer.ts";
import { linkTypeName } from "./link/link-type-names.ts";
import { type Ahead, ClockDifferences } from "./order/clock-differences.ts";
import type { HeldPacket } from "./order/held-packets.ts";
import { OrderVotes } from "./order/order-votes.ts";
import type { NumberedSink } from "./order/ordered-records.ts";
import { type Books, Packets, type PacketWatch } from "./packets.ts";
import type { ProblemCode } from "./problems.ts";
import { type Unread, UnreadTally } from "./unread.ts";

/** The records of a file: counts packets, and hands each to the link layer of its interface. */
export class Records implements NumberedSink, Books {
  readonly #sink: CaptureSink;
  readonly #options: Watched;
  readonly #packets: Packets;
  readonly #interfaces: CaptureInterface[] = [];
  readonly #layers: (LinkLayer | undefined)[] = [];
  readonly #unknown = new Set<number>();
  readonly #counts = zeros(PACKET_KINDS);
  readonly #notes = zeros(NOTES);
  readonly #told = new Map<ProblemCode, number>();
  readonly #unread = new UnreadTally();
  #broken = false;
  #frames = 0;
  #frame = 0;
  #at = 0;
  #interfaceId = 0;
  /** Place in the file of the record at hand. */
  #offset = 0;
  #latest = 0;
  #nextSweep = SWEEP_INTERVAL;

  constructor(options: Watched, sink: CaptureSink) {
    this.#sink = sink;
    this.#options = options;
    this.#packets = new Packets(options, this, sink);
  }

  summary(): Pick<CaptureSummary, "broken" | "frames" | "interfaces" | "packets" | "notes" | "unread"> {
    return {
      broken: this.#broken,
      frames: this.#frames,
      interfaces: [...this.#interfaces],
      packets: { ...this.#counts },
      notes: { ...this.#notes },
      unread: this.#unread.list(),
    };
  }

  end(): void {
    this.#packets.end();
    if (this.#frames > 0) this.#tellTime();
  }

  interface(linkType: number, name: string | undefined): void {
    this.#interfaces.push({ linkType, name });
    this.#layers.push(linkLayerOf(linkType));
  }

  packet({ bytes, from, to, original, interfaceId, frame, offset }: HeldPacket, at: number): void {
    this.#frames += 1;
    this.#frame = frame;
    this.#at = at;
    this.#interfaceId = interfaceId;
    this.#offset = offset;
    const layer = this.#layers[interfaceId];
    const kind = layer === undefined ? this.#unknownLink(interfaceId) : layer(bytes, from, to, this.#packets);
    if (kind === "malformed" && original > to - from) this.unread("cut", 0);
    this.count(kind);
    if (at > this.#latest) this.#latest = at;
    if (this.#latest >= this.#nextSweep) {
      this.#nextSweep = this.#latest + SWEEP_INTERVAL;
      this.#packets.sweep(this.#latest);
      this.#tellTime();
    }
  }

  unreadable(kind: PacketKind): void {
    this.#frames += 1;
    this.count(kind);
  }

  /** Judged by packets of ours, through all that they are wrapped in. */
  timesHold(packets: Iterable<HeldPacket>): boolean {
    const votes = new OrderVotes();
    this.#look(packets, votes, () => {});
    return votes.timesHold;
  }

  clocksAhead(packets: Iterable<HeldPacket>): Ahead | undefined {
    const differences = new ClockDifferences();
    this.#look(packets, differences, ({ interfaceId, frame }) => {
      differences.interfaceId = interfaceId;
      differences.frame = frame;
    });
    return differences.ahead();
  }

  /** Shows packets to a watch, and tells nothing of them. */
  #look(packets: Iterable<HeldPacket>, watch: PacketWatch, next: (moment: Moment) => void): void {
    let moment: Moment = this.moment();
    const books = { moment: () => moment, count: () => {}, note: () => {}, unread: () => {} };
    const reading = new Packets({ ports: this.#options.ports }, books, () => {}, watch);
    for (const { bytes, from, to, interfaceId, at, frame } of packets) {
      moment = { frame, at, interfaceId };
      next(moment);
      this.#layers[interfaceId]?.(bytes, from, to, reading);
    }
  }

  problem(problem: Pick<Problem, "code" | "offset" | "frames" | "ended" | "detail">): void {
    this.#broken ||= problem.ended;
    const told = this.#told.get(problem.code) ?? 0;
    this.#told.set(problem.code, told + 1);
    if (told < MAX_TOLD) this.#sink({ kind: "problem", ...problem });
  }

  moment(): Moment {
    return { frame: this.#frame, at: this.#at, interfaceId: this.#interfaceId };
  }

  count(kind: PacketKind): void {
    this.#counts[kind] += 1;
  }

  note(note: Note): void {
    this.#notes[note] += 1;
  }

  unread(what: Unread, number: number): void {
    this.#unread.add(what, number);
  }

  #tellTime(): void {
    this.#sink({ kind: "time", when: { ...this.moment(), at: this.#latest } });
  }

  /** Told with the first packet: programs list interfaces that nothing was captured on. */
  #unknownLink(interfaceId: number): PacketKind {
    const { linkType } = this.#interfaces[interfaceId]!;
    this.unread("link-type", linkType);
    if (this.#unknown.has(interfaceId)) return "unknown-link";
    this.#unknown.add(interfaceId);
    const frames = this.#frame;
    this.problem({ ...passing("unknown-link-type", this.#offset, linkTypeName(linkType)), frames });
    return "unknown-link";
  }
}

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
