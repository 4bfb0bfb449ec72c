import type { Figure } from "./result.ts";

/** Values by name, one a round. */
export class Series {
  readonly #values = new Map<string, number[]>();

  put(what: string, value: number): void {
    const values = this.#values.get(what);
    if (values === undefined) this.#values.set(what, [value]);
    else values.push(value);
  }

  has(what: string): boolean {
    return this.#values.has(what);
  }

  /** RangeError for a name under which nothing was put. */
  of(what: string): readonly number[] {
    const values = this.#values.get(what);
    if (values === undefined) throw new RangeError(`no values of ${what}`);
    return values;
  }

  figure(what: string, unit: string): Figure {
    return { what, unit, values: this.of(what) };
  }
}
