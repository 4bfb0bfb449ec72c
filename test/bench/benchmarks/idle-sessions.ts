import { Series } from "../figures/series.ts";
import { ratios } from "../figures/statistics.ts";
import { idleSessions } from "../stage/load.ts";
import { Pacd } from "../stage/pacd.ts";
import { Stage } from "../stage/stage.ts";
import type { Bench, Effort, Findings } from "./benchmark.ts";

/**
 * Seconds before each measurement: a server that stood still catches up, and one that is busy finds out which
 * workers may rest.
 */
const WARM_UP = { full: 2.5, quick: 0.5 };

/**
 * Two servers of the same kind, one with idle sessions, measured in turn. While one is measured, the other
 * and its idle clients stand still: nobody may be slowed by the wrong crowd.
 */
export const besideIdle = (bench: Bench, count: number, { rounds, seconds }: Effort): Promise<Findings> =>
  Stage.with((empty) =>
    Stage.with(async (full) => {
      const alone = await busyTunnel(empty);
      const crowded = await busyTunnel(full);
      await crowded.pacd.addUser("idle");
      bench.say(`dialling ${count} times`);
      const began = performance.now();
      const sessions = await idleSessions(full, await full.network.client(), "idle", count);
      const dialled = (performance.now() - began) / 1000;
      const up = await crowded.pacd.sessions();
      const series = new Series();
      const standing = [crowded.pacd.process, sessions.tool.process];
      const warmUp = bench.wishes.quick ? WARM_UP.quick : WARM_UP.full;
      const rateOf = async ({ tunnel }: typeof alone) => {
        await bench.traffic.rate(tunnel.up, warmUp);
        return bench.traffic.rate(tunnel.up, seconds);
      };
      for (let round = 1; round <= rounds; round += 1) {
        bench.say(`beside idle sessions, round ${round} of ${rounds}`);
        for (const process of standing) process.kill("SIGSTOP");
        series.put("alone", await rateOf(alone));
        for (const process of standing) process.kill("SIGCONT");
        series.put("crowded", await rateOf(crowded));
      }
      const left = await crowded.pacd.sessions();
      const slowed = ratios(series.of("crowded"), series.of("alone"));
      const what = `beside ${up - 1} idle sessions / without`;
      return {
        figures: [
          { ...series.figure("alone", "Mbit/s"), what: "one tunnel" },
          { ...series.figure("crowded", "Mbit/s"), what: `one tunnel beside ${up - 1} idle sessions` },
          { what: "idle sessions dialled", unit: "a second", values: [count / dialled] },
        ],
        goals: [{ what, unit: "×", values: slowed, target: { atLeast: 0.95 } }],
        notes: left === up ? [] : [`${up - left} of the idle sessions ended while others were measured.`],
      };
    }),
  );

async function busyTunnel(stage: Stage) {
  const pacd = await Pacd.start(stage);
  await pacd.addUser("bench");
  const tunnel = await pacd.dial(await stage.network.client(), "bench");
  return { pacd, tunnel };
}
