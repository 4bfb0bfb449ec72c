/** What the command line asks for. */
export interface Wishes {
  /** Numbers of the benchmarks, ascending. */
  readonly benchmarks: readonly number[];
  /** Short runs: the figures show that everything works, and little more. */
  readonly quick: boolean;
  /** A file for the results; undefined: none. */
  readonly json: string | undefined;
  /** How often each measurement is repeated; undefined: what the benchmark finds right. */
  readonly rounds: number | undefined;
  /** How long each measurement lasts; undefined: likewise. */
  readonly seconds: number | undefined;
  /** Names of those that are measured by benchmark 1; undefined: all. */
  readonly peers: readonly string[] | undefined;
}

/** The command line is wrong; the message says how, in one sentence. */
export class UsageError extends Error {}

const LAST = 9;

/** Benchmarks by name. */
const NAMES: ReadonlyMap<string, number> = new Map(
  [
    "one-tunnel",
    "eight-tunnels",
    "loop-cost",
    "round-trip",
    "crowd",
    "overload",
    "jumps",
    "idle",
    "consoles",
  ].map((name, i) => [name, i + 1]),
);

export const USAGE = `usage: npm run bench -- [quick] [NUMBER|NAME...] [--rounds N] [--seconds S] [--peers NAME,NAME] [--json FILE]

  1 one-tunnel     beside OpenVPN and WireGuard     5 crowd      idle sessions and floods
  2 eight-tunnels  at once                          6 overload
  3 loop-cost      what the packet loop costs       7 jumps      a client whose numbers jump
  4 round-trip                                      8 idle       memory of a server that has nothing to do
  9 consoles       log-ins beside who watches 2,000 sessions
`;

/** Throws UsageError. */
export function parseArguments(words: readonly string[]): Wishes {
  const numbers = new Set<number>();
  const options = new Map<string, string>();
  let quick = false;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!;
    if (word === "quick") quick = true;
    else if (NAMES.has(word)) numbers.add(NAMES.get(word)!);
    else if (/^[1-9]$/.test(word) && Number(word) <= LAST) numbers.add(Number(word));
    else if (["--json", "--rounds", "--seconds", "--peers"].includes(word)) {
      i += 1;
      const value = words[i];
      if (value === undefined || value === "") throw new UsageError(`${word} needs a value.`);
      options.set(word, value);
    } else throw new UsageError(`${word} is no benchmark and no option.`);
  }
  if (numbers.size === 0) for (let n = 1; n <= LAST; n += 1) numbers.add(n);
  return {
    benchmarks: [...numbers].sort((a, b) => a - b),
    quick,
    json: options.get("--json"),
    rounds: positive(options, "--rounds", true),
    seconds: positive(options, "--seconds", false),
    peers: options.get("--peers")?.split(","),
  };
}

function positive(options: ReadonlyMap<string, string>, name: string, whole: boolean): number | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && value <= 3600) || (whole && !Number.isInteger(value)))
    throw new UsageError(`${name} must be a ${whole ? "whole " : ""}number from 1 to 3600.`);
  return value;
}
