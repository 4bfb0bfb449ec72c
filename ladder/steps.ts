import { type Stage, stageOfLayer } from "../verdicts/stages.ts";
import type { LadderRow } from "./ladder-types.ts";

/** What is drawn, from top to bottom. */
export type Step =
  | { readonly kind: "stage"; readonly stage: Stage }
  /** Nothing passed for so long, in milliseconds. */
  | { readonly kind: "silence"; readonly lasted: number }
  | { readonly kind: "row"; readonly row: LadderRow };

/** Ours: a silence that a user notices. In a dial that goes well there is none. */
const SILENCE = 1000;

/** Puts headings and silences between the rows, as they come. */
export class Steps {
  readonly #begun = new Set<Stage>();
  #last: number | undefined;

  /** The row, and what stands before it. */
  next(row: LadderRow): readonly Step[] {
    const steps: Step[] = [];
    const lasted = row.at - (this.#last ?? row.at);
    if (lasted >= SILENCE) steps.push({ kind: "silence", lasted });
    this.#last = Math.max(this.#last ?? row.at, row.until ?? row.at);
    const stage = row.from === "note" ? undefined : stageOfLayer(row.layer);
    if (stage !== undefined && !this.#begun.has(stage)) {
      this.#begun.add(stage);
      steps.push({ kind: "stage", stage });
    }
    steps.push({ kind: "row", row });
    return steps;
  }
}

/** All steps of finished rows. */
export function stepsOf(rows: readonly LadderRow[]): readonly Step[] {
  const steps = new Steps();
  return rows.flatMap((row) => steps.next(row));
}
