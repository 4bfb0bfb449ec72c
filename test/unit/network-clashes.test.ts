import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../server/config/load-config.ts";
import { allowedClashes, CLASH_REMEDY, networkClashes } from "../../server/network-clashes.ts";
import type { HostNetwork } from "../../server/platform/host-networks.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";

const POOLS = `tunnel.local_address = "10.20.0.1"
tunnel.pool = ["10.20.0.200-10.20.0.220"]
[pools]
guests = ["10.30.0.0/24"]`;
const config = parseConfig(POOLS, "/x.toml");

type Kind = HostNetwork["kind"];
function network(text: string, kind: Kind = "route", name = "eth0", table?: number): HostNetwork {
  const [address = "", prefix = "32"] = text.split("/");
  const of = { address: parseIpv4(address)!, prefix: Number(prefix) };
  return { network: of, interface: name, kind, ...(table === undefined ? {} : { table }) };
}
const having =
  (...networks: HostNetwork[]) =>
  (each: (one: HostNetwork) => void) =>
    networks.forEach(each);
const clashes = (...networks: HostNetwork[]) => networkClashes(config, having(...networks));

const RANGE = "The pool 10.20.0.200-10.20.0.220 (tunnel.pool) overlaps";
const GUESTS = "The pool 10.30.0.0/24 (pools.guests) overlaps";
const LOST = "hosts there and clients may not find each other.";

for (const [host, sentence] of [
  [network("10.20.0.0/24"), `${RANGE} 10.20.0.0/24, which this host reaches through eth0: ${LOST}`],
  [network("10.0.0.0/8"), `${RANGE} 10.0.0.0/8, which this host reaches through eth0: ${LOST}`],
  [network("10.20.0.208/29"), `${RANGE} 10.20.0.208/29, which this host reaches through eth0: ${LOST}`],
  [network("10.20.0.220"), `${RANGE} 10.20.0.220, which this host reaches through eth0: ${LOST}`],
  [
    network("10.30.0.0/24", "route", "pac1"),
    `${GUESTS} 10.30.0.0/24, which this host reaches through pac1: ${LOST}`,
  ],
  [
    network("10.30.0.0/25", "route", "wg0", 51820),
    `${GUESTS} 10.30.0.0/25, which this host reaches through wg0 by its routing table 51820: ${LOST}`,
  ],
  [network("10.30.0.0/16", "route", ""), `${GUESTS} 10.30.0.0/16, which this host reaches: ${LOST}`],
  [network("10.20.0.205", "own"), `${RANGE} 10.20.0.205, an address of this host (eth0).`],
  [network("10.30.0.255", "own", "lo"), `${GUESTS} 10.30.0.255, an address of this host (lo).`],
  [network("10.30.0.64/26", "own", "lo"), `${GUESTS} 10.30.0.64/26, addresses of this host (lo).`],
  [network("10.30.0.7", "other-end", "ppp0"), `${GUESTS} 10.30.0.7, which is the other end of ppp0.`],
  [
    network("10.30.0.0/24", "dead-end", ""),
    `${GUESTS} 10.30.0.0/24, which this host keeps from going anywhere.`,
  ],
  [
    network("10.20.0.216/30", "dead-end", ""),
    `${RANGE} 10.20.0.216/30, which this host keeps from going anywhere.`,
  ],
] as const)
  test(sentence, () => assert.deepEqual(clashes(host).slice(0, 1), [sentence]));

for (const [what, innocent] of [
  ["the default route", network("0.0.0.0/0")],
  ["half of a default route", network("0.0.0.0/1")],
  ["a neighbour before the range, inside of what a network around it would be", network("10.20.0.192/29")],
  ["a neighbour after the range", network("10.20.0.221")],
  ["the concentrator's own address, which is in no pool", network("10.20.0.1", "own")],
  ["a route of our own interface", network("10.20.0.200/29", "route", "pac0")],
  ["a wide route that leads nowhere, for whoever has no other", network("10.0.0.0/8", "dead-end", "")],
] as const)
  test(`${what} is no clash`, () => assert.deepEqual(clashes(innocent), []));

test("a route around two pools is told for each, and what the kernel says twice is told once", () => {
  assert.equal(clashes(network("10.0.0.0/8")).length, 2);
  assert.equal(clashes(network("10.20.0.205", "own"), network("10.20.0.205", "own")).length, 1);
});

test("of a router's ten thousand routes a few are told, and that there are more", () => {
  const routes = Array.from({ length: 256 }, (_, i) => network(`10.30.0.${i}`));
  const told = clashes(...routes);
  assert.equal(told.length, 9);
  assert.match(told[8]!, /^More addresses and routes/);
});

test("a clash is refused, with what to do, unless tunnel.allow_overlap says that it is meant", () => {
  const host = having(network("10.20.0.0/24"), network("10.20.0.205", "own"));
  assert.throws(() => allowedClashes(config, host), {
    code: "pool-overlaps-host",
    message: [...networkClashes(config, host), CLASH_REMEDY].join("\n"),
  });
  const allowing = parseConfig(`tunnel.allow_overlap = true\n${POOLS}`, "/x.toml");
  assert.equal(allowedClashes(allowing, host).length, 2);
  assert.deepEqual(allowedClashes(config, having(network("0.0.0.0/0"))), []);
});
