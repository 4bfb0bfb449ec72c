import type { ShownField } from "../../../server/wire/shown-field.ts";
import { shownField } from "../../../server/wire/shown-field.ts";
import type { Stage } from "../../../verdicts/stages.ts";
import type { Moment, Side } from "../../capture/captured.ts";
import type { ClockStep } from "../../capture/order/timeline.ts";
import { type JudgedCall, noFacts } from "../call-facts.ts";
import { headerFields } from "../data/header-fields.ts";
import type { CallName, CallRow, DecodeOptions, DecodeSink } from "../decode-types.ts";
import { MAX_FINDINGS } from "../limits.ts";
import { LinkWatch } from "../link/link-watch.ts";
import { bySide, turn } from "../side.ts";
import { BoundedRows } from "./bounded-rows.ts";
import { Bursts } from "./bursts.ts";
import { FIELDS_LEFT_OUT, type KeptRows } from "./kept-rows.ts";
import { StageTimes } from "./stage-times.ts";
import type { TwinCall, Twins } from "./twins.ts";

const none = (): readonly ShownField[] => [];

/** What all calls of a capture share. */
export interface CallServices {
  readonly options: DecodeOptions;
  readonly sink: DecodeSink;
  readonly twins: Twins;
  readonly keptRows: KeptRows;
  /** Where times ran backwards so far, whether a clock was set there, and how far two clocks differed. */
  clock(): {
    readonly clockSteps: readonly ClockStep[];
    readonly clockWasSet: boolean;
    readonly clockDifference: number;
  };
}

/** Whatever lists a call while it goes on. */
interface CallHolder {
  remove(call: Call): void;
  replace(call: Call, by: Call): void;
}

/** What a row may have beside its text. */
export interface RowDetails {
  readonly mark?: string | undefined;
  readonly fields?: (() => readonly ShownField[]) | undefined;
}

/**
 * One call: what is known of it, its rows, and its end. Control connection and tunnel tell it what they saw.
 */
export class Call implements CallName, JudgedCall {
  readonly number: number;
  client: string;
  server: string;
  begunAt: number;
  readonly services: CallServices;
  readonly facts = noFacts();
  readonly stages = new StageTimes();
  readonly bursts = new Bursts();
  readonly findings: string[] = [];
  /** Which side is the server is not known for sure. */
  guessed = false;
  /** What is compared with other calls, and outlives this one. */
  readonly dial: TwinCall;
  /** Call IDs by whom they were given. */
  readonly ids: { client: number | undefined; server: number | undefined } = {
    client: undefined,
    server: undefined,
  };
  /** Of the last packet. */
  lastAt: number;
  lastFrame: number;
  #saidFrames: Set<number> | undefined;
  readonly firstFrame: number;
  highestFrame: number;
  /** Packets that were put in order: how many come behind one that stands behind them, and the first such. */
  readonly displaced = { packets: 0, first: 0 };
  /** Nothing more is expected after this, in nanoseconds of the capture. */
  overAt = Number.POSITIVE_INFINITY;
  finished = false;
  /** A message of a control connection that was joined in its midst has one of its IDs. */
  named = false;
  /** Sequence numbers that are missing, as the tunnel counts them. */
  missing = bySide(() => 0);
  /** When IPCP opened; undefined: never. */
  upAt: number | undefined;
  /** Where its control messages come from; undefined: none is in the capture. */
  connection: CallHolder | undefined;
  /** Told before the end: what is on the way inside. */
  settle: (() => void) | undefined;
  readonly link: LinkWatch;
  readonly #rows = new BoundedRows();

  constructor(services: CallServices, number: number, client: string, server: string, when: Moment) {
    this.services = services;
    this.number = number;
    this.client = client;
    this.server = server;
    this.dial = { number, client, server, facts: { gre: this.facts.gre }, twin: undefined, signs: 0 };
    this.begunAt = when.at;
    this.lastAt = when.at;
    this.lastFrame = when.frame;
    this.firstFrame = when.frame;
    this.highestFrame = when.frame;
    this.link = new LinkWatch(services.options.credentials);
  }

  /** Where all packets are told: frames of the segment at hand that have rows already. */
  get saidFrames(): Set<number> {
    this.#saidFrames ??= new Set();
    return this.#saidFrames;
  }

  /** The same dial elsewhere in the capture, and what both have in common. */
  get twin(): TwinCall["twin"] {
    return this.dial.twin;
  }

  /** Rows held for the ladder. */
  get rowsHeld(): number {
    return this.#rows.size;
  }

  get rows(): readonly CallRow[] {
    return this.#rows.rows();
  }

  /** It began at this time already: what was seen later is counted from there. */
  beginAt(at: number): void {
    const earlier = (this.begunAt - at) / 1e6;
    if (earlier <= 0) return;
    this.begunAt = at;
    this.#rows.shift(earlier);
    this.stages.shift(earlier);
  }

  /** Packets were taken back that passed before others that are shown. */
  sortRows(): void {
    this.flushBursts();
    this.#rows.sort();
  }

  /** What was told of another call, that has no GRE, is part of this one. */
  takeOver(control: Call): void {
    this.flushBursts();
    this.beginAt(control.begunAt);
    control.beginAt(this.begunAt);
    this.#rows.insert(control.#rows.rows());
    this.stages.merge(control.stages);
    Object.assign(this.facts.tcp, control.facts.tcp);
    Object.assign(this.facts.control, control.facts.control);
    this.facts.endings.takeOver(control.facts.endings);
    Object.assign(this.facts.echoes.control, control.facts.echoes.control);
    this.facts.cut += control.facts.cut;
    this.facts.icmp.push(...control.facts.icmp);
    for (const side of ["client", "server"] as const) this.heard(side, control.facts.heardAt[side]);
    for (const finding of control.findings) this.addFinding(finding);
    this.ids.client ??= control.ids.client;
    this.ids.server ??= control.ids.server;
    this.touch({ at: control.lastAt, frame: control.lastFrame, interfaceId: 0 });
    this.overAt = Math.min(this.overAt, control.overAt);
  }

  /** Who was taken for the client is the server. */
  turn(): void {
    this.flushBursts();
    [this.client, this.server] = [this.server, this.client];
    Object.assign(this.dial, { client: this.client, server: this.server });
    const { gre, ppp, unreadFrames, heardAt, greHeardAt, echoes } = this.facts;
    for (const values of [gre, ppp, unreadFrames, heardAt, greHeardAt]) turn(values);
    turn(echoes.lcp);
    turn(this.ids);
    this.facts.endings.turn();
    this.link.turn();
    this.#rows.turn();
    this.guessed = false;
  }

  keepFewRows(): void {
    this.#rows.keepFew();
  }

  /** Something of this call passed. */
  touch({ at, frame }: Moment): void {
    // Octets that waited for others before them are older than what made the call known.
    if (at < this.begunAt) this.beginAt(at);
    // Later by its time, and earlier in the file: it was put in order.
    if (frame < this.highestFrame && at > this.lastAt) {
      this.displaced.packets += 1;
      if (this.displaced.packets === 1) this.displaced.first = this.highestFrame;
    }
    if (at > this.lastAt) this.lastAt = at;
    this.lastFrame = frame;
    this.highestFrame = Math.max(this.highestFrame, frame);
  }

  /** Something of this call came from this side. */
  heard(from: Side, at: number): void {
    const { heardAt } = this.facts;
    if (at > heardAt[from]) heardAt[from] = at;
  }

  /** GRE of this call came from this side. */
  heardGre(from: Side, at: number): void {
    this.heard(from, at);
    const { greHeardAt } = this.facts;
    if (at > greHeardAt[from]) greHeardAt[from] = at;
  }

  /** One side asks whether the other is there. */
  echoRequest(kind: "control" | "lcp", from: Side, at: number): void {
    const row = this.facts.echoes[kind][from];
    row.count += 1;
    if (row.count === 1) row.since = at;
    row.last = at;
  }

  get cameOnAt(): number {
    return this.begunAt + this.stages.cameOnAt * 1e6;
  }

  /** A control frame passes, which the link has not taken yet. */
  beforeFrame(from: Side, when: Moment, frame: Uint8Array, isCut: boolean): void {
    const { endings, encryption, clear } = this.facts;
    const { openings } = this.link.ccp;
    endings.frame(from, when, frame, isCut);
    encryption.frame(from, when, frame, {
      encrypts: this.upAt !== undefined && openings > 0,
      clear,
      openings,
    });
  }

  /** Since the call began, in milliseconds. */
  since(at: number): number {
    return (at - this.begunAt) / 1e6;
  }

  /** A message from one side to the other. */
  message(when: Moment, from: Side, layer: string, text: string, details: RowDetails = {}): void {
    this.heard(from, when.at);
    if (this.services.options.all && (layer === "tcp" || layer === "pptp")) this.saidFrames.add(when.frame);
    this.stages.message(layer, this.since(when.at));
    this.packet(when, from, layer, text, details);
  }

  /** A packet that says nothing: a row of its own, and nothing that a verdict would look at. */
  packet(
    when: Moment,
    from: Side | "note",
    layer: string,
    text: string,
    { mark, fields = none }: RowDetails = {},
  ): void {
    this.flushBursts();
    this.#add(when.frame, {
      at: this.since(when.at),
      from,
      layer,
      text,
      ...(mark === undefined ? {} : { mark }),
      ...(!this.services.options.fields || (from === "note" && fields === none)
        ? {}
        : { fields: [shownField("frame", when.frame), ...headerFields(when.headers), ...fields()] }),
    });
  }

  /** Something about the dial that nobody sent. */
  note(when: Moment, layer: string, text: string, details: RowDetails = {}): void {
    this.packet(when, "note", layer, text, details);
  }

  /** What is to be told at the end, once. */
  addFinding(text: string): void {
    if (this.findings.length < MAX_FINDINGS && !this.findings.includes(text)) this.findings.push(text);
  }

  done(stage: Stage, at: number, result: string): void {
    this.stages.done(stage, this.since(at), result);
  }

  /** Users' packets that were counted become rows before anything else does. */
  flushBursts(): void {
    if (this.bursts.empty) return;
    for (const { from, layer, at, frame, text } of this.bursts.take())
      this.#add(frame, { at: this.since(at), from, layer, text });
  }

  /** Nothing more belongs to this call. */
  finish(): void {
    this.settle?.();
    this.flushBursts();
    this.finished = true;
  }

  #add(frame: number, row: CallRow): void {
    const { options, keptRows, sink } = this.services;
    if (options.ladders && !this.finished && !keptRows.keep(this.#rows, row))
      this.addFinding(FIELDS_LEFT_OUT);
    sink.row(this, { ...row, frame });
  }
}
