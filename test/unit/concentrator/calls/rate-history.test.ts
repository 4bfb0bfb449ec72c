import assert from "node:assert/strict";
import { test } from "node:test";
import { RateHistory, SAMPLE_EVERY, SAMPLES } from "../../../../server/concentrator/calls/rate-history.ts";
import { RateSampler } from "../../../../server/concentrator/calls/rate-sampler.ts";
import { millis } from "../../../../server/wire/units.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const counters = (n: number) => ({
  rxBytes: 1000 * n,
  txBytes: 2000 * n,
  rxPackets: 10 * n,
  txPackets: 20 * n,
});
const at = (sample: number) => millis(SAMPLE_EVERY * sample);

test("a sample is what passed since the one before", () => {
  const rates = new RateHistory(at(0));
  rates.sample(counters(1), at(1));
  rates.sample(counters(4), at(2));
  const sample = { milliseconds: SAMPLE_EVERY, rxBytes: 1000, txBytes: 2000, rxPackets: 10, txPackets: 20 };
  assert.deepEqual(rates.all(), [
    sample,
    { milliseconds: SAMPLE_EVERY, rxBytes: 3000, txBytes: 6000, rxPackets: 30, txPackets: 60 },
  ]);
});

test(`the last ${SAMPLES} samples stay, oldest first`, () => {
  const rates = new RateHistory(at(0));
  for (let n = 1; n <= SAMPLES + 7; n += 1) rates.sample(counters(n * n), at(n));
  const all = rates.all();
  assert.equal(all.length, SAMPLES);
  assert.equal(all[0]!.rxPackets, 10 * (8 * 8 - 7 * 7));
  assert.equal(all.at(-1)!.rxPackets, 10 * ((SAMPLES + 7) ** 2 - (SAMPLES + 6) ** 2));
});

test("the rate of now is over two seconds at least, beginning with a sample or the session", () => {
  const rates = new RateHistory(at(0));
  assert.deepEqual(rates.lately(counters(0), at(0)).milliseconds, 0);
  rates.sample(counters(1), at(1));
  assert.deepEqual(rates.lately(counters(3), millis(at(1) + 1999)), {
    milliseconds: SAMPLE_EVERY + 1999,
    rxBytes: 3000,
    txBytes: 6000,
    rxPackets: 30,
    txPackets: 60,
  });
  const { milliseconds, rxPackets } = rates.lately(counters(3), millis(at(1) + 2000));
  assert.deepEqual([milliseconds, rxPackets], [2000, 20]);
});

test("what does not fit a sample is the most that one holds", () => {
  const rates = new RateHistory(at(0));
  rates.sample({ ...counters(0), rxBytes: 2 ** 40 }, at(1));
  assert.equal(rates.all()[0]!.rxBytes, 2 ** 32 - 1);
});

test("one timer samples all sessions, a thousand in a turn, and stops", async () => {
  const clock = new VirtualClock();
  let taken = 0;
  const call = {
    sampleRates() {
      taken += 1;
    },
  };
  const sampler = new RateSampler({ clock, sessions: () => Array.from({ length: 2500 }, () => call) });
  await clock.advance(SAMPLE_EVERY - 1);
  assert.equal(taken, 0);
  await clock.advance(1);
  for (let turn = 0; turn < 5; turn += 1) await clock.advance(0);
  assert.equal(taken, 2500);
  await clock.advance(SAMPLE_EVERY);
  for (let turn = 0; turn < 5; turn += 1) await clock.advance(0);
  assert.equal(taken, 5000);
  sampler.stop();
  await clock.advance(10 * SAMPLE_EVERY);
  assert.equal(taken, 5000);
});
