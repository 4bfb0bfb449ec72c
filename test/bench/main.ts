import { writeFileSync } from "node:fs";
import { parseArguments, USAGE, UsageError, type Wishes } from "./arguments.ts";
import type { Benchmark } from "./benchmarks/benchmark.ts";
import { consoles } from "./benchmarks/consoles.ts";
import { crowd } from "./benchmarks/crowd.ts";
import { eightTunnels } from "./benchmarks/eight-tunnels.ts";
import { idle } from "./benchmarks/idle.ts";
import { jumps } from "./benchmarks/jumps.ts";
import { loopCost } from "./benchmarks/loop-cost.ts";
import { oneTunnel } from "./benchmarks/one-tunnel.ts";
import { overload } from "./benchmarks/overload.ts";
import { roundTrip } from "./benchmarks/round-trip.ts";
import { Corruption, type Result, reached } from "./figures/result.ts";
import { spread } from "./figures/statistics.ts";
import { tableOf } from "./figures/table.ts";
import { type Machine, machine } from "./stage/machine.ts";
import { missing } from "./stage/missing.ts";
import { Traffic } from "./stage/traffic.ts";

// Exit codes: 0 measured, whatever came of it; 1 octets were changed, or something broke; 2 wrong usage, or
// not here.

const BENCHMARKS: Readonly<Record<number, Benchmark>> = {
  1: oneTunnel,
  2: eightTunnels,
  3: loopCost,
  4: roundTrip,
  5: crowd,
  6: overload,
  7: jumps,
  8: idle,
  9: consoles,
};

function wishesOf(words: readonly string[]): Wishes {
  try {
    return parseArguments(words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** Progress goes where it is in nobody's way. */
const say = (sentence: string) => process.stderr.write(`   … ${sentence}\n`);

function headOf({ cpu, cores, kernel, node, commit, peers }: Machine): string {
  const beside = Object.entries(peers).map(([name, version]) => `   ${name}: ${version}`);
  return [`${cpu}, ${cores} cores, Linux ${kernel}, Node ${node}, pacd ${commit}`, ...beside, "", ""].join(
    "\n",
  );
}

function asJson(results: readonly Result[], on: Machine, wishes: Wishes): string {
  const benchmarks = results.map(({ figures, goals, ...rest }) => ({
    ...rest,
    figures: figures.map((figure) => ({ ...figure, ...spread(figure.values) })),
    goals: goals.map((goal) => ({ ...goal, ...spread(goal.values), reached: reached(goal) })),
  }));
  return `${JSON.stringify({ at: new Date().toISOString(), quick: wishes.quick, machine: on, benchmarks }, null, 2)}\n`;
}

// Each namespace has a handler of the exit.
process.setMaxListeners(64);

// By way of the exit handlers, which remove namespaces and folders; programs end with this process.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

const wishes = wishesOf(process.argv.slice(2));
const reason = missing(wishes);
if (reason !== undefined) {
  process.stderr.write(`${reason}\n`);
  process.exit(2);
}
const traffic = Traffic.build();
const on = machine();
process.stdout.write(headOf(on));
const results: Result[] = [];
for (const number of wishes.benchmarks) {
  const benchmark = BENCHMARKS[number];
  if (benchmark === undefined) continue;
  const { title } = benchmark;
  say(`${number}. ${title}`);
  const began = performance.now();
  try {
    const result = { number, title, ...(await benchmark.run({ wishes, traffic, say })) };
    results.push(result);
    say(`took ${Math.round((performance.now() - began) / 1000)} s`);
    process.stdout.write(`${tableOf(result)}\n`);
  } catch (error) {
    process.exitCode = 1;
    const what = error instanceof Corruption ? "CORRUPTION" : "BROKEN";
    process.stdout.write(`${number}. ${title}\n\n   ${what}: ${(error as Error).message}\n\n`);
    await traffic.stop();
    if (!(error instanceof Corruption)) process.stderr.write(`${(error as Error).stack}\n`);
  }
}
if (wishes.json !== undefined) writeFileSync(wishes.json, asJson(results, on, wishes));
