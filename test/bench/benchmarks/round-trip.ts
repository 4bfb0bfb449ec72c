import { setTimeout as sleep } from "node:timers/promises";
import type { Figure, Goal } from "../figures/result.ts";
import { Series } from "../figures/series.ts";
import { countDrops, dropsBetween, dropsInWords } from "../stage/drops.ts";
import { dials, requests } from "../stage/load.ts";
import type { Client } from "../stage/network.ts";
import { openvpn } from "../stage/openvpn.ts";
import { Pacd } from "../stage/pacd.ts";
import { relay } from "../stage/relay.ts";
import { Stage } from "../stage/stage.ts";
import type { RoundTrips } from "../stage/traffic.ts";
import { bareVeth, type Tunnel } from "../stage/tunnel.ts";
import { wireguard } from "../stage/wireguard.ts";
import { type Bench, type Benchmark, effort, type Findings } from "./benchmark.ts";

/** Microseconds between two requests. */
const INTERVAL = 500;

const LOG_INS = 50;
const REQUESTS = 200;

/** Milliseconds until a load has found its pace. */
const SETTLE = 500;

/**
 * The nice value of a client that must not wait until the server, or what loads it, lets go of a core. As in
 * `traffic/rtt.c`.
 */
const A_MACHINE_OF_ITS_OWN = -20;

/** Seconds. */
const WARM_UP = 0.5;

/** What is measured on an idle server, in the order shown; on a busy one without the other tunnels. */
const ROADS = ["veth", "relay", "openvpn", "wireguard-go", "tunnel"] as const;
type Roads = Readonly<Partial<Record<(typeof ROADS)[number], Tunnel>>>;

/**
 * UDP requests at fixed moments, through the tunnel and over the bare veth, on an idle server and on a busy
 * one.
 */
export const roundTrip: Benchmark = {
  title: "Round trips (µs)",
  run(bench) {
    // Loads of all rounds together ask the API less often than it lets one token ask in a minute.
    const { rounds, seconds } = effort(bench, { rounds: 4, seconds: 1 }, { rounds: 2, seconds: 0.7 });
    return Stage.with(async (stage) => {
      const pacd = await Pacd.start(stage);
      const client = await stage.network.client();
      const crowd = await stage.network.client();
      for (const user of ["bench", "crowd"]) await pacd.addUser(user);
      const tunnel = await pacd.dial(client, "bench", A_MACHINE_OF_ITS_OWN);
      const veth = bareVeth(stage, client);
      // As long as nobody asks for a quick answer, other tunnels stand beside.
      const others = bench.wishes.quick
        ? {}
        : { openvpn: await openvpn(stage, client), "wireguard-go": await wireguard(stage, client) };
      const busy: Roads = { veth, relay: await relay(stage, bench.traffic, client), tunnel };
      const idle: Roads = { ...busy, ...others };
      await bench.traffic.rate(tunnel.up, WARM_UP);
      await bench.traffic.roundTrips(tunnel.up, WARM_UP, INTERVAL);
      const before = await countDrops(stage, client, pacd);
      const series = new Series();
      const lost = { requests: 0 };
      for (let round = 1; round <= rounds; round += 1) {
        bench.say(`round ${round} of ${rounds}`);
        await look(bench, series, idle, seconds, "idle", lost);
        await underLoad(stage, pacd, crowd, series, () => look(bench, series, busy, seconds, "busy", lost));
      }
      const drops = dropsBetween(before, await countDrops(stage, client, pacd));
      const missing = `${lost.requests} requests were not answered within a second; dropped: ${dropsInWords(drops)}.`;
      return evaluated(series, lost.requests === 0 ? [] : [missing]);
    });
  },
};

async function look(
  { traffic }: Bench,
  series: Series,
  roads: Roads,
  seconds: number,
  when: string,
  lost: { requests: number },
): Promise<void> {
  for (const [road, { up }] of Object.entries(roads)) {
    const trips: RoundTrips = await traffic.roundTrips(up, seconds, INTERVAL);
    for (const what of ["p50", "p99", "max"] as const) series.put(`${when}: ${road}, ${what}`, trips[what]);
    lost.requests += trips.sent - trips.received;
  }
}

async function underLoad(
  stage: Stage,
  pacd: Pacd,
  crowd: Client,
  series: Series,
  measure: () => Promise<void>,
): Promise<void> {
  const loads = [await dials(stage, crowd, "crowd", LOG_INS), await requests(stage, pacd, REQUESTS)] as const;
  await sleep(SETTLE);
  await measure();
  const [dialled, answered] = await Promise.all([loads[0].stop(), loads[1].stop()]);
  series.put("log-ins", dialled["connected"]! / dialled["seconds"]!);
  series.put("answers", answered["answered"]! / answered["seconds"]!);
  series.put("limited", answered["limited"]!);
  series.put("failed", dialled["failed"]! + answered["refused"]!);
}

function evaluated(series: Series, missing: readonly string[]): Findings {
  const figures: Figure[] = [];
  for (const when of ["idle", "busy"])
    for (const road of ROADS)
      for (const what of ["p50", "p99", "max"]) {
        const name = `${when}: ${road}, ${what}`;
        if (series.has(name)) figures.push(series.figure(name, "µs"));
      }
  figures.push({ ...series.figure("log-ins", "a second"), what: `busy: log-ins of ${LOG_INS} wanted` });
  figures.push({ ...series.figure("answers", "a second"), what: `busy: API answers of ${REQUESTS} wanted` });
  const above = (when: string, road: "tunnel" | "relay" = "tunnel"): Figure => {
    const veth = series.of(`${when}: veth, p50`);
    const values = series.of(`${when}: ${road}, p50`).map((value, round) => value - veth[round]!);
    const whose = road === "relay" ? "of a mere relay " : "";
    return { what: `${when}: median ${whose}above bare veth`, unit: "µs", values };
  };
  figures.push(above("busy"), above("idle", "relay"));
  const p99 = { ...series.figure("busy: tunnel, p99", "µs"), what: "busy: p99 through the tunnel" };
  const goals: Goal[] = [
    { ...above("idle"), target: { atMost: 60 } },
    { ...p99, target: { atMost: 1000 } },
  ];
  const sum = (what: string) => series.of(what).reduce((total, value) => total + value, 0);
  const notes = [...missing];
  if (sum("failed") > 0) notes.push(`${sum("failed")} log-ins or requests to the API failed.`);
  if (sum("limited") > 0)
    notes.push(`${sum("limited")} requests met the API's limit for one token, and count as none.`);
  return { figures, goals, notes };
}
