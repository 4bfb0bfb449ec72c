import assert from "node:assert/strict";
import { test } from "node:test";
import { formatRange, parsePoolEntry, reversedRange } from "../../../server/config/addresses.ts";
import type { AddressRange } from "../../../server/config/config-types.ts";
import { parseConfig } from "../../../server/config/load-config.ts";
import {
  broadcastOf,
  claimedRanges,
  contains,
  exactNetworks,
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

for (const [pool, ...exact] of [
  ["10.20.0.200-10.20.0.220", "10.20.0.200/29", "10.20.0.208/29", "10.20.0.216/30", "10.20.0.220/32"],
  ["10.0.0.0-10.0.0.255", "10.0.0.0/24"],
  ["10.0.0.5", "10.0.0.5/32"],
  ["10.0.0.4-10.0.0.5", "10.0.0.4/31"],
  ["10.0.0.127-10.0.0.128", "10.0.0.127/32", "10.0.0.128/32"],
  ["127.255.255.255-128.0.0.0", "127.255.255.255/32", "128.0.0.0/32"],
  ["192.168.255.254-192.169.0.4", "192.168.255.254/31", "192.169.0.0/30", "192.169.0.4/32"],
  ["0.0.0.0-255.255.255.255", "0.0.0.0/0"],
  ["255.255.255.252-255.255.255.255", "255.255.255.252/30"],
] as const)
  test(`${pool} is exactly ${exact.join(", ")}`, () =>
    assert.deepEqual(exactNetworks(range(pool)).map(formatNetwork), exact));

const address = fc.integer({ min: 0, max: 0xffffffff }).map(ipv4);
const ranges = fc
  .tuple(address, address)
  .map(([a, b]): AddressRange => (a < b ? { first: a, last: b } : { first: b, last: a }));

test("the networks of a range follow each other from its first address to its last, 62 at most, and no two of them are one", () => {
  fc.assert(
    fc.property(ranges, ({ first, last }) => {
      const exact = exactNetworks({ first, last });
      assert.ok(exact.length <= 62);
      let next: number = first;
      for (const [index, network] of exact.entries()) {
        assert.equal(network.address, next);
        next = broadcastOf(network) + 1;
        const before = exact[index - 1];
        const whole = { address: before?.address ?? network.address, prefix: network.prefix - 1 };
        if (before?.prefix === network.prefix) assert.ok(!contains(whole, whole.address));
      }
      assert.equal(next, last + 1);
    }),
    { seed: 1 },
  );
});

test("the widest range there is takes 62 networks", () => {
  assert.equal(exactNetworks({ first: ipv4(1), last: ipv4(0xfffffffe) }).length, 62);
});

test("ranges that overlap or touch are one, also across pools, in ascending order", () => {
  assert.deepEqual(networks("10.0.0.0-10.0.0.255", "10.0.0.0-10.0.0.3"), ["10.0.0.0/24"]);
  assert.deepEqual(networks("10.0.0.64-10.0.0.127", "10.0.0.0-10.0.0.70"), ["10.0.0.0/25"]);
  assert.deepEqual(networks("10.0.1.0-10.0.1.255", "10.0.0.0-10.0.0.255"), ["10.0.0.0/23"]);
  assert.deepEqual(networks("172.16.0.0-172.16.0.255", "10.0.2.0-10.0.2.255", "10.0.1.0-10.0.1.255"), [
    "10.0.1.0/24",
    "10.0.2.0/24",
    "172.16.0.0/24",
  ]);
  const found = networksOf(
    [range("10.0.0.0-10.0.0.255")],
    [[range("10.0.1.0-10.0.1.255")], [range("192.0.2.7"), range("10.0.0.9")]],
  );
  assert.deepEqual(found.map(formatNetwork), ["10.0.0.0/23", "192.0.2.7/32"]);
});

test("an address is in one of the networks where a pool has it, and in none where no pool has", () => {
  fc.assert(
    fc.property(fc.array(ranges, { minLength: 1, maxLength: 6 }), (pool) => {
      const found = networksOf(pool.slice(0, 2), [pool.slice(2, 3), pool.slice(3)]);
      const near = pool.flatMap(({ first, last }) => [first, last, ipv4(first - 1), ipv4(last + 1)]);
      for (const one of near) {
        const pooled = pool.some(({ first, last }) => first <= one && one <= last);
        assert.equal(found.filter((network) => contains(network, one)).length, pooled ? 1 : 0);
      }
    }),
    { seed: 2 },
  );
});

const claimed = (toml: string) => claimedRanges(parseConfig(toml, "/x.toml")).map(formatRange);

test("a pool that was written as a network claims all of it, with the concentrator's own address", () => {
  const toml = 'tunnel.local_address = "10.20.0.1"\ntunnel.pool = ["10.20.0.0/24"]';
  assert.deepEqual(claimed(toml), ["10.20.0.0-10.20.0.255"]);
  assert.deepEqual(poolNetworks(parseConfig(toml, "/x.toml")).map(formatNetwork), ["10.20.0.0/24"]);
});

test("the concentrator's own address does not split a range that it was written in, and adds nothing to one beside it", () => {
  const of = (local: string) =>
    claimed(`tunnel.local_address = "${local}"\ntunnel.pool = ["10.20.0.200-10.20.0.220"]`);
  for (const local of ["10.20.0.200", "10.20.0.210", "10.20.0.220", "10.20.0.1", "10.20.0.199"])
    assert.deepEqual(of(local), ["10.20.0.200-10.20.0.220"], local);
});

test("0.0.0.0/0 holds every address and ends at 255.255.255.255", () => {
  const all = { address: ipv4(0), prefix: 0 };
  assert.equal(broadcastOf(all), 0xffffffff);
  assert.ok(contains(all, ipv4(0xdeadbeef)));
});

for (const [text, first, last, claims] of [
  ["10.0.0.0/24", "10.0.0.1", "10.0.0.254", "10.0.0.0-10.0.0.255"],
  ["10.0.0.0/30", "10.0.0.1", "10.0.0.2", "10.0.0.0-10.0.0.3"],
  ["10.0.0.0/31", "10.0.0.0", "10.0.0.1"],
  ["10.0.0.9/32", "10.0.0.9", "10.0.0.9"],
  ["10.0.0.0/8", "10.0.0.1", "10.255.255.254", "10.0.0.0-10.255.255.255"],
  ["10.0.0.9", "10.0.0.9", "10.0.0.9"],
  ["10.0.0.9-10.0.0.9", "10.0.0.9", "10.0.0.9"],
  ["10.0.0.9 - 10.0.1.9", "10.0.0.9", "10.0.1.9"],
] as const)
  test(`the pool entry ${text} is ${first} to ${last}`, () =>
    assert.deepEqual(parsePoolEntry(text), {
      ...range(`${first}-${last}`),
      ...(claims === undefined ? {} : { claims: range(claims) }),
    }));

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
