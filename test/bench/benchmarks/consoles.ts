import { setTimeout as sleep } from "node:timers/promises";
import { Series } from "../figures/series.ts";
import { ratios } from "../figures/statistics.ts";
import { consoles as askers, dials, idleSessions } from "../stage/load.ts";
import type { Client } from "../stage/network.ts";
import { Pacd } from "../stage/pacd.ts";
import { mainThreadTime } from "../stage/process.ts";
import { Stage } from "../stage/stage.ts";
import type { Findings as Said } from "../stage/tool.ts";
import { type Benchmark, effort, type Findings } from "./benchmark.ts";

/** Who watches. */
const CONSOLES = 4;

/** Log-ins a second. */
const LOG_INS = 20;

/** Milliseconds until a load has found its pace. */
const SETTLE = 1500;

/** In each round both, the one or the other first. */
const WITH = "with consoles";
const WITHOUT = "without";

/**
 * Consoles that paint the list of all sessions anew every second: how long do log-ins take meanwhile? What an
 * answer costs is measured by `test/bench/lists.ts`, where nothing else happens.
 */
export const consoles: Benchmark = {
  title: `Log-ins beside ${CONSOLES} consoles that list all sessions every second`,
  run(bench) {
    const { rounds, seconds } = effort(bench, { rounds: 7, seconds: 8 }, { rounds: 2, seconds: 2 });
    return Stage.with(async (stage) => {
      const pacd = await Pacd.start(stage);
      for (const user of ["idle", "crowd"]) await pacd.addUser(user);
      const crowd = await stage.network.client();
      const count = bench.wishes.quick ? 300 : 2000;
      bench.say(`dialling ${count} times`);
      await idleSessions(stage, await stage.network.client(), "idle", count);
      const up = await pacd.sessions();
      const series = new Series();
      const place = { stage, pacd, crowd, series, seconds };
      for (let round = 1; round <= rounds; round += 1) {
        bench.say(`round ${round} of ${rounds}`);
        for (const which of round % 2 === 1 ? [WITHOUT, WITH] : [WITH, WITHOUT]) await look(place, which);
      }
      const left = await pacd.sessions();
      return evaluated(series, up, left);
    });
  },
};

interface Place {
  readonly stage: Stage;
  readonly pacd: Pacd;
  readonly crowd: Client;
  readonly series: Series;
  readonly seconds: number;
}

/** First what the main thread takes while nobody dials, then how long dials take. */
async function look({ stage, pacd, crowd, series, seconds }: Place, which: string): Promise<void> {
  const asking = which === WITH ? await askers(stage, pacd, CONSOLES) : undefined;
  await sleep(SETTLE);
  const pid = pacd.process.pid!;
  const [before, began] = [mainThreadTime(pid), performance.now()];
  await sleep(seconds * 1000);
  const lasted = (performance.now() - began) / 1000;
  series.put(`main thread, ${which}`, (mainThreadTime(pid) - before) / 1e6 / lasted);
  const dialling = await dials(stage, crowd, "crowd", LOG_INS);
  await sleep(SETTLE);
  dialling.tool.process.kill("SIGUSR2");
  await sleep(seconds * 1000);
  const dialled = await dialling.stop();
  for (const what of ["p50", "p95"] as const) series.put(`${what}, ${which}`, dialled[what]!);
  series.put("failed", dialled["failed"]!);
  if (asking !== undefined) answers(series, await asking.stop());
}

function answers(series: Series, said: Said): void {
  series.put("answers", said["answered"]! / said["seconds"]!);
  series.put("KB", said["octets"]! / said["answered"]! / 1000);
  series.put("answer", said["median"]!);
  series.put("failed", said["refused"]!);
}

function evaluated(series: Series, up: number, left: number): Findings {
  const named = (what: string, unit: string, shown: string) => ({
    ...series.figure(what, unit),
    what: shown,
  });
  const failed = series.of("failed").reduce((sum, one) => sum + one, 0);
  const slower = (what: string) => ratios(series.of(`${what}, ${WITH}`), series.of(`${what}, ${WITHOUT}`));
  return {
    figures: [
      named(`p50, ${WITHOUT}`, "ms", `a log-in beside ${up} sessions, p50`),
      named(`p95, ${WITHOUT}`, "ms", "… p95"),
      named(`p50, ${WITH}`, "ms", "… with the consoles, p50"),
      named(`p95, ${WITH}`, "ms", "… with the consoles, p95"),
      { what: "p50 with / without the consoles", unit: "×", values: slower("p50") },
      named(`main thread, ${WITHOUT}`, "ms a second", "the main thread while nobody dials"),
      named(`main thread, ${WITH}`, "ms a second", "… with the consoles"),
      named("answers", "a second", "answers to the consoles"),
      named("KB", "KB", "an answer"),
      named("answer", "ms", "a console waits for its answer, p50"),
    ],
    goals: [
      { what: "p95 with / without the consoles", unit: "×", values: slower("p95"), target: { atMost: 1.5 } },
    ],
    notes: [
      ...(failed === 0 ? [] : [`${failed} log-ins or requests failed.`]),
      ...(left === up ? [] : [`${up - left} of the sessions ended meanwhile.`]),
    ],
  };
}
