import type { ControlFault } from "./control-faults.ts";

/** Counts since start, for status and metrics. */
export class Tally {
  started = 0;
  connected = 0;
  failed = 0;
  readonly #verdicts = new Map<string, number>();
  readonly #faults = new Map<ControlFault, number>();

  verdict(code: string): void {
    this.#verdicts.set(code, (this.#verdicts.get(code) ?? 0) + 1);
  }

  /** What ended or disturbed a control connection that was no dial: not PPTP, silent, out of order. */
  fault(code: ControlFault): void {
    this.#faults.set(code, (this.#faults.get(code) ?? 0) + 1);
  }

  verdicts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#verdicts);
  }

  faults(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#faults);
  }
}
