import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePoolEntry, reversedRange } from "../../../server/config/addresses.ts";
import type { AddressRange } from "../../../server/config/config-types.ts";
import {
  broadcastOf,
  contains,
  coveringNetwork,
  isNetworkOrBroadcast,
  poolNetworks,
} from "../../../server/config/networks.ts";
import { ipv4, parseIpv4 } from "../../../server/wire/ipv4.ts";
import { formatNetwork } from "../../../server/wire/ipv4-network.ts";
import { fc } from "../../support/fc.ts";

const range = (text: string): AddressRange => {
  const [first, last] = text.split("-").map((part) => parseIpv4(part)!);
  return { first: first!, last: last ?? first! };
};
const networksOf = (pool: readonly AddressRange[], pools: readonly (readonly AddressRange[])[] = []) =>
  poolNetworks({ tunnel: { pool }, pools: new Map(pools.map((ranges, index) => [`pool-${index}`, ranges])) });
const networks = (...pool: string[]) => networksOf(pool.map(range)).map(formatNetwork);

for (const [pool, network] of [
  ["10.77.0.10-10.77.3.250", "10.77.0.0/22"],
  ["10.0.0.1-10.0.0.254", "10.0.0.0/24"],
  ["10.0.0.5", "10.0.0.5/32"],
  ["10.0.0.4-10.0.0.5", "10.0.0.4/31"],
  ["10.0.0.127-10.0.0.128", "10.0.0.0/24"],
  ["127.255.255.255-128.0.0.0", "0.0.0.0/0"],
  ["192.168.255.1-192.169.0.1", "192.168.0.0/15"],
] as const)
  test(`${network} is the smallest network that covers ${pool}`, () =>
    assert.equal(formatNetwork(coveringNetwork(range(pool))), network));

const address = fc.integer({ min: 0, max: 0xffffffff }).map(ipv4);
const ranges = fc
  .tuple(address, address)
  .map(([a, b]): AddressRange => (a < b ? { first: a, last: b } : { first: b, last: a }));

test("a covering network holds both ends, and neither of its halves does", () => {
  fc.assert(
    fc.property(ranges, ({ first, last }) => {
      const network = coveringNetwork({ first, last });
      assert.ok(contains(network, first) && contains(network, last));
      if (network.prefix === 32) return;
      const half = { ...network, prefix: network.prefix + 1 };
      assert.notEqual(contains(half, first), contains(half, last));
    }),
    { seed: 1 },
  );
});

test("the networks of a pool are merged: one inside another, the same twice, two halves", () => {
  assert.deepEqual(networks("10.0.0.1-10.0.0.254", "10.0.0.0-10.0.0.3"), ["10.0.0.0/24"]);
  assert.deepEqual(networks("10.0.0.10-10.0.0.99", "10.0.0.20-10.0.0.70"), ["10.0.0.0/25"]);
  assert.deepEqual(networks("10.0.1.1-10.0.1.254", "10.0.0.1-10.0.0.254"), ["10.0.0.0/23"]);
  assert.deepEqual(networks("10.0.0.1-10.0.0.126", "10.0.0.128-10.0.0.254", "10.0.1.0-10.0.1.255"), [
    "10.0.0.0/23",
  ]);
});

test("networks that only touch stay apart, in ascending order", () => {
  assert.deepEqual(networks("172.16.0.1-172.16.0.254", "10.0.2.1-10.0.2.254", "10.0.1.1-10.0.1.254"), [
    "10.0.1.0/24",
    "10.0.2.0/24",
    "172.16.0.0/24",
  ]);
});

test("the networks of named pools are among them, and merged with those of tunnel.pool", () => {
  const found = networksOf(
    [range("10.0.0.1-10.0.0.254")],
    [[range("10.0.1.1-10.0.1.254")], [range("192.0.2.7"), range("10.0.0.9")]],
  );
  assert.deepEqual(found.map(formatNetwork), ["10.0.0.0/23", "192.0.2.7/32"]);
});

test("every address of all pools is in exactly one of its networks", () => {
  fc.assert(
    fc.property(fc.array(ranges, { minLength: 1, maxLength: 6 }), (pool) => {
      const found = networksOf(pool.slice(0, 2), [pool.slice(2, 3), pool.slice(3)]);
      for (const { first, last } of pool)
        for (const end of [first, last])
          assert.equal(found.filter((network) => contains(network, end)).length, 1);
    }),
    { seed: 2 },
  );
});

test("network and broadcast address are told from the others; a /31 and a /32 have none", () => {
  const network = { address: parseIpv4("10.0.0.0")!, prefix: 24 };
  const is = (text: string) => isNetworkOrBroadcast(network, parseIpv4(text)!);
  assert.deepEqual(["10.0.0.0", "10.0.0.255", "10.0.0.1", "10.0.1.0"].map(is), [true, true, false, false]);
  assert.equal(isNetworkOrBroadcast({ ...network, prefix: 31 }, network.address), false);
  assert.equal(isNetworkOrBroadcast({ ...network, prefix: 32 }, network.address), false);
});

test("0.0.0.0/0 holds every address and ends at 255.255.255.255", () => {
  const all = { address: ipv4(0), prefix: 0 };
  assert.equal(broadcastOf(all), 0xffffffff);
  assert.ok(contains(all, ipv4(0xdeadbeef)));
});

for (const [text, first, last] of [
  ["10.0.0.0/24", "10.0.0.1", "10.0.0.254"],
  ["10.0.0.0/30", "10.0.0.1", "10.0.0.2"],
  ["10.0.0.0/31", "10.0.0.0", "10.0.0.1"],
  ["10.0.0.9/32", "10.0.0.9", "10.0.0.9"],
  ["10.0.0.0/8", "10.0.0.1", "10.255.255.254"],
  ["10.0.0.9", "10.0.0.9", "10.0.0.9"],
  ["10.0.0.9-10.0.0.9", "10.0.0.9", "10.0.0.9"],
  ["10.0.0.9 - 10.0.1.9", "10.0.0.9", "10.0.1.9"],
] as const)
  test(`the pool entry ${text} is ${first} to ${last}`, () =>
    assert.deepEqual(parsePoolEntry(text), { first: parseIpv4(first), last: parseIpv4(last) }));

for (const text of [
  "",
  "-",
  "10.0.0.1-",
  "-10.0.0.1",
  "10.0.0.9-10.0.0.8",
  "10.0.0.1-10.0.0.2-10.0.0.3",
  "10.0.0.1/24",
  "10.0.0.0/33",
  "10.0.0.0/",
  "10.0.0.0/024",
  "0.0.0.0/0",
  "10.0.0.0/7",
  "0.0.0.0",
  "0.1.2.3",
  "127.0.0.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "126.255.255.250-127.0.0.5",
  "126.255.255.250-128.0.0.5",
  "223.255.255.0-224.0.0.0",
  "10.0.0.256",
  "fd00::/64",
])
  test(`${JSON.stringify(text)} is no pool entry`, () => assert.equal(parsePoolEntry(text), undefined));

test("a range written the wrong way round is known, and what was meant", () => {
  const meant = { first: parseIpv4("10.0.0.5"), last: parseIpv4("10.0.0.9") };
  assert.deepEqual(reversedRange("10.0.0.9-10.0.0.5"), meant);
  for (const other of ["10.0.0.5-10.0.0.9", "10.0.0.5-10.0.0.5", "10.0.0.5", "10.0.0.0/24", "9-5", ""])
    assert.equal(reversedRange(other), undefined, other);
});
