import type { Ladder } from "../../../ladder/ladder-types.ts";
import { LadderText, ladderTail, ladderText } from "../../../ladder/text/ladder-text.ts";
import type { CaptureSummary } from "../../capture/captured.ts";
import type { CallName, DecodedCall, DecodedRow } from "../../decode/decode-types.ts";
import { closingWords, type DecodeView, type LeftOver, shortTime, type ViewBase } from "./decode-view.ts";

/** A call as a ladder that is complete. */
export const ladderOf = (call: DecodedCall, startedAt: bigint | undefined): Ladder => ({
  ...call,
  title: `Call ${call.number}`,
  up: cameUp(call),
  facts: [["Began", shortTime(startedAt, call.begunAt)], ...call.facts],
});

/** Addresses were agreed, or users' packets passed in a call that was joined late. */
export const cameUp = ({ stages, data }: DecodedCall): boolean =>
  stages.some(({ stage, done }) => stage === "ipcp" && done) || data.encrypted + data.clear > 0;

/**
 * Each call as a whole once it is over, so that calls that went on at the same time stand one below the
 * other.
 */
export class WholeLadders implements DecodeView {
  readonly #base: ViewBase;
  #calls = 0;

  constructor(base: ViewBase) {
    this.#base = base;
  }

  row(): void {}

  over(call: DecodedCall): void {
    const { out, width, startedAt } = this.#base;
    this.#calls += 1;
    out(`${ladderText(ladderOf(call, startedAt()), { width, fields: false })}\n`);
  }

  problem(): void {}

  end(capture: CaptureSummary, leftOver: LeftOver): void {
    this.#base.out(closingWords(capture, { found: this.#base.found(), shown: this.#calls }, leftOver));
  }
}

/** Each row as it comes, with a heading wherever another call goes on. */
export class LiveLadders implements DecodeView {
  readonly #base: ViewBase;
  readonly #fields: boolean;
  readonly #drawings = new Map<number, LadderText>();
  #latest = 0;
  #calls = 0;

  /** `fields`: every field below its message. */
  constructor(base: ViewBase, fields: boolean) {
    this.#base = base;
    this.#fields = fields;
  }

  row(call: CallName, row: DecodedRow): void {
    this.#base.out(this.#heading(call) + this.#drawing(call).row(row));
  }

  over(call: DecodedCall): void {
    const { out, width } = this.#base;
    this.#calls += 1;
    // Its last rows may stand far above.
    const heading =
      this.#latest === call.number ? "" : `\nCall ${call.number}: ${call.client} → ${call.server}\n`;
    out(`${heading}${ladderTail(call, { width, fields: this.#fields })}\n`);
    this.#drawings.delete(call.number);
    this.#latest = 0;
  }

  problem(): void {}

  end(capture: CaptureSummary, leftOver: LeftOver): void {
    this.#base.out(closingWords(capture, { found: this.#base.found(), shown: this.#calls }, leftOver));
  }

  #heading(call: CallName): string {
    if (this.#latest === call.number) return "";
    const { startedAt } = this.#base;
    this.#latest = call.number;
    const { number, client, server, begunAt } = call;
    const begun = this.#drawings.has(number) ? "goes on" : `begins at ${shortTime(startedAt(), begunAt)}`;
    return `\nCall ${number} ${begun}\n${this.#drawing(call).head(client, server)}`;
  }

  #drawing({ number }: CallName): LadderText {
    const drawing =
      this.#drawings.get(number) ?? new LadderText({ width: this.#base.width, fields: this.#fields });
    this.#drawings.set(number, drawing);
    return drawing;
  }
}
