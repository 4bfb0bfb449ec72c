import assert from "node:assert/strict";
import { test } from "node:test";
import { AddressPenalties } from "../../../../server/concentrator/connections/address-penalties.ts";
import {
  FRUITLESS_BURST,
  FRUITLESS_PER_SECOND,
  MAX_REMEMBERED_ADDRESSES,
} from "../../../../server/concentrator/connections/limits.ts";
import { millis } from "../../../../server/wire/units.ts";

function exhaust(penalties: AddressPenalties, address: string): void {
  for (let i = 0; i < FRUITLESS_BURST; i++) penalties.add(address);
}

test("one address is refused after so many penalties, and no other address pays for it", () => {
  const penalties = new AddressPenalties({ now: () => millis(0) });
  for (let i = 1; i < FRUITLESS_BURST; i++) penalties.add("192.0.2.1");
  assert.equal(penalties.refuses("192.0.2.1"), false);
  penalties.add("192.0.2.1");
  assert.equal(penalties.refuses("192.0.2.1"), true);
  assert.equal(penalties.refuses("192.0.2.2"), false);
});

test("penalties are forgiven at their rate, and never further than to none", () => {
  let now = 0;
  const penalties = new AddressPenalties({ now: () => millis(now) });
  exhaust(penalties, "192.0.2.1");
  penalties.add("192.0.2.1");
  now = 2_000;
  let tries = 0;
  for (; !penalties.refuses("192.0.2.1"); tries++) penalties.add("192.0.2.1");
  assert.equal(tries, 2 * FRUITLESS_PER_SECOND);
  now += 10_000_000;
  for (tries = 0; !penalties.refuses("192.0.2.1"); tries++) penalties.add("192.0.2.1");
  assert.equal(tries, FRUITLESS_BURST);
});

test("of very many addresses those that were quiet longest are forgotten", () => {
  const penalties = new AddressPenalties({ now: () => millis(0) });
  exhaust(penalties, "first");
  exhaust(penalties, "second");
  for (let i = 0; i < MAX_REMEMBERED_ADDRESSES - 2; i++) penalties.add(`other ${i}`);
  penalties.add("second");
  penalties.add("one too many");
  assert.deepEqual([penalties.refuses("first"), penalties.refuses("second")], [false, true]);
});
