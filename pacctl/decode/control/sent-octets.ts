import { REMEMBERED_SEGMENTS } from "../limits.ts";

interface Sent {
  readonly from: number;
  readonly to: number;
  readonly held: string;
}

/** What the latest octets of one direction were, so that it can be said which of them are sent again. */
export class SentOctets {
  readonly #latest: Sent[] = [];

  /** `offset`: of the first octet in the stream. `held`: what they hold, in words. */
  add(offset: number, length: number, held: string): void {
    this.#latest.push({ from: offset, to: offset + length, held });
    if (this.#latest.length > REMEMBERED_SEGMENTS) this.#latest.shift();
  }

  /** What these octets held when they came first; empty where that is forgotten. */
  among(offset: number, length: number): string {
    return this.#latest
      .filter(({ from, to, held }) => from < offset + length && to > offset && held !== "")
      .map(({ held }) => held)
      .join("; ");
  }
}
