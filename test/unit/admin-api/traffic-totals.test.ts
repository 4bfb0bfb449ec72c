import assert from "node:assert/strict";
import { test } from "node:test";
import { type Traffic, TrafficTotals } from "../../../admin-api/metrics/traffic-totals.ts";
import type { PacdEvent } from "../../../server/events/register.ts";

const counters = (rxBytes: number): Traffic => ({
  rxBytes,
  txBytes: 2 * rxBytes,
  rxPackets: 1,
  txPackets: 2,
});

function bench() {
  const live = new Map<string, Traffic>();
  const totals = new TrafficTotals(() => [...live].map(([id, traffic]) => ({ id, ...traffic })));
  const event = (type: string, data: object) => totals.happened({ type, data } as unknown as PacdEvent);
  return {
    live,
    totals,
    up(session: string, user = "anna", pool: string | null = "tunnel.pool", group: string | null = null) {
      live.set(session, counters(0));
      event("session-up", { session, user, pool, group });
    },
    down(session: string, rxBytes: number) {
      live.delete(session);
      event("session-down", { session, ...counters(rxBytes) });
    },
    bytes: (by: "all" | "pool" | "group" | "user") =>
      Object.fromEntries([...totals.totals(by)].map(([key, { rxBytes }]) => [key, rxBytes])),
  };
}

test("what live sessions and those that ended have carried is summed up by pool, group and user", () => {
  const b = bench();
  b.up("s1");
  b.up("s2", "bob", "guests", "staff");
  b.live.set("s1", counters(100));
  b.live.set("s2", counters(7));
  assert.deepEqual(b.bytes("pool"), { "tunnel.pool": 100, guests: 7 });
  b.down("s1", 120);
  b.up("s3");
  b.live.set("s3", counters(1));
  assert.deepEqual(b.bytes("pool"), { "tunnel.pool": 121, guests: 7 });
  assert.deepEqual(b.bytes("group"), { "": 121, staff: 7 });
  assert.deepEqual(b.bytes("user"), { anna: 121, bob: 7 });
  assert.deepEqual(b.bytes("all"), { "": 128 });
});

test("a session that is no longer up and not yet told as over keeps what it had: no total goes down", () => {
  const b = bench();
  b.up("s1");
  b.live.set("s1", counters(100));
  assert.deepEqual(b.bytes("all"), { "": 100 });
  b.live.delete("s1");
  assert.deepEqual(b.bytes("all"), { "": 100 });
  b.down("s1", 110);
  assert.deepEqual(b.bytes("all"), { "": 110 });
});

test("the most sessions at once stay when they are gone", () => {
  const b = bench();
  b.up("s1");
  b.up("s2");
  b.down("s1", 0);
  b.up("s3");
  assert.equal(b.totals.peak, 2);
});
