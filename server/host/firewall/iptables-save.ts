import {
  addressIn,
  allOf,
  type Chain,
  commentOf,
  type Dialect,
  type Fit,
  type Forwarded,
  interfaceIs,
  maybe,
  not,
  type OwnRule,
  protocolIs,
  stateIs,
  type Table,
  type Verdict,
} from "./ruleset.ts";

type Test = (packet: Forwarded) => Fit;

/**
 * Targets that say what becomes of a packet, or that let it go on. Any other is a chain, or does something
 * unknown.
 */
const TARGETS: Readonly<Record<string, Verdict | "goes-on">> = {
  ACCEPT: { do: "accept" },
  DROP: { do: "drop" },
  REJECT: { do: "drop" },
  RETURN: { do: "return" },
  LOG: "goes-on",
  NFLOG: "goes-on",
  MARK: "goes-on",
  CONNMARK: "goes-on",
  TCPMSS: "goes-on",
};

/** The table "filter" as `iptables-save -t filter` prints it. */
export function readIptablesSave(text: string, dialect: Dialect, tunnel: string): Table {
  const policies = new Map<string, Chain["policy"]>();
  const rules = new Map<string, Chain["branches"][number][]>();
  const own: OwnRule[] = [];
  for (const line of text.split("\n")) {
    const chain = /^:(\S+) (\S+)/.exec(line);
    if (chain !== null) {
      rules.set(chain[1]!, []);
      // Of the chains that begin with a hook this one alone sees what is forwarded.
      if (chain[1] === "FORWARD") policies.set("FORWARD", chain[2] === "DROP" ? "drop" : "accept");
    } else if (line.startsWith("-A ")) {
      const [, name = "", ...rest] = words(line);
      if (commentIn(rest) === commentOf(tunnel)) own.push({ chain: name, words: rest });
      const branch = readRule(rest, rules);
      if (branch !== undefined) rules.get(name)?.push(branch);
    }
  }
  const chains = new Map(
    [...rules].map(([name, branches]) => [name, { name, branches, policy: policies.get(name) }]),
  );
  return { dialect, family: "ip", name: "filter", chains, own };
}

const commentIn = (rule: readonly string[]): string | undefined => {
  const at = rule.indexOf("--comment");
  return at < 0 ? undefined : rule[at + 1];
};

/** Words of a line, of which those with spaces stand in double quotes. */
const words = (line: string): readonly string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll(/\\(.)/g, "$1") ?? plain!,
  );

/** Undefined for a rule that lets every packet go on. */
function readRule(
  rule: readonly string[],
  chains: ReadonlyMap<string, unknown>,
): Chain["branches"][number] | undefined {
  const tests: Test[] = [];
  for (let at = 0; at < rule.length; at += 1) {
    const negated = rule[at] === "!";
    if (negated) at += 1;
    const [option = "", value = ""] = rule.slice(at, at + 2);
    if (option === "-j" || option === "-g") {
      const verdict = target(option, value, chains);
      return verdict === "goes-on" ? undefined : { test: allOf(tests), verdict };
    }
    const test = readTest(option, value);
    if (test === undefined) {
      // An option that is not known here, with as many values as it has.
      tests.push(maybe);
      while (at + 1 < rule.length && !/^(?:-|!$)/.test(rule[at + 1]!)) at += 1;
      continue;
    }
    tests.push(negated ? not(test) : test);
    at += 1;
  }
  return undefined;
}

function target(option: string, name: string, chains: ReadonlyMap<string, unknown>): Verdict | "goes-on" {
  if (chains.has(name)) return { do: option === "-j" ? "jump" : "goto", chain: name };
  return TARGETS[name] ?? { do: "unknown" };
}

function readTest(option: string, value: string): Test | undefined {
  switch (option) {
    case "-i":
      return interfaceIs("in", value, "+");
    case "-o":
      return interfaceIs("out", value, "+");
    case "-p":
      return protocolIs([value]);
    case "-s":
      return network("source", value);
    case "-d":
      return network("destination", value);
    case "--ctstate":
    case "--state":
      return stateIs(value.split(","));
    case "-m":
    case "--comment":
      return allOf([]);
    default:
      return undefined;
  }
}

function network(side: "source" | "destination", value: string): Test {
  const [address = "", prefix = "32"] = value.split("/");
  return /^\d+$/.test(prefix) ? addressIn(side, address, Number(prefix)) : maybe;
}
