import { type AttemptFilter, attemptFits } from "../../server/store/history/filters.ts";
import { byPlace, type Place } from "../../server/store/history/read-page.ts";
import type { AttemptRepository } from "../../server/store/store-types.ts";
import { summaryJson, type Verdicts } from "../schemas/attempt.ts";
import { ATTEMPT_FIELDS, type Form, shape } from "./forms.ts";
import type { HistoryReader, ShapedRow } from "./jobs.ts";

/** What a list of dials is made of. */
export interface AttemptListParts {
  readonly attempts: Pick<AttemptRepository, "inMemory">;
  readonly history: HistoryReader;
  readonly verdicts: Verdicts;
}

/** Dials, newest first: what is not written yet stands in its place among what is on record. */
export class AttemptList {
  readonly #parts: AttemptListParts;
  readonly #filter: AttemptFilter;
  readonly #form: Form;
  /** Of those that stand in memory; undefined: nobody has asked yet. */
  #memory: readonly ShapedRow[] | undefined;
  readonly #ids = new Set<string>();

  constructor(parts: AttemptListParts, filter: AttemptFilter, form: Form) {
    this.#parts = parts;
    this.#filter = filter;
    this.#form = form;
  }

  /** See `SessionList.page`. */
  async page(after: Place | undefined, most: number): Promise<readonly ShapedRow[]> {
    this.#memory ??= this.#inMemory();
    const memory =
      after === undefined ? this.#memory : this.#memory.filter((row) => newestFirst(row.place, after) > 0);
    const older: ShapedRow[] = [];
    let from = after;
    for (let more = true; more && older.length < most; ) {
      const order = { sort: "startedAt", descending: true, after: from, most } as const;
      const form = this.#form;
      const stored = await this.#parts.history.ask({ ask: "attempts", filter: this.#filter, order, form });
      more = stored.length === most;
      if (more) from = stored.at(-1)!.place;
      older.push(...stored.filter(({ id }) => !this.#ids.has(id)));
    }
    const rows = [...memory, ...older].sort((a, b) => newestFirst(a.place, b.place));
    return rows.slice(0, most);
  }

  #inMemory(): readonly ShapedRow[] {
    const rows: ShapedRow[] = [];
    for (const { seq, record: attempt } of this.#parts.attempts.inMemory()) {
      this.#ids.add(attempt.id);
      if (!attemptFits(attempt, this.#filter)) continue;
      const text = shape(summaryJson(attempt, this.#parts.verdicts), ATTEMPT_FIELDS, this.#form);
      rows.push({ place: [attempt.startedAt, seq], id: attempt.id, text });
    }
    return rows;
  }
}

const newestFirst = byPlace(true);
