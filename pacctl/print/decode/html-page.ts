import { HTML_TAIL, htmlHead, htmlText, ladderSection } from "../../../ladder/html/ladder-html.ts";
import type { CaptureSummary, Problem } from "../../capture/captured.ts";
import type { DecodedCall } from "../../decode/decode-types.ts";
import { closingWords, type DecodeView, type LeftOver, problemText, type ViewBase } from "./decode-view.ts";
import { ladderOf } from "./ladders.ts";

/** One file with a section for each call. */
export class HtmlPage implements DecodeView {
  readonly #base: ViewBase;
  readonly #fields: boolean;
  #calls = 0;

  /** `fields`: all of them below each ladder, to be unfolded; without it they are tooltips alone. */
  constructor(base: ViewBase, name: string, fields: boolean) {
    this.#base = base;
    this.#fields = fields;
    base.out(htmlHead(`PPTP in ${name}`));
  }

  row(): void {}

  over(call: DecodedCall): void {
    this.#calls += 1;
    this.#base.out(ladderSection(ladderOf(call, this.#base.startedAt()), this.#fields ? "open" : "folded"));
  }

  problem(problem: Problem): void {
    this.#base.out(htmlText(problemText(problem)));
  }

  end(capture: CaptureSummary, leftOver: LeftOver): void {
    this.#base.out(htmlText(closingWords(capture, this.#calls, leftOver)) + HTML_TAIL);
  }
}
