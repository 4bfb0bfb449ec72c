import {
  addressIn,
  allOf,
  anyOf,
  type Chain,
  commentOf,
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
// The shapes of libnftables-json(5) are a hundred; those that are known here are looked for.
// biome-ignore lint/suspicious/noExplicitAny: what nft prints is read member by member
type Json = any;
type Branch = Chain["branches"][number];

/** Where sets and maps of the table stand by their names. */
type Named = ReadonlyMap<string, readonly Json[]>;

/** Objects of `nft -j list …`; none where that is no such document. */
export function nftObjects(text: string): readonly Json[] {
  try {
    const { nftables } = JSON.parse(text) as Json;
    return Array.isArray(nftables) ? nftables : [];
  } catch {
    return [];
  }
}

/** Families and names of the tables that have a chain through which forwarded IPv4 packets pass. */
export function forwardTables(text: string): readonly { readonly family: string; readonly name: string }[] {
  const tables = nftObjects(text)
    .map(({ chain }) => chain)
    .filter((chain) => chain?.hook === "forward" && (chain.family === "ip" || chain.family === "inet"))
    .map(({ family, table }) => `${family} ${table}`);
  return [...new Set(tables)].map((words) => {
    const [family = "", name = ""] = words.split(" ");
    return { family, name };
  });
}

/** The table as `nft -j list table FAMILY NAME` prints it. */
export function readNftTable(text: string, tunnel: string): Table | undefined {
  const objects = nftObjects(text);
  const table = objects.find((object) => object.table !== undefined)?.table;
  if (table === undefined) return undefined;
  const named: Named = new Map(
    objects
      .map((object) => object.set ?? object.map)
      .filter((set) => set !== undefined)
      .map((set) => [`@${set.name}`, set.elem ?? []]),
  );
  const rules = objects.map(({ rule }) => rule).filter((rule) => rule !== undefined);
  const chains = objects
    .map(({ chain }) => chain)
    .filter((chain) => chain !== undefined)
    .map((chain): [string, Chain] => [
      chain.name,
      {
        name: chain.name,
        branches: rules
          .filter((rule) => rule.chain === chain.name)
          .flatMap((rule) => branchesOf(rule.expr, named)),
        policy: chain.hook === "forward" ? (chain.policy ?? "accept") : undefined,
      },
    ]);
  const own = rules
    .filter((rule) => rule.comment === commentOf(tunnel))
    .map((rule): OwnRule => ({ chain: rule.chain, words: ["handle", String(rule.handle)] }));
  return { dialect: "nft", family: table.family, name: table.name, chains: new Map(chains), own };
}

/**
 * The rule's branches: one, but for a map that has one for each of its entries; none where the packet goes on
 * in any case.
 */
function branchesOf(expressions: readonly Json[], named: Named): readonly Branch[] {
  const tests: Test[] = [];
  for (const expression of expressions ?? []) {
    const verdict = verdictOf(expression);
    if (verdict !== undefined) return [{ test: allOf(tests), verdict }];
    if (expression.vmap !== undefined) {
      const { key, data } = expression.vmap;
      if (typeof data === "string" && !named.has(data))
        return [{ test: allOf([...tests, maybe]), verdict: { do: "unknown" } }];
      return elementsOf(data, named).map(([value, chosen]) => ({
        test: allOf([...tests, testOf(key, "==", value, named)]),
        verdict: verdictOf(chosen) ?? { do: "unknown" },
      }));
    }
    if (expression.match !== undefined) {
      const { left, op, right } = expression.match;
      tests.push(testOf(left, op, right, named));
    } else if (!GOES_ON.some((name) => name in expression)) tests.push(maybe);
  }
  return [];
}

/** Statements that change nothing about whether the packet passes. */
const GOES_ON = ["counter", "log", "mangle", "comment", "notrack", "ct helper", "meter"];

function verdictOf(expression: Json): Verdict | undefined {
  if ("accept" in expression) return { do: "accept" };
  if ("drop" in expression || "reject" in expression) return { do: "drop" };
  if ("return" in expression) return { do: "return" };
  if ("jump" in expression) return { do: "jump", chain: expression.jump.target };
  if ("goto" in expression) return { do: "goto", chain: expression.goto.target };
  if ("queue" in expression) return { do: "unknown" };
  if (expression.xt?.type === "target") return { do: expression.xt.name === "REJECT" ? "drop" : "unknown" };
  return undefined;
}

/** What a set or a map holds; a value of its own where it is none. */
function elementsOf(value: Json, named: Named): readonly Json[] {
  if (typeof value === "string" && value.startsWith("@")) return named.get(value) ?? [];
  return value?.set ?? (Array.isArray(value) ? value : [value]);
}

function testOf(left: Json, operator: string, right: Json, named: Named): Test {
  // A set that is not among those of the table may hold anything.
  if (typeof right === "string" && right.startsWith("@") && !named.has(right)) return maybe;
  const values = elementsOf(right, named).map((element) => element?.elem?.val ?? element);
  const test = anyOf(values.map((value) => valueTest(left, value)));
  if (operator === "==" || operator === "in") return test;
  return operator === "!=" ? not(test) : maybe;
}

function valueTest(left: Json, value: Json): Test {
  const key: unknown = left?.meta?.key;
  if (typeof value === "string") {
    if (key === "iifname" || key === "iif") return interfaceIs("in", value, "*");
    if (key === "oifname" || key === "oif") return interfaceIs("out", value, "*");
    if (left?.ct?.key === "state") return stateIs([value]);
    if (key === "l4proto" || (left?.payload?.protocol === "ip" && left.payload.field === "protocol"))
      return protocolIs([value]);
    // Nobody forwards a port to where clients' connections go.
    if (left?.ct?.key === "status" && value === "dnat") return () => "no";
    if (key === "nfproto") return value === "ipv4" ? allOf([]) : () => "no";
    if (key === "protocol") return value === "ip" ? allOf([]) : () => "no";
  }
  const payload = left?.payload;
  if (payload?.protocol === "ip" && (payload.field === "saddr" || payload.field === "daddr")) {
    const side = payload.field === "saddr" ? "source" : "destination";
    if (typeof value === "string") return addressIn(side, value, 32);
    if (value?.prefix !== undefined) return addressIn(side, value.prefix.addr, value.prefix.len);
    return maybe;
  }
  // A packet of IPv4 and TCP has none of these.
  if (payload?.protocol === "ip6" || /^(?:udp|icmp|icmpv6|sctp|dccp|esp|ah)$/.test(payload?.protocol ?? ""))
    return () => "no";
  return maybe;
}
