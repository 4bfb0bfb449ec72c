import type { CaptureSummary } from "../../capture/captured.ts";
import type { DecodedCall } from "../../decode/decode-types.ts";
import { printable } from "../printable.ts";
import { closingWords, type DecodeView, type LeftOver, shortTime, type ViewBase } from "./decode-view.ts";

/**
 * A line per call, in columns whose widths are settled before the first one is known. Where a password was
 * given, what was noticed stands below: whether it fits is what was asked.
 */
export class CallLines implements DecodeView {
  readonly #base: ViewBase;
  readonly #withFindings: boolean;
  #calls = 0;

  constructor(base: ViewBase, withFindings: boolean) {
    this.#base = base;
    this.#withFindings = withFindings;
  }

  row(): void {}

  over(call: DecodedCall): void {
    if (this.#calls === 0) this.#line("CALL", "BEGAN", "CLIENT", "SERVER", "USER", "ENCRYPTION", "VERDICT");
    this.#calls += 1;
    const { number, sameAs, client, server, user, verdict, encryption, begunAt } = call;
    const began = shortTime(this.#base.startedAt(), begunAt);
    this.#line(
      `${number}`,
      began,
      client,
      server,
      user ?? "-",
      encryption ?? "-",
      `${verdict.code}: ${verdict.cause}${sameAs === undefined ? "" : ` (the same dial as call ${sameAs})`}`,
    );
    if (!this.#withFindings) return;
    for (const finding of call.findings) this.#base.out(`   !  ${printable(finding)}\n`);
  }

  problem(): void {}

  end(capture: CaptureSummary, leftOver: LeftOver): void {
    this.#base.out(closingWords(capture, { found: this.#base.found(), shown: this.#calls }, leftOver));
  }

  #line(...cells: readonly string[]): void {
    this.#base.out(
      `${cells
        .map((cell, i) => printable(cell).padEnd(WIDTHS[i]!))
        .join("  ")
        .trimEnd()}\n`,
    );
  }
}

const WIDTHS = [4, 20, 15, 15, 12, 23, 0];
