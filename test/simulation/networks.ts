import type { Clock } from "../../server/platform/clock.ts";
import { millis } from "../../server/wire/units.ts";
import { chanceOf, type Link } from "./lossy-link.ts";

/** What stands between a client and the server. The seed decides, so a run is the same every time. */
export interface Network {
  readonly name: string;
  /** Runs with other seeds go another way; 1 where chance plays no part. */
  readonly seeds: number;
  /** Milliseconds that octets of the control connection are under way. */
  readonly tcpDelay: number;
  readonly gre: (clock: Clock, seed: number) => Link;
}

/** One-way, of the delayed network: a satellite is as far. */
const FAR = 300;

/**
 * Packets of the disordered network arrive within this. Below the 50 ms that the server waits for a missing
 * one.
 */
const SPREAD = 20;

const at = (clock: Clock, delay: number, deliver: () => void) => void clock.after(millis(delay), deliver);

const losing = (share: number, seeds: number): Network => ({
  name: `${share * 100} % loss`,
  seeds,
  tcpDelay: 0,
  gre: (_clock, seed) => {
    const chance = chanceOf(seed);
    return (deliver) => {
      if (chance() >= share) deliver();
    };
  },
});

export const PERFECT: Network = { name: "perfect", seeds: 1, tcpDelay: 0, gre: () => (deliver) => deliver() };

export const NETWORKS: readonly Network[] = [
  PERFECT,
  losing(0.01, 3),
  losing(0.1, 5),
  {
    name: "reordering",
    seeds: 3,
    tcpDelay: 0,
    gre: (clock, seed) => {
      const chance = chanceOf(seed);
      return (deliver) => at(clock, Math.floor(chance() * SPREAD), deliver);
    },
  },
  {
    name: "duplication",
    seeds: 1,
    tcpDelay: 0,
    gre: () => (deliver) => {
      deliver();
      deliver();
    },
  },
  { name: "300 ms delay", seeds: 1, tcpDelay: FAR, gre: (clock) => (deliver) => at(clock, FAR, deliver) },
  // What the server says in GRE is there long before its Outgoing-Call-Reply.
  { name: "GRE before the call reply", seeds: 1, tcpDelay: 1000, gre: () => (deliver) => deliver() },
  { name: "GRE blocked", seeds: 1, tcpDelay: 0, gre: () => () => {} },
  {
    name: "GRE blocked to the client",
    seeds: 1,
    tcpDelay: 0,
    gre: () => (deliver, from) => {
      if (from === "client") deliver();
    },
  },
];
