import { setTimeout as sleep } from "node:timers/promises";
import type { Goal } from "../figures/result.ts";
import { Series } from "../figures/series.ts";
import { ratios } from "../figures/statistics.ts";
import { KINDS, type Kind, stranger } from "../stage/flood.ts";
import type { Client } from "../stage/network.ts";
import { type Dialled, Pacd } from "../stage/pacd.ts";
import { memoryOf } from "../stage/process.ts";
import { Stage } from "../stage/stage.ts";
import type { Bench, Effort, Findings } from "./benchmark.ts";

/** Forged packets a second. */
const FLOOD = 100_000;

/** Seconds. */
const WARM_UP = 0.5;

/** Seconds that a flood lasts longer than what is measured under it, before and after. */
const MARGIN = 0.2;

/**
 * One tunnel under each kind of flood. Who floods takes part of a core, and the kernel another for what
 * arrives; so each flood is sent to a host where nobody listens as well, and the tunnel measured beside that.
 */
export const underFlood = (bench: Bench, { rounds, seconds }: Effort): Promise<Findings> =>
  Stage.with(async (stage) => {
    const { traffic } = bench;
    const pacd = await Pacd.start(stage);
    await pacd.addUser("bench");
    const client = await stage.network.client();
    const forger = await stranger(stage, traffic, client);
    let victim = await established(bench, stage, pacd, client);
    const [series, notes] = [new Series(), new Set<string>()];
    const before = memoryOf(pacd.process.pid!);
    for (let round = 1; round <= rounds; round += 1) {
      bench.say(`under floods, round ${round} of ${rounds}`);
      series.put("calm", await traffic.rate(victim.tunnel.up, seconds));
      for (const kind of KINDS)
        for (const at of ["nobody", "pacd"] as const) {
          const flood = forger.flood(at, kind, victim.callId, seconds + 2 * MARGIN, FLOOD);
          await sleep(MARGIN * 1000);
          const rate = await traffic.rateIfAny(victim.tunnel.up, seconds);
          series.put(`${kind} at ${at}`, rate);
          series.put("sent", await flood);
          if (rate > 0) continue;
          notes.add(`${WORDS[kind]}, sent to ${at}: the tunnel stood still, and had to be dialled anew.`);
          await victim.tunnel.hangUp();
          victim = await established(bench, stage, pacd, client);
        }
    }
    return evaluated(series, before, memoryOf(pacd.process.pid!), [...notes]);
  });

function evaluated(series: Series, before: number, after: number, notes: readonly string[]): Findings {
  const figures = [
    { ...series.figure("calm", "Mbit/s"), what: "no flood" },
    ...KINDS.flatMap((kind) => [
      { ...series.figure(`${kind} at nobody`, "Mbit/s"), what: `${WORDS[kind]}, sent to nobody` },
      { ...series.figure(`${kind} at pacd`, "Mbit/s"), what: `${WORDS[kind]}, sent to pacd` },
    ]),
    { ...series.figure("sent", "packets/s"), what: `forged packets of ${FLOOD} wanted` },
    { what: "memory of pacd before", unit: "MiB", values: [before] },
  ];
  const goals = [
    ...KINDS.flatMap((kind) => [
      left(
        `${WORDS[kind]}: to pacd / to nobody`,
        series.of(`${kind} at pacd`),
        series.of(`${kind} at nobody`),
      ),
      left(`${WORDS[kind]}: to pacd / no flood`, series.of(`${kind} at pacd`), series.of("calm")),
    ]),
    { what: "memory after / before", unit: "×", values: [after / before], target: { atMost: 1.1 } },
  ];
  return { figures, goals, notes };
}

const WORDS: Readonly<Record<Kind, string>> = {
  call: "unknown call IDs",
  peer: "a wrong peer",
  sequence: "any sequence number",
};

const left = (what: string, under: readonly number[], without: readonly number[]): Goal => ({
  what,
  unit: "×",
  values: ratios(under, without),
  target: { atLeast: 0.8 },
});

/** A tunnel that is up and warm, and what pacd knows it as: that is seen in what its client sends. */
async function established({ traffic }: Bench, stage: Stage, pacd: Pacd, client: Client) {
  const tunnel: Dialled = await pacd.dial(client, "bench");
  await traffic.rate(tunnel.up, WARM_UP);
  const look = traffic.run(stage.network.host, "call-id", client.address);
  await look.ready;
  await traffic.roundTrips(tunnel.up, 0.1, 10_000);
  return { tunnel, callId: (await look.result)["callId"]! };
}
