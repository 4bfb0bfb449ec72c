import assert from "node:assert/strict";
import { test } from "node:test";
import { staticAddressRule } from "../../../server/concentrator/static-address-rule.ts";
import { parseConfig } from "../../../server/config/load-config.ts";

const rule = staticAddressRule(parseConfig("", "defaults"));

for (const [address, place] of [
  ["10.77.0.5", "ok"],
  ["10.77.3.254", "ok"],
  ["10.77.0.10", "ok"],
  ["10.77.0.1", "reserved"],
  ["10.77.0.0", "reserved"],
  ["10.77.3.255", "reserved"],
  ["10.77.4.1", "outside"],
  ["192.168.1.1", "outside"],
  ["rubbish", "outside"],
] as const) {
  test(`${address} is ${place} for the default pool`, () => assert.equal(rule(address), place));
}
