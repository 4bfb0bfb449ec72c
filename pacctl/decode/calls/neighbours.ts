import { MAX_CALLS } from "../limits.ts";
import type { Call } from "./call.ts";
import { type CallOfSender, endsKey } from "./calls-between.ts";

/**
 * Ours: a call that ended so long before, in nanoseconds, says nothing of the way between the two any more.
 */
const LATELY = 600e9;

/** Other calls between the same two addresses that have a tunnel: GRE is not blocked there. */
export class Neighbours {
  /** The last one that is over, by its ends. */
  readonly #lately = new Map<string, { readonly number: number; readonly at: number }>();

  /** The number of one; `live`: calls between the same two that are not over. */
  of(call: Call, live: readonly CallOfSender[]): number | undefined {
    const other = live.find((one) => one.call !== call && hasTunnel(one.call));
    if (other !== undefined) return other.call.number;
    const before = this.#lately.get(endsKey(call));
    return before !== undefined && call.begunAt - before.at < LATELY ? before.number : undefined;
  }

  /** This one is over. */
  over(call: Call): void {
    if (!hasTunnel(call)) return;
    const key = endsKey(call);
    this.#lately.delete(key);
    this.#lately.set(key, { number: call.number, at: call.lastAt });
    for (const [oldest] of this.#lately) {
      if (this.#lately.size <= MAX_CALLS) break;
      this.#lately.delete(oldest);
    }
  }
}

const hasTunnel = ({ facts }: Call): boolean => facts.gre.client > 0 && facts.gre.server > 0;
