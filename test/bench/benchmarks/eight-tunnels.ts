import type { Figure, Goal } from "../figures/result.ts";
import { ratios } from "../figures/statistics.ts";
import { Pacd } from "../stage/pacd.ts";
import { Stage } from "../stage/stage.ts";
import { megabits } from "../stage/traffic.ts";
import { DIRECTIONS, type Tunnel } from "../stage/tunnel.ts";
import { type Benchmark, effort } from "./benchmark.ts";

const TUNNELS = 8;

/** Eight clients in namespaces of their own, one TCP stream each, at once; beside one of them alone. */
export const eightTunnels: Benchmark = {
  title: "Eight tunnels at once, one TCP stream each",
  async run(bench) {
    const { rounds, seconds } = effort(bench, { rounds: 7, seconds: 3 }, { rounds: 3, seconds: 0.7 });
    return Stage.with(async (stage) => {
      bench.say(`dialling ${TUNNELS} times`);
      const tunnels = await dialled(stage);
      const [figures, goals]: [Figure[], Goal[]] = [[], []];
      for (const direction of DIRECTIONS) {
        const [alone, sum, shares]: [number[], number[], number[]] = [[], [], []];
        const ways = tunnels.map((tunnel) => tunnel[direction]);
        await bench.traffic.tcp(ways, WARM_UP);
        for (let round = 0; round < rounds; round += 1) {
          bench.say(`${direction}, round ${round + 1} of ${rounds}`);
          alone.push(await bench.traffic.rate(ways[round % TUNNELS]!, seconds));
          const all = (await bench.traffic.tcp(ways, seconds)).map(megabits);
          sum.push(all.reduce((total, rate) => total + rate, 0));
          shares.push(Math.min(...all) / Math.max(...all));
        }
        figures.push({ what: `${direction}: one alone`, unit: "Mbit/s", values: alone });
        figures.push({ what: `${direction}: sum of ${TUNNELS}`, unit: "Mbit/s", values: sum });
        const more = { what: `${direction}: sum / one alone`, unit: "×", values: ratios(sum, alone) };
        goals.push({ ...more, target: { atLeast: 1 } });
        const fair = { what: `${direction}: smallest / largest share`, unit: "×", values: shares };
        goals.push({ ...fair, target: { atLeast: 0.5 } });
      }
      return { figures, goals, notes: [] };
    });
  },
};

/** Seconds for neighbours and Node's compiler. */
const WARM_UP = 0.3;

async function dialled(stage: Stage): Promise<readonly Tunnel[]> {
  const pacd = await Pacd.start(stage);
  const tunnels: Tunnel[] = [];
  for (let i = 1; i <= TUNNELS; i += 1) {
    const client = await stage.network.client();
    await pacd.addUser(`bench${i}`);
    tunnels.push(await pacd.dial(client, `bench${i}`));
  }
  return tunnels;
}
