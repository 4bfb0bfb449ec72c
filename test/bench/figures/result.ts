import { spread } from "./statistics.ts";

/** What was measured, once a round. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly values: readonly number[];
}

/** A figure that has a target. It is reached or not by the median over the rounds. */
export interface Goal extends Figure {
  readonly target: Target;
}

export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** What came of one benchmark. */
export interface Result {
  readonly number: number;
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly goals: readonly Goal[];
  /** Sentences: what could not be measured, and what else was seen. */
  readonly notes: readonly string[];
}

export function reached({ values, target }: Goal): boolean {
  const { median } = spread(values);
  return "atLeast" in target ? median >= target.atLeast : median <= target.atMost;
}

/**
 * Octets or packets are not what they must be. No figure counts then: the whole run fails.
 */
export class Corruption extends Error {}
