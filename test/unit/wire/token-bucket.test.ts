import assert from "node:assert/strict";
import { test } from "node:test";
import { TokenBucket } from "../../../server/wire/token-bucket.ts";

const takeAll = (bucket: TokenBucket, now: number): number => {
  let taken = 0;
  while (bucket.take(now)) taken += 1;
  return taken;
};

test("a burst passes at once, and then nothing", () => {
  assert.equal(takeAll(new TokenBucket(64, 50), 0), 64);
});

test("tokens come back at the given rate, up to the burst", () => {
  const bucket = new TokenBucket(64, 50);
  takeAll(bucket, 1000);
  assert.equal(takeAll(bucket, 1019), 0);
  assert.equal(takeAll(bucket, 1020), 1);
  assert.equal(takeAll(bucket, 2020), 50);
  assert.equal(takeAll(bucket, 60_000), 64);
});

test("time that does not advance gives no token", () => {
  const bucket = new TokenBucket(2, 1000);
  takeAll(bucket, 5);
  assert.ok(!bucket.take(5));
  assert.ok(!bucket.take(4));
});
