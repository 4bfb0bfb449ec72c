import { fileURLToPath } from "node:url";
import { formatIpv4, type Ipv4 } from "../../../server/wire/ipv4.ts";
import { end } from "../../support/lab/processes.ts";
import { Series } from "../figures/series.ts";
import { costOf, PARTS, type Part } from "../stage/loop-parts.ts";
import type { Client } from "../stage/network.ts";
import { PACD_INSIDE, PASSWORD, Pacd } from "../stage/pacd.ts";
import { packetThreadTime } from "../stage/process.ts";
import { Stage } from "../stage/stage.ts";
import { Tool } from "../stage/tool.ts";
import { DIRECTIONS, type Direction } from "../stage/tunnel.ts";
import { type Bench, type Benchmark, effort, type Findings } from "./benchmark.ts";

const FEED = fileURLToPath(new URL("../load/feed-program.ts", import.meta.url));

/** A UDP port that takes anything. */
const PORT = "4999";

/** Octets of IPv4 and UDP. */
const HEADERS = 28;

/** What the loop does with a packet on its way. */
const ROADS: Readonly<Record<Direction, readonly Part[]>> = {
  up: ["receive", "mppe", "write"],
  down: ["read", "mppe", "send"],
};

/**
 * What a packet costs the threads that carry packets, at full load, beside what receiving, encrypting and
 * sending it cost by themselves. The client is one that has made its packets before, so that it is faster
 * than the server.
 */
export const loopCost: Benchmark = {
  title: "What the packet loop costs (ns of a core, each packet)",
  run(bench) {
    const { rounds, seconds } = effort(bench, { rounds: 7, seconds: 2 }, { rounds: 2, seconds: 0.3 });
    return Stage.with((parts) =>
      Stage.with(async (stage) => {
        const single = await Pacd.startWithWorkers(stage, 1);
        const pacd = single ?? (await Pacd.start(stage));
        await pacd.addUser("feed");
        const server = { stage, pacd, client: await stage.network.client() };
        const partsClient = await parts.network.client();
        const series = new Series();
        for (let round = 1; round <= rounds; round += 1) {
          bench.say(`round ${round} of ${rounds}`);
          let octets = 0;
          for (const direction of DIRECTIONS) {
            const { cost, mtu, lost } = await loopUnderLoad(bench, server, direction, seconds);
            series.put(`loop, ${direction}`, cost);
            series.put("lost", lost);
            octets = mtu;
          }
          for (const part of PARTS)
            series.put(part, await costOf(part, parts, partsClient, bench.traffic, seconds, octets));
        }
        return evaluated(series, single === undefined);
      }),
    );
  },
};

interface Server {
  readonly stage: Stage;
  readonly pacd: Pacd;
  readonly client: Client;
}

/**
 * Between two looks at the threads' time and at the session's packets nothing happens but what is to be
 * measured.
 */
async function loopUnderLoad(
  { traffic }: Bench,
  { stage, pacd, client }: Server,
  direction: Direction,
  seconds: number,
): Promise<{ cost: number; mtu: number; lost: number }> {
  const words = [client.host, "feed", PASSWORD, PACD_INSIDE, PORT, `${seconds}`];
  const feeder = new Tool(client.namespace, process.execPath, [FEED, ...words]);
  stage.onClose(() => end(feeder.process, "SIGKILL"));
  const { address, mtu } = (await feeder.ready) as { address: number; mtu: number };
  const sink =
    direction === "up"
      ? traffic.run(stage.network.host, "sink", PORT)
      : traffic.run(client.namespace, "sink", "gre");
  await sink.ready;
  const look = async () => ({ time: packetThreadTime(pacd.process.pid!), ...(await packetsOf(pacd)) });
  const before = await look();
  let lost = 0;
  if (direction === "up") {
    feeder.process.kill("SIGUSR2");
    lost = (await feeder.line(2))["lost"]!;
  } else {
    const how = ["1", "0", `${seconds}`, `${mtu - HEADERS}`, "0"];
    await traffic.run(stage.network.host, "udp-send", formatIpv4(address as Ipv4), PORT, ...how).result;
  }
  const after = await look();
  for (const tool of [sink, feeder]) await end(tool.process, "SIGKILL");
  return { cost: (after.time - before.time) / (after[direction] - before[direction]), mtu, lost };
}

/** Inner packets of the feeder's session, each way. */
async function packetsOf(pacd: Pacd): Promise<Readonly<Record<Direction, number>>> {
  const { items } = await pacd.api("GET", "/api/v1/sessions?user=feed");
  const live = items.find(({ state }: { state: string }) => state === "live");
  return { up: live.rxPackets, down: live.txPackets };
}

function evaluated(series: Series, manyWorkers: boolean): Findings {
  const figure = (what: string) => series.figure(what, "ns");
  const goals = DIRECTIONS.map((direction) => {
    const loop = series.of(`loop, ${direction}`);
    const values = loop.map((cost, round) => {
      const parts = ROADS[direction].map((part) => series.of(part)[round]!);
      return cost / parts.reduce((sum, one) => sum + one, 0);
    });
    const what = `${direction}: loop / ${ROADS[direction].join(" + ")}`;
    return { what, unit: "×", values, target: { atMost: 1.5 } };
  });
  const notes: string[] = [];
  const lost = series.of("lost").reduce((sum, one) => sum + one, 0);
  if (lost > 0)
    notes.push(
      `${lost} bursts to pacd lost packets, which it then waited for: its cost upwards is too high.`,
    );
  if (manyWorkers) notes.push("This pacd does not know [data_plane] workers: all its packet threads count.");
  return {
    figures: [
      figure("loop, up"),
      ...ROADS.up.map(figure),
      figure("loop, down"),
      figure("read"),
      figure("send"),
    ],
    goals,
    notes,
  };
}
