import type { CallRow } from "../decode-types.ts";
import { MAX_ROWS_WITH_FIELDS } from "../limits.ts";
import type { BoundedRows } from "./bounded-rows.ts";

/** What is to be said of a call of which a row was kept without its fields. */
export const FIELDS_LEFT_OUT =
  "So many calls went on at once that not all fields of this one were kept; --fields without --html prints them all.";

/** Rows of all ladders together, as far as is known since they were counted last. */
export class KeptRows {
  held = 0;

  /** Keeps a row, without its fields where there are too many already. Was it kept whole? */
  keep(rows: BoundedRows, row: CallRow): boolean {
    const whole = row.fields === undefined || this.held < MAX_ROWS_WITH_FIELDS;
    const before = rows.size;
    rows.add(whole ? row : { ...row, fields: [] });
    this.held += rows.size - before;
    return whole;
  }
}
