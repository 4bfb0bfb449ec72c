import { callsIndex, type IndexedCall } from "../../../ladder/html/calls-index.ts";
import { HTML_TAIL, htmlHead, htmlText, htmlTitle, ladderSection } from "../../../ladder/html/ladder-html.ts";
import { AppError } from "../../../server/errors/app-error.ts";
import type { CaptureSummary, Problem } from "../../capture/captured.ts";
import type { DecodedCall } from "../../decode/decode-types.ts";
import {
  closingWords,
  type DecodeView,
  type LeftOver,
  problemText,
  shortTime,
  type ViewBase,
} from "./decode-view.ts";
import { cameUp, ladderOf } from "./ladders.ts";

/** Ours: what one file holds, so that a browser opens it at once. */
const MAX_CALLS = 100;

/** Ours: characters of one file. A dial takes some 20,000, a long session with all fields up to 400,000. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** What stands of a call in a list of calls, and nothing else of it: lists are long. */
export const indexed = (call: DecodedCall, startedAt: bigint | undefined, href: string): IndexedCall => ({
  href,
  number: call.number,
  began: shortTime(startedAt, call.begunAt),
  client: call.client,
  server: call.server,
  user: call.user ?? "-",
  encryption: call.encryption ?? "-",
  verdict: { code: call.verdict.code, cause: call.verdict.cause },
  up: cameUp(call),
});

/** One file with a section for each call; where there are several, a list of them first. */
export class HtmlPage implements DecodeView {
  readonly #base: ViewBase;
  readonly #name: string;
  readonly #fields: boolean;
  readonly #calls: IndexedCall[] = [];
  readonly #sections: string[] = [];
  #length = 0;
  #problems = "";

  /** `fields`: unfolded below their message. */
  constructor(base: ViewBase, name: string, fields: boolean) {
    this.#base = base;
    this.#name = name;
    this.#fields = fields;
  }

  row(): void {}

  /** Throws AppError where one file would be too much. */
  over(call: DecodedCall): void {
    const startedAt = this.#base.startedAt();
    const id = `call-${call.number}`;
    const section = ladderSection(ladderOf(call, startedAt), this.#fields ? "open" : "folded", id);
    this.#length += section.length;
    if (this.#calls.length === MAX_CALLS || this.#length > MAX_LENGTH) throw this.#tooMuch();
    this.#calls.push(indexed(call, startedAt, `#${id}`));
    this.#sections.push(section);
  }

  problem(problem: Problem): void {
    this.#problems += htmlText(problemText(problem));
  }

  end(capture: CaptureSummary, leftOver: LeftOver): void {
    const { out, found } = this.#base;
    const words = htmlText(closingWords(capture, { found: found(), shown: this.#calls.length }, leftOver));
    const title = `PPTP in ${this.#name}`;
    out(htmlHead(title));
    if (this.#calls.length > 1) out(`<nav>\n${htmlTitle(title)}\n${callsIndex(this.#calls)}</nav>\n`);
    for (const section of this.#sections) out(section);
    out(this.#problems + words + HTML_TAIL);
  }

  #tooMuch(): AppError {
    const holds =
      this.#calls.length === MAX_CALLS ? `more than ${MAX_CALLS} calls` : "calls with too much in them";
    return new AppError(
      "usage",
      `${this.#name} holds ${holds} for one file: --html-dir FOLDER makes a page for each of them and a list, and --call NUMBER or --client ADDRESS chooses some; --summary lists them.`,
    );
  }
}
