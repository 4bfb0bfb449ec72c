import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Series } from "../figures/series.ts";
import { Pacd } from "../stage/pacd.ts";
import { packagedPacd } from "../stage/packaged.ts";
import { Stage } from "../stage/stage.ts";
import { type Bench, type Benchmark, effort } from "./benchmark.ts";

/** How many times each list is asked for, and the dials, that make it grow. */
const REQUESTS = 20;
const DIALS = { full: 50, quick: 2 };

/** Milliseconds after which a server that nobody wants anything of has given back what it can. */
const QUIET = 50_000;

/** Milliseconds after the start. */
const SETTLED = 2_000;

const WORKERS = [1, 2];

type Form = readonly [name: string, launcher: readonly string[] | undefined];

/** What a server holds that has nothing to do: right after its start, after work, and when that is over. */
export const idle: Benchmark = {
  title: "Memory of an idle server",
  async run(bench) {
    const { rounds } = effort(bench, { rounds: 3, seconds: 0 }, { rounds: 1, seconds: 0 });
    const packaged = await packagedPacd();
    const forms: readonly Form[] = [
      ["package", packaged.launcher],
      ["checkout", undefined],
    ];
    const series = new Series();
    const names = new Set<string>();
    try {
      // The first start of each compiles what later ones read; it is not measured.
      for (const form of forms) await life(bench, form, 1, () => {}, true);
      for (let round = 1; round <= rounds; round += 1)
        for (const workers of WORKERS)
          for (const form of forms) {
            bench.say(`round ${round} of ${rounds}, ${form[0]}, workers: ${workers}`);
            await life(bench, form, workers, (when, megabytes) => {
              const name = `${form[0]}, workers: ${workers}, ${when}`;
              names.add(name);
              series.put(name, megabytes);
            });
          }
    } finally {
      packaged.end();
    }
    const isGoal = (name: string) => /^package, .*(start|quiet)$/.test(name);
    return {
      figures: [...names].filter((name) => !isGoal(name)).map((name) => series.figure(name, "MB")),
      goals: [...names]
        .filter(isGoal)
        .map((name) => ({ ...series.figure(name, "MB"), target: { atMost: 120 } })),
      notes: ["Resident memory (RSS), the program's own file included, which is some 50 MB of it."],
    };
  },
};

/** One run of a server; `told` hears what it holds at each of four moments, or, with `short`, of none. */
async function life(
  bench: Bench,
  [, launcher]: Form,
  workers: number,
  told: (when: string, megabytes: number) => void,
  short = false,
): Promise<void> {
  await Stage.with(async (stage) => {
    const pacd = await Pacd.start(stage, workers, launcher);
    const look = (when: string): void => told(when, residentMegabytes(pacd.process.pid!));
    await sleep(SETTLED);
    look("after the start");
    await pacd.addUser("bench");
    for (let i = 0; i < REQUESTS; i += 1)
      for (const list of ["users", "sessions", "attempts", "status"])
        await pacd.api("GET", `/api/v1/${list}`);
    look("after requests");
    const client = await stage.network.client();
    const dials = short ? 1 : bench.wishes.quick ? DIALS.quick : DIALS.full;
    for (let i = 0; i < dials; i += 1) await (await pacd.dial(client, "bench")).hangUp();
    look("after dials");
    if (!short) await sleep(QUIET);
    look("when it is quiet");
    pacd.process.kill("SIGTERM"); // keeps the compiled code
    await new Promise((resolve) => pacd.process.once("exit", resolve));
  });
}

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))!;
  return Number(kilobytes) / 1024;
}
