import type { CaptureSummary, Problem } from "../../capture/captured.ts";
import { PROBLEMS } from "../../capture/problems.ts";
import type { CallName, DecodedCall, DecodedRow } from "../../decode/decode-types.ts";
import { type DecodeView, type LeftOver, timeOf, type ViewBase } from "./decode-view.ts";
import { unreadText } from "./unread-words.ts";

/** One JSON object a line; docs/decode.md has the schema. */
export class JsonLines implements DecodeView {
  readonly #base: ViewBase;
  readonly #events: boolean;
  #broken = false;

  /** Without `events`: calls alone. */
  constructor(base: ViewBase, events: boolean) {
    this.#base = base;
    this.#events = events;
  }

  row(call: CallName, row: DecodedRow): void {
    if (!this.#events) return;
    const { at, frame, from, layer, text, mark, fields } = row;
    this.#line({
      type: "event",
      call: call.number,
      time: this.#time(call.begunAt + at * 1e6),
      at: rounded(at),
      frame,
      from,
      layer,
      text,
      mark: mark ?? null,
      fields: fields ?? [],
    });
  }

  over(call: DecodedCall): void {
    const { number, client, server, begunAt, endedAt, user, method, encryption, address, callIds } = call;
    const { sameAs } = call;
    const { stages, findings, data, verdict, endings } = call;
    const { code, source, cause, evidence, windowsErrors, remedy } = verdict;
    this.#line({
      type: "call",
      call: number,
      client,
      server,
      began: this.#time(begunAt),
      ended: this.#time(endedAt),
      user: user ?? null,
      method: method ?? null,
      encryption: encryption ?? null,
      address: address ?? null,
      callIds: { client: callIds.client ?? null, server: callIds.server ?? null },
      stages: stages.map(({ stage, done, took, result }) => ({ stage, done, ms: rounded(took), result })),
      sameAs: sameAs ?? null,
      packets: data,
      findings,
      endings: endings.map(({ at, from, text }) => ({ at: rounded(at), from, text })),
      verdict: { code, source, cause, evidence, windowsErrors, remedy },
    });
  }

  problem({ code, offset, frames, detail, ended }: Problem): void {
    this.#broken ||= ended;
    this.#line({ type: "problem", code, text: PROBLEMS[code], offset, frames, detail, ended });
  }

  end({ format, frames, octets, packets, notes, order, unread }: CaptureSummary, leftOver: LeftOver): void {
    this.#line({
      type: "end",
      format: format ?? null,
      frames,
      octets,
      packets,
      notes: { ...notes, ...leftOver },
      order: { ...order, most: rounded(order.most / 1e6), clocks: rounded(order.clocks / 1e6) },
      unread: unread.map((one) => ({ ...one, text: unreadText(one) })),
      calls: this.#base.found(),
      complete: !this.#broken,
    });
  }

  #time(at: number): string | null {
    return timeOf(this.#base.startedAt(), at) ?? null;
  }

  #line(object: object): void {
    this.#base.out(`${JSON.stringify(object)}\n`);
  }
}

/** Milliseconds to the microsecond. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
