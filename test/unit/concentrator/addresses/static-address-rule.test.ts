import assert from "node:assert/strict";
import { test } from "node:test";
import { staticAddressRule } from "../../../../server/concentrator/addresses/static-address-rule.ts";
import { parseConfig } from "../../../../server/config/load-config.ts";

const CONFIGURATIONS = {
  "the default pool": "",
  "a pool written as a network":
    'tunnel.local_address = "10.20.0.1"\ntunnel.pool = ["10.20.0.0/24"]\n[pools]\nguests = ["10.20.2.0/31"]',
  "a range that ends where a network would":
    'tunnel.local_address = "10.20.0.200"\ntunnel.pool = ["10.20.0.192-10.20.0.223"]',
} as const;

for (const [pool, address, place] of [
  ["the default pool", "10.77.0.10", "ok"],
  ["the default pool", "10.77.3.250", "ok"],
  ["the default pool", "10.77.1.0", "ok"],
  ["the default pool", "10.77.1.255", "ok"],
  ["the default pool", "10.77.0.1", "reserved"],
  ["the default pool", "10.77.0.5", "ok"],
  ["the default pool", "10.77.3.254", "ok"],
  ["the default pool", "10.77.0.0", "reserved"],
  ["the default pool", "10.77.3.255", "reserved"],
  ["the default pool", "10.77.4.1", "outside"],
  ["the default pool", "192.168.1.1", "outside"],
  ["the default pool", "rubbish", "outside"],
  ["a pool written as a network", "10.20.0.2", "ok"],
  ["a pool written as a network", "10.20.0.1", "reserved"],
  ["a pool written as a network", "10.20.0.0", "reserved"],
  ["a pool written as a network", "10.20.0.255", "reserved"],
  ["a pool written as a network", "10.20.1.0", "outside"],
  ["a pool written as a network", "10.20.2.0", "ok"],
  ["a pool written as a network", "10.20.2.1", "ok"],
  ["a range that ends where a network would", "10.20.0.192", "ok"],
  ["a range that ends where a network would", "10.20.0.223", "ok"],
  ["a range that ends where a network would", "10.20.0.200", "reserved"],
  ["a range that ends where a network would", "10.20.0.191", "outside"],
  ["a range that ends where a network would", "10.20.0.224", "outside"],
] as const) {
  test(`${address} is ${place} for ${pool}`, () =>
    assert.equal(staticAddressRule(parseConfig(CONFIGURATIONS[pool], "defaults"))(address), place));
}
