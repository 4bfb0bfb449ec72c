import type { Figure, Goal } from "../figures/result.ts";
import { countDrops, type Drops, dropsBetween, dropsInWords } from "../stage/drops.ts";
import { Pacd } from "../stage/pacd.ts";
import { Stage } from "../stage/stage.ts";
import type { Datagrams } from "../stage/traffic.ts";
import { DIRECTIONS } from "../stage/tunnel.ts";
import { type Benchmark, effort } from "./benchmark.ts";

/** Octets of IPv4 and UDP: what separates the largest inner packet from the datagram in it. */
const HEADERS = 28;

/** Seconds. */
const WARM_UP = 0.3;

/** One round. */
interface Round {
  readonly datagrams: Datagrams;
  readonly drops: Drops;
  /** Mbit/s of a TCP stream right after. */
  readonly rate: number;
}

/** Datagrams as fast as the sender's kernel takes them, far more than the tunnel carries. */
export const overload: Benchmark = {
  title: "Overload: UDP far above what the tunnel carries",
  run(bench) {
    const { rounds, seconds } = effort(bench, { rounds: 5, seconds: 3 }, { rounds: 2, seconds: 0.7 });
    return Stage.with(async (stage) => {
      const client = await stage.network.client();
      const pacd = await Pacd.start(stage);
      await pacd.addUser("bench");
      const tunnel = await pacd.dial(client, "bench");
      const [figures, goals, notes]: [Figure[], Goal[], string[]] = [[], [], []];
      let missing = 0;
      for (const direction of DIRECTIONS) {
        const way = tunnel[direction];
        await bench.traffic.rate(way, WARM_UP);
        const all: Round[] = [];
        for (let round = 1; round <= rounds; round += 1) {
          bench.say(`${direction}, round ${round} of ${rounds}`);
          const before = await countDrops(stage, client, pacd);
          const datagrams = await bench.traffic.udp(way, seconds, tunnel.mtu - HEADERS);
          const drops = dropsBetween(before, await countDrops(stage, client, pacd));
          all.push({ datagrams, drops, rate: await bench.traffic.rate(way, seconds) });
        }
        figures.push(...figuresOf(direction, seconds, all));
        goals.push(...goalsOf(direction, all));
        notes.push(`${direction}: lost in the last round: ${lostIn(all.at(-1)!)}.`);
        missing += all.reduce((sum, round) => sum + missingIn(round), 0);
      }
      const ofClient = await tunnel.hangUp();
      notes.push(`The client itself dropped ${ofClient} packets, from beginning to end.`);
      const nowhere = Math.max(0, missing - ofClient, -missing);
      const lost = { what: "lost, and counted nowhere", unit: "packets", values: [nowhere] };
      return { figures, goals: [...goals, { ...lost, target: { atMost: 0 } }], notes };
    });
  },
};

function figuresOf(direction: string, seconds: number, rounds: readonly Round[]): Figure[] {
  const rate = {
    what: `${direction}: TCP right after`,
    unit: "Mbit/s",
    values: rounds.map(({ rate }) => rate),
  };
  return [
    perSecond(
      `${direction}: offered`,
      rounds.map(({ datagrams: { sent } }) => sent / seconds),
    ),
    perSecond(
      `${direction}: carried`,
      rounds.map(({ datagrams }) => datagrams.received / datagrams.seconds),
    ),
    rate,
  ];
}

const perSecond = (what: string, values: readonly number[]): Figure => ({ what, unit: "packets/s", values });

function goalsOf(direction: string, rounds: readonly Round[]): Goal[] {
  const none = { unit: "packets", target: { atMost: 0 } };
  return [
    { what: `${direction}: doubled`, values: rounds.map(({ datagrams }) => datagrams.duplicates), ...none },
    {
      what: `${direction}: out of order`,
      values: rounds.map(({ datagrams }) => datagrams.disorder),
      ...none,
    },
  ];
}

/** Lost, and counted neither by a kernel nor by pacd. */
function missingIn({ datagrams: { sent, received, socketDrops }, drops }: Round): number {
  return sent - received - Object.values(drops).reduce((sum, count) => sum + count, socketDrops);
}

const lostIn = ({ datagrams, drops }: Round): string =>
  dropsInWords({ ...drops, "the receiver's socket": datagrams.socketDrops });
