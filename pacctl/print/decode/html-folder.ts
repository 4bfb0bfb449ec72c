import { callsIndex, type IndexedCall } from "../../../ladder/html/calls-index.ts";
import {
  HTML_TAIL,
  htmlHead,
  htmlLink,
  htmlText,
  htmlTitle,
  ladderSection,
} from "../../../ladder/html/ladder-html.ts";
import type { CaptureSummary, Problem } from "../../capture/captured.ts";
import type { DecodedCall } from "../../decode/decode-types.ts";
import type { OutputFolder } from "../../io.ts";
import { closingWords, type DecodeView, type LeftOver, problemText, type ViewBase } from "./decode-view.ts";
import { indexed } from "./html-page.ts";
import { ladderOf } from "./ladders.ts";

/** Ours: calls of one list, so that a browser opens it at once. */
const LISTED = 10_000;

const INDEX = "index.html";

/** A page for each call, which is complete by itself, and a list of them. */
export class HtmlFolder implements DecodeView {
  readonly #base: ViewBase;
  readonly #folder: OutputFolder;
  readonly #name: string;
  readonly #fields: boolean;
  /** Of the list that is not full yet. */
  #listed: IndexedCall[] = [];
  /** Lists that are full, by their file. */
  readonly #lists: { readonly href: string; readonly text: string }[] = [];
  /** Of all calls, how many ended how. */
  readonly #endings = new Map<string, number>();
  #shown = 0;
  #problems = "";

  constructor(base: ViewBase, folder: OutputFolder, name: string, fields: boolean) {
    this.#base = base;
    this.#folder = folder;
    this.#name = name;
    this.#fields = fields;
  }

  row(): void {}

  /** Throws what the folder throws. */
  over(call: DecodedCall): void {
    const startedAt = this.#base.startedAt();
    const file = `call-${call.number}.html`;
    const ladder = ladderOf(call, startedAt);
    this.#folder.write(
      file,
      htmlHead(`${ladder.title} in ${this.#name}`) +
        htmlLink(INDEX, "All calls") +
        ladderSection(ladder, this.#fields ? "open" : "folded") +
        HTML_TAIL,
    );
    this.#shown += 1;
    const ending = `${call.verdict.cause} (${call.verdict.code})`;
    this.#endings.set(ending, (this.#endings.get(ending) ?? 0) + 1);
    if (this.#listed.length === LISTED) this.#closeList();
    this.#listed.push(indexed(call, startedAt, file));
  }

  problem(problem: Problem): void {
    this.#problems += htmlText(problemText(problem));
  }

  end(capture: CaptureSummary, leftOver: LeftOver): void {
    const { out, found } = this.#base;
    const words = closingWords(capture, { found: found(), shown: this.#shown }, leftOver);
    if (this.#lists.length > 0) this.#closeList();
    this.#writeList(INDEX, this.#problems + htmlText(words) + this.#overview());
    out(`${words}${this.#folder.path}/${INDEX} lists them.\n`);
  }

  /** Where one list does not hold them all: how they ended, and where they are listed. */
  #overview(): string {
    if (this.#lists.length === 0) return "";
    const endings = [...this.#endings].toSorted(([, a], [, b]) => b - a);
    return (
      htmlText(endings.map(([ending, count]) => `${count}: ${ending}`).join("\n")) +
      this.#lists.map(({ href, text }) => htmlLink(href, text)).join("")
    );
  }

  #closeList(): void {
    const numbers = this.#listed.map(({ number }) => number);
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
    const href = `calls-${this.#lists.length + 1}.html`;
    const text = `${numbers.length} calls between number ${least} and ${most}, the first at ${this.#listed[0]!.began}`;
    this.#writeList(href, htmlLink(INDEX, "All calls"));
    this.#lists.push({ href, text });
    this.#listed = [];
  }

  /** The calls that are listed, and above them what is said of the whole. */
  #writeList(file: string, above: string): void {
    const title = `PPTP in ${this.#name}`;
    const calls = callsIndex(this.#listed.toSorted((a, b) => a.number - b.number));
    this.#folder.write(
      file,
      `${htmlHead(title)}<nav>\n${htmlTitle(title)}</nav>\n${above}<nav>\n${calls}</nav>\n${HTML_TAIL}`,
    );
  }
}
