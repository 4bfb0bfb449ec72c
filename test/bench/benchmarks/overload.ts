import type { Figure, Goal } from "../figures/result.ts";
import { countDrops, type Drops, dropsBetween } from "../stage/drops.ts";
import { Pacd } from "../stage/pacd.ts";
import { Stage } from "../stage/stage.ts";
import { DIRECTIONS } from "../stage/tunnel.ts";
import { type Benchmark, effort } from "./benchmark.ts";

/** Octets of IPv4 and UDP: what separates the largest inner packet from the datagram in it. */
const HEADERS = 28;

/** Datagrams as fast as the sender's kernel takes them, far more than the tunnel carries. */
export const overload: Benchmark = {
  title: "Overload: UDP far above what the tunnel carries",
  async run(bench) {
    const { rounds, seconds } = effort(bench, { rounds: 5, seconds: 3 }, { rounds: 2, seconds: 1 });
    return Stage.with(async (stage) => {
      const client = await stage.network.client();
      const pacd = await Pacd.start(stage);
      const tunnel = await pacd.dial(client, "bench");
      const [figures, goals, notes]: [Figure[], Goal[], string[]] = [[], [], []];
      for (const direction of DIRECTIONS) {
        const way = tunnel[direction];
        await bench.traffic.rate(way, WARM_UP);
        const seen = new Map<string, number[]>();
        const put = (what: string, value: number) => seen.set(what, [...(seen.get(what) ?? []), value]);
        let drops: Drops = {};
        for (let round = 1; round <= rounds; round += 1) {
          bench.say(`${direction}, round ${round} of ${rounds}`);
          const before = await countDrops(stage, client, pacd);
          const run = await bench.traffic.udp(way, seconds, tunnel.mtu - HEADERS);
          const lostAt = dropsBetween(before, await countDrops(stage, client, pacd));
          const counted = Object.values(lostAt).reduce((sum, count) => sum + count, run.socketDrops);
          put("offered", run.sent / seconds);
          put("carried", run.received / run.seconds);
          put("not accounted for", Math.abs(run.sent - run.received - counted));
          put("doubled", run.duplicates);
          put("out of order", run.disorder);
          put("TCP right after", await bench.traffic.rate(way, seconds));
          drops = { ...lostAt, "the receiver's socket": run.socketDrops };
        }
        const figure = (what: string, unit: string) => ({
          what: `${direction}: ${what}`,
          unit,
          values: seen.get(what)!,
        });
        figures.push(figure("offered", "packets/s"), figure("carried", "packets/s"));
        figures.push(figure("TCP right after", "Mbit/s"));
        for (const what of ["doubled", "out of order", "not accounted for"])
          goals.push({ ...figure(what, "packets"), target: { atMost: 0 } });
        notes.push(`${direction}: lost in the last round: ${words(drops)}.`);
      }
      return { figures, goals, notes };
    });
  },
};

/** Seconds. */
const WARM_UP = 0.3;

const words = (drops: Drops): string =>
  Object.entries(drops)
    .filter(([, count]) => count !== 0)
    .map(([where, count]) => `${count.toLocaleString("en-US")} at ${where}`)
    .join(", ") || "nothing";
