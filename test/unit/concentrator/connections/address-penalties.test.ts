import assert from "node:assert/strict";
import { test } from "node:test";
import { Patience } from "../../../../server/concentrator/connections/address-penalties.ts";
import {
  FRUITLESS_BURST,
  FRUITLESS_PER_SECOND,
  MAX_REMEMBERED_ADDRESSES,
} from "../../../../server/concentrator/connections/limits.ts";
import { millis } from "../../../../server/wire/units.ts";

function exhaust(patience: Patience, address: string): void {
  for (let i = 0; i < FRUITLESS_BURST; i++) patience.lose(address);
}

test("patience with one address ends after so many losses, and no other address pays for it", () => {
  const patience = new Patience({ now: () => millis(0) });
  for (let i = 1; i < FRUITLESS_BURST; i++) patience.lose("192.0.2.1");
  assert.equal(patience.exhausted("192.0.2.1"), false);
  patience.lose("192.0.2.1");
  assert.equal(patience.exhausted("192.0.2.1"), true);
  assert.equal(patience.exhausted("192.0.2.2"), false);
});

test("it comes back at its rate, and never exceeds what it was", () => {
  let now = 0;
  const patience = new Patience({ now: () => millis(now) });
  exhaust(patience, "192.0.2.1");
  patience.lose("192.0.2.1");
  now = 2_000;
  let tries = 0;
  for (; !patience.exhausted("192.0.2.1"); tries++) patience.lose("192.0.2.1");
  assert.equal(tries, 2 * FRUITLESS_PER_SECOND);
  now += 10_000_000;
  for (tries = 0; !patience.exhausted("192.0.2.1"); tries++) patience.lose("192.0.2.1");
  assert.equal(tries, FRUITLESS_BURST);
});

test("of very many addresses those that were quiet longest are forgotten", () => {
  const patience = new Patience({ now: () => millis(0) });
  exhaust(patience, "first");
  exhaust(patience, "second");
  for (let i = 0; i < MAX_REMEMBERED_ADDRESSES - 2; i++) patience.lose(`other ${i}`);
  patience.lose("second");
  patience.lose("one too many");
  assert.deepEqual([patience.exhausted("first"), patience.exhausted("second")], [false, true]);
});
