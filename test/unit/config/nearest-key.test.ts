import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "../../../server/config/nearest-key.ts";

const NAMES = ["interface", "local_address", "pool", "dns", "mtu", "max_sessions"];

for (const [written, meant] of [
  ["interfaces", "interface"],
  ["Interface", "interface"],
  ["local-address", "local_address"],
  ["localaddress", "local_address"],
  ["polo", "pool"],
  ["pol", "pool"],
  ["mut", "mtu"],
  ["max_session", "max_sessions"],
] as const)
  test(`${written} is taken for a misspelt ${meant}`, () => assert.equal(nearest(written, NAMES), meant));

for (const written of ["", "address", "x", "mru-limit", "gateway"])
  test(`${JSON.stringify(written)} is not taken for any key`, () =>
    assert.equal(nearest(written, NAMES), undefined));

test("among no names there is none", () => assert.equal(nearest("pool", []), undefined));
