import type { Wishes } from "../arguments.ts";
import type { Result } from "../figures/result.ts";
import type { Traffic } from "../stage/traffic.ts";

/** What a benchmark is handed. */
export interface Bench {
  readonly wishes: Wishes;
  readonly traffic: Traffic;
  /** Says what happens now, to who waits. */
  say(sentence: string): void;
}

export interface Benchmark {
  readonly title: string;
  run(bench: Bench): Promise<Findings>;
}

/** What came of it, or of a part of it. */
export type Findings = Pick<Result, "figures" | "goals" | "notes">;

/** How often and how long, unless the command line says otherwise. */
export interface Effort {
  readonly rounds: number;
  /** Of each measurement. */
  readonly seconds: number;
}

export function effort({ wishes }: Bench, full: Effort, quick: Effort): Effort {
  const usual = wishes.quick ? quick : full;
  return { rounds: wishes.rounds ?? usual.rounds, seconds: wishes.seconds ?? usual.seconds };
}
