import assert from "node:assert/strict";
import { test } from "node:test";
import { blockingChains } from "../../../../server/host/firewall/forward-judge.ts";
import { forwardTables, readNftTable } from "../../../../server/host/firewall/nft-json.ts";
import type { Forwarded } from "../../../../server/host/firewall/ruleset.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";

const client = parseIpv4("10.77.0.10")!;
const out: Forwarded = { in: "pac0", out: undefined, source: client, destination: undefined, state: "new" };
const back: Forwarded = {
  in: undefined,
  out: "pac0",
  source: undefined,
  destination: client,
  state: "established",
};

const chain = (name: string, more: object = {}) => ({
  chain: { family: "inet", table: "fw", name, handle: 1, ...more },
});
const HOOK = { type: "filter", hook: "forward", prio: 0, policy: "drop" };
const rule = (of: string, ...expr: readonly object[]) => ({
  rule: { family: "inet", table: "fw", chain: of, handle: 2, expr },
});
const ACCEPT = { accept: null };
const meta = (key: string, right: unknown, op = "==") => ({ match: { op, left: { meta: { key } }, right } });

/** Which ways a table with one hooked chain drops, that has these rules. */
function dropped(...objects: readonly object[]): readonly string[] {
  const text = JSON.stringify({
    nftables: [{ table: { family: "inet", name: "fw" } }, chain("f", HOOK), ...objects],
  });
  return blockingChains([readNftTable(text, "pac0")!], { out, back }).flatMap((one) => [
    ...(one.out ? ["out"] : []),
    ...(one.back ? ["back"] : []),
  ]);
}

for (const [what, objects, drops] of [
  ["nothing", [], ["out", "back"]],
  ["an interface", [rule("f", meta("iifname", "pac0"), ACCEPT)], []],
  ["another interface", [rule("f", meta("iifname", "wg0"), ACCEPT)], ["out"]],
  ["an interface of a family", [rule("f", meta("iifname", "pac*"), ACCEPT)], []],
  ["an interface that it is not", [rule("f", meta("iifname", "pac0", "!="), ACCEPT)], ["out"]],
  ["an interface out of a list", [rule("f", meta("iifname", { set: ["a", "pac0"] }), ACCEPT)], []],
  ["a list that is not shown", [rule("f", meta("iifname", "@secret"), ACCEPT)], []],
  [
    "a map that is not shown",
    [rule("f", { vmap: { key: { meta: { key: "iifname" } }, data: "@secret" } })],
    [],
  ],
  ["IPv6", [rule("f", meta("nfproto", "ipv6"), ACCEPT)], ["out", "back"]],
  ["a protocol", [rule("f", meta("l4proto", { set: ["udp", "icmp"] }), ACCEPT)], ["out", "back"]],
  ["an unknown match", [rule("f", { xt: { type: "match", name: "conntrack" } }, ACCEPT)], []],
  ["an unknown target", [rule("f", { xt: { type: "target", name: "NFQUEUE" } })], []],
  [
    "a target REJECT",
    [rule("f", { xt: { type: "target", name: "REJECT" } }), rule("f", ACCEPT)],
    ["out", "back"],
  ],
  ["an operator of another kind", [rule("f", meta("mark", 1, ">"), ACCEPT)], []],
  [
    "two interfaces at once",
    [rule("f", { match: { op: "==", left: { concat: [] }, right: { set: [] } } }, ACCEPT)],
    ["out", "back"],
  ],
] as const) {
  test(`policy drop and a rule that asks for ${what}: ${drops.length === 0 ? "nothing is said" : drops.join(", ")}`, () => {
    assert.deepEqual(dropped(...objects), drops);
  });
}

test("chains with a hook for forwarded IPv4 are found, each table once; those of bridges and IPv6 are not", () => {
  const hooked = (family: string, table: string, hook = "forward") => ({
    chain: { family, table, name: "f", hook },
  });
  const nftables = [
    hooked("ip", "a"),
    hooked("ip", "a"),
    hooked("inet", "b"),
    hooked("bridge", "c"),
    hooked("ip6", "d"),
    hooked("ip", "e", "input"),
  ];
  assert.deepEqual(forwardTables(JSON.stringify({ nftables })), [
    { family: "ip", name: "a" },
    { family: "inet", name: "b" },
  ]);
});

test("what is no such document has no tables", () => {
  for (const text of ["", "null", "{}", "[]", '{"nftables": 1}', '{"nftables": []}', "Error: no"]) {
    assert.deepEqual(forwardTables(text), []);
    assert.equal(readNftTable(text, "pac0"), undefined);
  }
});
