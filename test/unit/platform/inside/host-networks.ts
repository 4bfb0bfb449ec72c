import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { readHostNetworks } from "../../../../server/platform/host-networks.ts";
import { formatNetwork } from "../../../../server/wire/ipv4-network.ts";
import { succeed } from "../../../support/namespace.ts";

const ip = (words: string) => succeed("ip", words.split(" "));
function networks(): ReadonlySet<string> {
  const found = new Set<string>();
  readHostNetworks(({ kind, network, interface: name, table = "" }) =>
    found.add(`${kind} ${formatNetwork(network)} ${name} ${table}`.trim()),
  );
  return found;
}

ip("link add veth0 type veth peer name veth1");
ip("address add 192.0.2.1/24 dev veth0");
ip("link set veth0 up");
ip("link set veth1 up");

test("an interface's address and its network are told", () => {
  const found = networks();
  assert.ok(found.has("own 192.0.2.1/32 veth0"));
  assert.ok(found.has("route 192.0.2.0/24 veth0"));
});

test("so are the other end of a link, an address of lo, and one of an interface that is down", () => {
  ip("link add down0 type veth peer name down1");
  ip("address add 10.9.0.1/24 dev down0");
  ip("address add 10.8.0.1 peer 10.8.0.2/32 dev veth1");
  ip("address add 10.7.0.1/32 dev lo");
  const found = networks();
  for (const told of [
    "own 10.9.0.1/32 down0",
    "own 10.8.0.1/32 veth1",
    "other-end 10.8.0.2/32 veth1",
    "route 10.8.0.2/32 veth1",
    "own 10.7.0.1/32 lo",
  ])
    assert.ok(found.has(told), `${told} of ${[...found].join(", ")}`);
});

test("routes of other tables are told with their number, and those that lead nowhere as such", () => {
  ip("route add 10.20.0.0/24 via 192.0.2.9");
  ip("route add 10.21.0.0/24 via 192.0.2.9 table 100");
  ip("route add 10.22.0.0/24 via 192.0.2.9 table 51820");
  ip("route add default via 192.0.2.9");
  ip("route add blackhole 10.23.0.0/24");
  ip("route add unreachable 10.24.0.0/24");
  ip("route add 10.25.0.0/24 nexthop via 192.0.2.9 nexthop via 192.0.2.10");
  ip("route add local 10.26.0.0/24 dev lo");
  const found = networks();
  for (const told of [
    "route 10.20.0.0/24 veth0",
    "route 10.21.0.0/24 veth0 100",
    "route 10.22.0.0/24 veth0 51820",
    "route 0.0.0.0/0 veth0",
    "dead-end 10.23.0.0/24",
    "route 10.25.0.0/24 veth0",
    "own 10.26.0.0/24 lo",
  ])
    assert.ok(found.has(told), `${told} of ${[...found].join(", ")}`);
  assert.ok([...found].some((told) => told.startsWith("dead-end 10.24.0.0/24")));
});

test("more than fits into one answer of the kernel is read to its end", () => {
  const routes = Array.from(
    { length: 3000 },
    (_, i) => `route add 10.${100 + (i >> 8)}.${i & 255}.0/24 dev veth0`,
  );
  const file = join(mkdtempSync(join(tmpdir(), "pacd-ut-")), "routes");
  writeFileSync(file, `${routes.join("\n")}\n`);
  ip(`-batch ${file}`);
  rmSync(dirname(file), { recursive: true });
  assert.equal([...networks()].filter((told) => /^route 10\.1[01]\d\./.test(told)).length, 3000);
});
