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
import { passing, type RecordSink } from "./files/format.ts";
import { MAX_TOLD, SWEEP_INTERVAL } from "./limits.ts";
import { type LinkLayer, linkLayerOf } from "./link/link-layer.ts";
import { linkTypeName } from "./link/link-type-names.ts";
import { type Books, Packets } from "./packets.ts";
import type { ProblemCode } from "./problems.ts";
import { type Unread, UnreadTally } from "./unread.ts";

/** The records of a file: numbers and counts packets, and hands each to the link layer of its interface. */
export class Records implements RecordSink, Books {
  readonly #sink: CaptureSink;
  readonly #offset: () => number;
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
  #at = 0;
  #interfaceId = 0;
  /** The latest time so far; in some files it goes back. */
  #latest = 0;
  #nextSweep = SWEEP_INTERVAL;

  /** `offset` gives the place in the file of the record at hand. */
  constructor(options: Watched, sink: CaptureSink, offset: () => number) {
    this.#sink = sink;
    this.#offset = offset;
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

  packet(
    bytes: Uint8Array,
    from: number,
    to: number,
    original: number,
    interfaceId: number,
    at: number,
  ): void {
    this.#frames += 1;
    this.#at = at;
    this.#interfaceId = interfaceId;
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

  problem(problem: Pick<Problem, "code" | "offset" | "ended" | "detail">): void {
    this.#broken ||= problem.ended;
    const told = this.#told.get(problem.code) ?? 0;
    this.#told.set(problem.code, told + 1);
    if (told < MAX_TOLD) this.#sink({ kind: "problem", frames: this.#frames, ...problem });
  }

  moment(): Moment {
    return { frame: this.#frames, at: this.#at, interfaceId: this.#interfaceId };
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
    this.problem(passing("unknown-link-type", this.#offset(), linkTypeName(linkType)));
    return "unknown-link";
  }
}

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
