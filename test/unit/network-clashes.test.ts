import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../server/config/load-config.ts";
import { networkClashes } from "../../server/network-clashes.ts";
import type { HostRoute } from "../../server/platform/host-routes.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";

const route = (address: string, prefix: number, name = "eth0"): HostRoute => ({
  network: { address: parseIpv4(address)!, prefix },
  interface: name,
});
const config = parseConfig('[pools]\nguests = ["192.168.1.100-192.168.1.120"]', "/x.toml");
const clashes = (...routes: HostRoute[]) => networkClashes(config, routes).map((line) => line.slice(0, 75));

test("a pool inside the office's network is told, and which interface leads there", () => {
  assert.match(
    networkClashes(config, [route("192.168.1.0", 24)])[0]!,
    /^The pool 192\.168\.1\.100-192\.168\.1\.120 overlaps 192\.168\.1\.0\/24, which this host reaches through eth0: /,
  );
});

test("a network inside the pool, or the same, is told as well", () => {
  assert.equal(clashes(route("10.77.2.0", 24)).length, 1);
  assert.equal(clashes(route("10.77.0.0", 22)).length, 1);
  assert.equal(clashes(route("10.0.0.0", 8), route("192.168.0.0", 16, "wlan0")).length, 2);
});

for (const [what, innocent] of [
  ["the default route", route("0.0.0.0", 0)],
  ["a neighbour of the pool", route("10.77.4.0", 22)],
  ["the interface of a pacd that runs", route("10.77.0.0", 22, "pac0")],
] as const)
  test(`${what} is no clash`, () => assert.deepEqual(clashes(innocent), []));
