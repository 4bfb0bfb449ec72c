import assert from "node:assert/strict";
import { test } from "node:test";
import type { WebhookProgress } from "../../../server/store/webhooks/webhook-types.ts";
import { afterFailure, isNoticed, waitAfter, waitLeft } from "../../../server/webhooks/schedule.ts";

const FRESH: WebhookProgress = {
  cursor: 7,
  attempts: 0,
  triedSince: null,
  failures: 0,
  nextAt: null,
  failingSince: null,
};

const at = (text: string) => new Date(`2026-03-${text}Z`);

test("the wait doubles from five seconds to an hour, a fifth more or less by chance", () => {
  const full = Array.from({ length: 12 }, (_, i) => waitAfter(i + 1, 0.5) / 1000);
  assert.deepEqual(full, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
  assert.deepEqual([waitAfter(1, 0), waitAfter(1, 1)], [4000, 6000]);
  assert.deepEqual([waitAfter(5000, 0), waitAfter(5000, 1)], [2_880_000, 4_320_000]);
});

test("a failure is tried again, and says since when nothing is taken", () => {
  const first = afterFailure(FRESH, at("01T10:00:00.000"), 0.5);
  assert.deepEqual(first, {
    step: {
      attempts: 1,
      triedSince: "2026-03-01T10:00:00.000Z",
      failures: 1,
      nextAt: "2026-03-01T10:00:05.000Z",
      failingSince: "2026-03-01T10:00:00.000Z",
    },
    givesUp: false,
    disables: false,
  });
  const second = afterFailure({ ...FRESH, ...first.step }, at("01T10:00:05.000"), 0.5);
  assert.equal(second.step.nextAt, "2026-03-01T10:00:15.000Z");
  assert.equal(second.step.triedSince, "2026-03-01T10:00:00.000Z");
});

test("an event is given up after a day; the next one does not begin anew with short waits", () => {
  const since = "2026-03-01T10:00:00.000Z";
  const tried = { ...FRESH, attempts: 30, triedSince: since, failures: 30, failingSince: since };
  assert.equal(afterFailure(tried, at("02T09:59:59.999"), 0.5).givesUp, false);
  const over = afterFailure(tried, at("02T10:00:00.000"), 0.5);
  assert.deepEqual(over, {
    step: {
      attempts: 0,
      triedSince: null,
      failures: 31,
      nextAt: "2026-03-02T11:00:00.000Z",
      failingSince: since,
    },
    givesUp: true,
    disables: false,
  });
});

test("three days of nothing but failures disable it", () => {
  const failing = { ...FRESH, failures: 80, failingSince: "2026-03-01T10:00:00.000Z" };
  assert.equal(afterFailure(failing, at("04T09:59:59.999"), 0.5).disables, false);
  assert.equal(afterFailure(failing, at("04T10:00:00.000"), 0.5).disables, true);
});

test("what is left of the wait is never more than there can be, whatever the wall clock says", () => {
  const now = at("01T10:00:00.000");
  assert.equal(waitLeft({ nextAt: null }, now), 0);
  assert.equal(waitLeft({ nextAt: "2026-03-01T10:00:05.000Z" }, now), 5000);
  assert.equal(waitLeft({ nextAt: "2026-03-01T09:00:00.000Z" }, now), 0);
  assert.equal(waitLeft({ nextAt: "2029-01-01T00:00:00.000Z" }, now), 4_320_000);
});

test("ten minutes without anything taken are worth a look", () => {
  const since = { failingSince: "2026-03-01T10:00:00.000Z" };
  assert.equal(isNoticed(since, at("01T10:09:59.999")), false);
  assert.equal(isNoticed(since, at("01T10:10:00.000")), true);
  assert.equal(isNoticed({ failingSince: null }, at("01T10:10:00.000")), false);
});
