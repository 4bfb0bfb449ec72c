import type { CallRow } from "../decode-types.ts";
import { KEEP_FIRST, KEEP_LAST, THIN_FIRST, THIN_LAST } from "../limits.ts";
import { opposite } from "../side.ts";
import { EchoRun } from "./echo-run.ts";

/** Rows of one ladder, bounded: the first ones explain a dial, the last ones its end. */
export class BoundedRows {
  readonly #first: CallRow[] = [];
  #last: CallRow[] = [];
  #omitted = 0;
  #echoes: EchoRun | undefined;
  #keepFirst = KEEP_FIRST;
  #keepLast = KEEP_LAST;

  /** How many are held. */
  get size(): number {
    return this.#first.length + this.#last.length;
  }

  add(row: CallRow): void {
    if (this.#echoes?.takes(row) !== true)
      this.#echoes = EchoRun.begins(row) ? new EchoRun(row.from) : undefined;
    const folded = this.#echoes?.add(row);
    if (folded === undefined) this.#push(row);
    else this.#replaceLast(folded);
  }

  #replaceLast(row: CallRow): void {
    const rows = this.#last.length > 0 ? this.#last : this.#first;
    rows[rows.length - 1] = row;
  }

  #push(row: CallRow): void {
    if (this.#first.length < this.#keepFirst && this.#last.length === 0 && this.#omitted === 0) {
      this.#first.push(row);
      return;
    }
    this.#last.push(row);
    // Trimmed at twice the size, so that a long session does not shift the array for every row.
    if (this.#last.length >= 2 * this.#keepLast) this.#trim();
  }

  /** All are so many milliseconds later than was thought. */
  shift(by: number): void {
    this.#echoes = undefined;
    this.#change((row) => ({
      ...row,
      at: row.at + by,
      ...(row.until === undefined ? {} : { until: row.until + by }),
    }));
  }

  /** Each came from the other side. */
  turn(): void {
    this.#echoes = undefined;
    this.#change((row) => (row.from === "note" ? row : { ...row, from: opposite(row.from) }));
  }

  /** In the order of their times, as far as all are held. */
  sort(): void {
    if (this.#omitted === 0) this.#refill([...this.#first, ...this.#last]);
  }

  /** Rows from elsewhere, each where it belongs by its time. */
  insert(rows: readonly CallRow[]): void {
    if (this.#omitted === 0) this.#refill([...this.#first, ...this.#last, ...rows]);
    else for (const row of rows) this.add(row);
  }

  #change(changed: (row: CallRow) => CallRow): void {
    this.#first.splice(0, this.#first.length, ...this.#first.map(changed));
    this.#last = this.#last.map(changed);
  }

  #refill(rows: readonly CallRow[]): void {
    this.#first.length = 0;
    this.#last = [];
    this.#echoes = undefined;
    for (const row of rows.toSorted((a, b) => a.at - b.at)) this.add(row);
  }

  /** Keeps few from now on: there are many ladders. */
  keepFew(): void {
    this.#keepFirst = THIN_FIRST;
    this.#keepLast = THIN_LAST;
    const tooMany = this.#first.splice(THIN_FIRST);
    this.#last = [...tooMany, ...this.#last];
    if (this.#last.length > THIN_LAST) this.#trim();
  }

  rows(): readonly CallRow[] {
    const tail = this.#last.slice(-this.#keepLast);
    const omitted = this.#omitted + this.#last.length - tail.length;
    if (omitted === 0) return [...this.#first, ...tail];
    const gap: CallRow = {
      at: tail[0]?.at ?? 0,
      from: "note",
      layer: "pacd",
      text: `${omitted} rows are left out here; --fields without --html shows all`,
    };
    return [...this.#first, gap, ...tail];
  }

  #trim(): void {
    this.#omitted += this.#last.length - this.#keepLast;
    this.#last = this.#last.slice(-this.#keepLast);
  }
}
