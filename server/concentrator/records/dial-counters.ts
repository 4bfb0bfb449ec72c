import type { ControlFault } from "./control-faults.ts";

/** Counts since start, for status and metrics. */
export class DialCounters {
  #started = 0;
  #connected = 0;
  #failed = 0;
  readonly #verdicts = new Map<string, number>();
  readonly #faults = new Map<ControlFault, number>();

  began(): void {
    this.#started++;
  }

  cameUp(): void {
    this.#connected++;
  }

  /** A dial or a session is over. */
  ended(verdict: string, cameUp: boolean): void {
    if (!cameUp) this.#failed++;
    this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1);
  }

  /** What ended or disturbed a control connection that was no dial: not PPTP, silent, out of order. */
  fault(code: ControlFault): void {
    this.#faults.set(code, (this.#faults.get(code) ?? 0) + 1);
  }

  dials(): { readonly started: number; readonly connected: number; readonly failed: number } {
    return { started: this.#started, connected: this.#connected, failed: this.#failed };
  }

  verdicts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#verdicts);
  }

  faults(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#faults);
  }
}
