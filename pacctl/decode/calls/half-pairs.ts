import type { GrePacket } from "../../capture/captured.ts";
import type { Call } from "./call.ts";
import { belongTogether } from "./flow-evidence.ts";

/** Packets from one address to another with one call ID. */
export interface Half {
  readonly source: string;
  readonly destination: string;
  readonly callId: number;
  readonly packets: GrePacket[];
  /** A control message names its ID. */
  owner: Call | undefined;
  /** The packet that shows which side is the server, and who sent it. */
  told: { readonly packet: GrePacket; readonly by: "client" | "server" } | undefined;
}

/** Two directions of one call, and how sure that is. */
export interface HalfPair {
  readonly one: Half;
  readonly other: Half;
  /** How much more speaks for it than for any other way to put them together. */
  readonly margin: number;
}

/** Ours: so many directions of calls between two addresses are weighed in every combination. */
const ALL_WAYS = 5;

/** What being the first of one direction and of the other is worth where nothing else tells. */
const SAME_RANK = 0.25;

/** What it is worth to have no direction left alone. */
const TOGETHER = 0.5;

/**
 * Which halves of one direction belong to which of the other: the way for which the most speaks in all. What
 * several of one kind are to one of the other is told by how both begin, where as many go each way.
 */
export function pairsOf(ones: readonly Half[], others: readonly Half[]): readonly HalfPair[] {
  const sameCount = ones.length === others.length;
  const scores = ones.map((one, i) =>
    others.map((other, j) => {
      const said = sayOwners(one, other) ?? belongTogether(one.packets, other.packets);
      const unknown = said === 0 && !sameCount ? -1 : TOGETHER;
      return said + unknown + (i === j && sameCount ? SAME_RANK : 0);
    }),
  );
  return isFew(ones, others) ? allWays(ones, others, scores) : oneByOne(ones, others, scores);
}

/** May they be weighed in every combination? */
export const isFew = (ones: readonly Half[], others: readonly Half[]): boolean =>
  ones.length <= ALL_WAYS && others.length <= ALL_WAYS;

/** What control messages say; undefined: nothing. */
function sayOwners(one: Half, other: Half): number | undefined {
  if (one.owner === undefined && other.owner === undefined) return undefined;
  if (one.owner !== undefined && other.owner !== undefined) return one.owner === other.owner ? SURE : -SURE;
  return undefined;
}

const SURE = 1000;

function allWays(ones: readonly Half[], others: readonly Half[], scores: readonly number[][]): HalfPair[] {
  const best = bestWay(scores);
  const areAlone = ones.length === 1 && others.length === 1;
  return best.pairs.map(([i, j]) => ({
    one: ones[i]!,
    other: others[j]!,
    margin: areAlone ? Number.POSITIVE_INFINITY : best.score - bestWay(scores, [i, j]).score,
  }));
}

interface Way {
  readonly score: number;
  readonly pairs: readonly (readonly [number, number])[];
}

/** The way for which the most speaks. `without`: a pair that is not to be in it. */
function bestWay(scores: readonly number[][], without?: readonly [number, number]): Way {
  // By the others that are taken, as bits; one after the other joins.
  let ways = new Map<number, Way>([[0, { score: 0, pairs: [] }]]);
  for (const [i, row] of scores.entries()) {
    const next = new Map(ways);
    for (const [taken, way] of ways)
      for (const [j, score] of row.entries()) {
        if (score < 0 || (taken & (1 << j)) !== 0 || (without?.[0] === i && without[1] === j)) continue;
        const key = taken | (1 << j);
        const sum = way.score + score;
        if (sum > (next.get(key)?.score ?? -1)) next.set(key, { score: sum, pairs: [...way.pairs, [i, j]] });
      }
    ways = next;
  }
  return [...ways.values()].reduce((one, other) => (other.score > one.score ? other : one));
}

/** The best pair first, then the best of the rest. */
function oneByOne(ones: readonly Half[], others: readonly Half[], scores: readonly number[][]): HalfPair[] {
  const pairs: HalfPair[] = [];
  const all = scores.flatMap((row, i) => row.map((score, j) => ({ i, j, score })));
  const free = { ones: new Set(ones.keys()), others: new Set(others.keys()) };
  for (const { i, j, score } of all.toSorted((a, b) => b.score - a.score)) {
    if (score < 0 || !free.ones.has(i) || !free.others.has(j)) continue;
    free.ones.delete(i);
    free.others.delete(j);
    const rivals = [
      ...[...free.others].map((other) => scores[i]![other]!),
      ...[...free.ones].map((one) => scores[one]![j]!),
    ];
    pairs.push({ one: ones[i]!, other: others[j]!, margin: score - Math.max(0, ...rivals) });
  }
  return pairs;
}
