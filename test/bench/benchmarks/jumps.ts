import { setTimeout as sleep } from "node:timers/promises";
import { Series } from "../figures/series.ts";
import { ratios } from "../figures/statistics.ts";
import { jumpingClient } from "../stage/load.ts";
import { PACD_INSIDE, Pacd } from "../stage/pacd.ts";
import { Stage } from "../stage/stage.ts";
import { type Benchmark, effort } from "./benchmark.ts";

/**
 * Packets a second of the client whose numbers jump, and how many are missing before every second one: 6
 * million key changes a second.
 */
const PER_SECOND = 600;
const LOST = 20_000;

/** Microseconds between two requests. */
const INTERVAL = 2_000;

/** Microseconds that stand for a round in which nothing was answered: what is waited for an answer. */
const UNANSWERED = 1e6;

/** Seconds that the jumps go on for before and after what is measured beside them. */
const MARGIN = 0.3;
const WARM_UP = 0.5;

/**
 * One worker, two clients: one asks and waits for answers; the other's numbers jump with every second packet.
 */
export const jumps: Benchmark = {
  title: "A client whose packet numbers jump, on the worker of another one",
  run(bench) {
    const { rounds, seconds } = effort(bench, { rounds: 7, seconds: 3 }, { rounds: 2, seconds: 1 });
    return Stage.with(async (stage) => {
      const pacd = await Pacd.start(stage, 1);
      for (const user of ["bench", "jumper"]) await pacd.addUser(user);
      const tunnel = await pacd.dial(await stage.network.client(), "bench");
      const other = await stage.network.client();
      await bench.traffic.roundTrips(tunnel.up, WARM_UP, INTERVAL);
      const series = new Series();
      let lost = 0;
      for (let round = 1; round <= rounds; round += 1) {
        bench.say(`round ${round} of ${rounds}`);
        const measure = async (when: "alone" | "beside") => {
          const trips = await bench.traffic.roundTrips(tunnel.up, seconds, INTERVAL);
          for (const what of ["p50", "p99", "max"] as const)
            series.put(`${when}, ${what}`, trips.received > 0 ? trips[what] : UNANSWERED);
          return trips.sent - trips.received;
        };
        const jumper = await jumpingClient(stage, other, "jumper", PACD_INSIDE, {
          lost: LOST,
          perSecond: PER_SECOND,
          seconds: seconds + 2 * MARGIN,
        });
        await measure("alone");
        jumper.process.kill("SIGUSR2");
        await sleep(MARGIN * 1000);
        lost += await measure("beside");
        series.put("sent", (await jumper.result)["sent"]!);
      }
      const slower = ratios(series.of("beside, p50"), series.of("alone, p50"));
      return {
        figures: ["alone", "beside"]
          .flatMap((when) => ["p50", "p99", "max"].map((what) => series.figure(`${when}, ${what}`, "µs")))
          .concat({
            ...series.figure("sent", "packets"),
            what: `of the jumping client, ${PER_SECOND} a second`,
          }),
        goals: [
          {
            what: "the other one's median beside it / alone",
            unit: "×",
            values: slower,
            target: { atMost: 2 },
          },
          { what: "… in the worst round", unit: "×", values: [Math.max(...slower)], target: { atMost: 2 } },
          { what: "the other one's requests lost", unit: "requests", values: [lost], target: { atMost: 0 } },
        ],
        notes: [],
      };
    });
  },
};
