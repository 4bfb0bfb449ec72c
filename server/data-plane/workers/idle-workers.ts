import { FIRST_LOOP } from "../limits.ts";
import type { CarriedCall, GuardNews, LoopCall, Pace } from "../loop/loop-messages.ts";

export interface RestingParts {
  readonly loops: number;
  send(loop: number, call: LoopCall): void;
  /** The tunnels that a loop has. */
  callsOf(loop: number): readonly CarriedCall[];
}

/** Of one loop: it works; the first has been asked to carry for it; it rests; it has been told to wake up. */
type State = "awake" | "asked" | "resting" | "waking";

/**
 * Which loops rest although they have tunnels: those that are quiet while the first one is busy. The kernel
 * copies each GRE packet for each socket that does not rest; what little comes for a loop that does is let in
 * by the first one, and carried over.
 *
 * Both sockets get a packet while a loop is falling asleep or waking up, and the GRE sequence number tells
 * the second one; that neither gets it never happens.
 */
export class Resting {
  readonly #parts: RestingParts;
  readonly #states: State[];
  readonly #paces: Pace[];

  constructor(parts: RestingParts) {
    this.#parts = parts;
    this.#states = Array.from({ length: parts.loops }, () => "awake");
    this.#paces = Array.from({ length: parts.loops }, () => "some");
  }

  hear(news: GuardNews): void {
    const { worker } = news;
    switch (news.news) {
      case "pace":
        this.#paces[worker] = news.pace;
        for (let loop = FIRST_LOOP + 1; loop < this.#parts.loops; loop += 1) this.#review(loop);
        return;
      case "carrying":
        if (this.#states[worker] !== "asked") return;
        this.#states[worker] = "resting";
        this.#parts.send(worker, { call: "rest", rests: true });
        return;
      case "carried-much":
        this.wake(worker);
        return;
      case "awake":
        if (this.#states[worker] !== "waking") return;
        this.#states[worker] = "awake";
        this.#parts.send(FIRST_LOOP, { call: "carry-no-more", worker });
        return;
      default:
        news satisfies never;
    }
  }

  /** There is something to do for that loop, or nothing at all any more. It says when it is quiet again. */
  wake(loop: number): void {
    const state = this.#states[loop];
    if (state !== "asked" && state !== "resting") return;
    this.#states[loop] = "waking";
    this.#paces[loop] = "some";
    this.#parts.send(loop, { call: "rest", rests: false });
  }

  #review(loop: number): void {
    const mayRest = this.#paces[FIRST_LOOP] === "busy" && this.#paces[loop] === "quiet";
    if (!mayRest) this.wake(loop);
    if (!mayRest || this.#states[loop] !== "awake") return;
    const calls = this.#parts.callsOf(loop);
    if (calls.length === 0) return; // it rests already
    this.#states[loop] = "asked";
    this.#parts.send(FIRST_LOOP, { call: "carry", worker: loop, calls });
  }
}
