import type { Figure, Goal } from "../figures/result.ts";
import { ratios } from "../figures/statistics.ts";
import { iperf } from "../stage/iperf.ts";
import type { Client } from "../stage/network.ts";
import { openvpn } from "../stage/openvpn.ts";
import { Pacd } from "../stage/pacd.ts";
import { Stage } from "../stage/stage.ts";
import type { Way } from "../stage/traffic.ts";
import { bareVeth, DIRECTIONS, type Tunnel } from "../stage/tunnel.ts";
import { wireguard } from "../stage/wireguard.ts";
import { type Bench, type Benchmark, effort } from "./benchmark.ts";

/** What the issue of a fast data plane wants: pacd by each of the others. */
const TARGET = { atLeast: 2 };

/** Names as the command line knows them. */
const PEERS = ["veth", "pacd", "pacd-1-worker", "openvpn", "wireguard-go"] as const;
type Peer = (typeof PEERS)[number];

/**
 * One TCP stream through one tunnel, each direction, pacd beside what people would use instead: in the same
 * two namespaces, all of them up all the time, one after the other used.
 */
export const oneTunnel: Benchmark = {
  title: "One tunnel, one TCP stream (Mbit/s)",
  async run(bench) {
    const { rounds, seconds } = effort(bench, { rounds: 7, seconds: 3 }, { rounds: 3, seconds: 0.35 });
    const notes: string[] = [];
    return Stage.with((stage) =>
      Stage.with(async (another) => {
        const tunnels = await bringUp(bench, [stage, another], notes);
        const measured = new Map<string, number[]>();
        for (const way of ways(tunnels)) await bench.traffic.rate(way.way, WARM_UP);
        for (let round = 1; round <= rounds; round += 1) {
          bench.say(`round ${round} of ${rounds}`);
          for (const { what, way } of ways(tunnels)) {
            const values = measured.get(what) ?? [];
            measured.set(what, [...values, await bench.traffic.rate(way, seconds)]);
          }
        }
        bench.say("beside iperf3");
        const { figures, goals } = evaluated(measured);
        for (const { what, way } of ways(tunnels)) {
          if (!BESIDE_IPERF3.includes(what)) continue;
          figures.push({
            what: `${what}: our tool / iperf3`,
            unit: "×",
            values: await besideIperf(bench, way, rounds, seconds),
          });
        }
        return { figures, goals, notes };
      }),
    );
  },
};

/** Where our own tool's figures are held against those of iperf3, in at most so many rounds. */
const BESIDE_IPERF3 = ["veth, up", "pacd, up"];
const ROUNDS_BESIDE = 3;

async function besideIperf(
  { traffic, wishes }: Bench,
  way: Way,
  rounds: number,
  seconds: number,
): Promise<number[]> {
  const values: number[] = [];
  for (let round = 0; round < (wishes.quick ? 1 : Math.min(rounds, ROUNDS_BESIDE)); round += 1)
    values.push((await traffic.rate(way, seconds)) / (await iperf(way, seconds)));
  return values;
}

/** Seconds for handshakes, neighbours and Node's compiler. */
const WARM_UP = 0.3;

const ways = (tunnels: ReadonlyMap<Peer, Tunnel>) =>
  DIRECTIONS.flatMap((direction) =>
    [...tunnels].map(([peer, tunnel]) => ({ what: `${peer}, ${direction}`, way: tunnel[direction] })),
  );

/**
 * All on one stage, but for pacd with one worker: two of them in one namespace would hear each other's GRE.
 */
async function bringUp(
  { wishes, say }: Bench,
  [stage, another]: readonly [Stage, Stage],
  notes: string[],
): Promise<ReadonlyMap<Peer, Tunnel>> {
  const client = await stage.network.client();
  const all: Readonly<Record<Peer, () => Promise<Tunnel | undefined>>> = {
    veth: async () => bareVeth(stage, client),
    pacd: async () => dialled(await Pacd.start(stage), client),
    "pacd-1-worker": async () => {
      const pacd = await Pacd.startWithWorkers(another, 1);
      if (pacd !== undefined) return dialled(pacd, await another.network.client());
      notes.push("This pacd does not know [data_plane] workers: pacd with one worker was not measured.");
      return undefined;
    },
    openvpn: () => openvpn(stage, client),
    "wireguard-go": () => wireguard(stage, client),
  };
  const wanted = PEERS.filter((peer) => wishes.peers?.includes(peer) ?? true);
  if (wanted.length === 0) throw new Error(`--peers takes some of ${PEERS.join(",")}`);
  say(`bringing up ${wanted.join(", ")}`);
  const up = await Promise.all(wanted.map(async (peer) => [peer, await all[peer]()] as const));
  return new Map(up.filter((entry): entry is [Peer, Tunnel] => entry[1] !== undefined));
}

async function dialled(pacd: Pacd, client: Client): Promise<Tunnel> {
  await pacd.addUser("bench");
  return pacd.dial(client, "bench");
}

function evaluated(measured: ReadonlyMap<string, readonly number[]>): { figures: Figure[]; goals: Goal[] } {
  const figures = [...measured].map(([what, values]) => ({ what, unit: "Mbit/s", values }));
  const goals: Goal[] = [];
  for (const direction of DIRECTIONS)
    for (const ours of ["pacd", "pacd-1-worker"] as const)
      for (const theirs of ["openvpn", "wireguard-go"] as const) {
        const [over, under] = [
          measured.get(`${ours}, ${direction}`),
          measured.get(`${theirs}, ${direction}`),
        ];
        if (over === undefined || under === undefined) continue;
        const what = `${direction}: ${ours} / ${theirs}`;
        goals.push({ what, unit: "×", values: ratios(over, under), target: TARGET });
      }
  return { figures, goals };
}
