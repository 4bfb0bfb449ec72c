import type { Place } from "../../server/store/history/read-page.ts";
import type { TotalsQuestion, Window } from "../../server/store/history/totals.ts";
import { type Form, shape, TOTAL_FIELDS } from "./forms.ts";
import type { HistoryReader, ShapedRow } from "./jobs.ts";

/** Days that are added up before others may ask; one of a large office takes some milliseconds. */
const DAYS_AT_ONCE = 10;

/** Totals, window by window: no more of them stand in memory than one page has, and one window. */
export class TotalsList {
  readonly #history: HistoryReader;
  readonly #question: TotalsQuestion;
  readonly #windows: readonly Window[];
  readonly #form: Form;

  constructor(history: HistoryReader, question: TotalsQuestion, windows: readonly Window[], form: Form) {
    this.#history = history;
    this.#question = question;
    this.#windows = windows;
    this.#form = form;
  }

  /** Rows that come after one of them. The value of a place is its day, the ID its keys. */
  async page(after: Place | undefined, most: number): Promise<readonly ShapedRow[]> {
    const rows: ShapedRow[] = [];
    const left = this.#windows.filter(({ day }) => after === undefined || (day ?? "") >= after[0]);
    for (let at = 0; at < left.length && rows.length < most; at += DAYS_AT_ONCE) {
      const windows = left.slice(at, at + DAYS_AT_ONCE);
      const totals = await this.#history.ask({ ask: "totals", question: this.#question, windows });
      for (const total of totals) {
        const value = total.day ?? "";
        const id = JSON.stringify([total.user, total.userId, total.group, total.groupId, total.pool]);
        if (after !== undefined && value === after[0] && id <= after[1]) continue;
        rows.push({ place: [value, id], id, text: shape(total, TOTAL_FIELDS, this.#form) });
      }
    }
    return rows.slice(0, most);
  }
}

/** The days between two moments by the time zone of this host, the first and the last one cut. */
export function daysBetween(from: Date, to: Date): readonly Window[] {
  const days: Window[] = [];
  for (let begin = from; begin < to; ) {
    const next = new Date(begin.getFullYear(), begin.getMonth(), begin.getDate() + 1);
    const end = next < to ? next : to;
    days.push({ day: dayOf(begin), from: begin.toISOString(), to: end.toISOString() });
    begin = end;
  }
  return days;
}

const dayOf = (date: Date): string =>
  [
    String(date.getFullYear()).padStart(4, "0"),
    String(date.getMonth() + 1).padStart(2, "0"),
    String(date.getDate()).padStart(2, "0"),
  ].join("-");
