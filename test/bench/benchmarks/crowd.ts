import { type Benchmark, effort } from "./benchmark.ts";
import { underFlood } from "./floods.ts";
import { besideIdle } from "./idle-sessions.ts";

/**
 * Thousands who are connected and do nothing, and strangers who forge packets: what is left for one who
 * works?
 */
export const crowd: Benchmark = {
  title: "Idle sessions and floods beside one busy tunnel",
  async run(bench) {
    const much = effort(bench, { rounds: 7, seconds: 3 }, { rounds: 2, seconds: 0.5 });
    const idle = await besideIdle(bench, bench.wishes.quick ? 300 : 2000, much);
    const flooded = await underFlood(bench, much);
    return {
      figures: [...idle.figures, ...flooded.figures],
      goals: [...idle.goals, ...flooded.goals],
      notes: [...idle.notes, ...flooded.notes],
    };
  },
};
