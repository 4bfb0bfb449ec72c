import assert from "node:assert/strict";
import { test } from "node:test";
import { DialCounters } from "../../../../server/concentrator/records/dial-counters.ts";

test("a dial counts when it begins and once more when it comes up; it failed where it never did", () => {
  const counters = new DialCounters();
  for (let i = 0; i < 3; i++) counters.began();
  counters.cameUp();
  counters.ended("client-hung-up", true);
  counters.ended("gre-blocked", false);
  assert.deepEqual(counters.dials(), { started: 3, connected: 1, failed: 1 });
  assert.deepEqual(counters.verdicts(), { "client-hung-up": 1, "gre-blocked": 1 });
});

test("faults of control connections are counted by their code, and are no dials", () => {
  const counters = new DialCounters();
  for (const fault of ["ignored", "ignored", "bad-version"] as const) counters.fault(fault);
  assert.deepEqual(counters.faults(), { ignored: 2, "bad-version": 1 });
  assert.deepEqual(counters.dials(), { started: 0, connected: 0, failed: 0 });
});
