import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ClockWatch } from "../../../../server/concentrator/policy/clock-watch.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

/** A watch over some sessions; which were checked, and what the log has. */
function watched(
  t: TestContext,
  { at = "2030-01-01T00:00:00.000Z", sessions = 3, zone = "UTC", later = "" } = {},
) {
  process.env["TZ"] = zone;
  const clock = new VirtualClock(Date.parse(at));
  const lines: string[] = [];
  const checked: number[] = [];
  const watch = new ClockWatch({
    clock,
    log: { warn: (_fields, text) => void lines.push(text) },
    rereadTimeZone: () => {
      process.env["TZ"] = later || zone;
    },
    sessions: () => Array.from({ length: sessions }, (_, i) => ({ checkPolicy: () => void checked.push(i) })),
  });
  t.after(() => {
    watch.stop();
    assert.equal(clock.pending(), 0);
    process.env["TZ"] = "UTC";
  });
  return { clock, lines, checked };
}

for (const [words, step] of [
  ["forward by 3600 s", 3_600_000],
  ["back by 90.5 s", -90_500],
  ["forward by 1 s", 1000],
] as const)
  test(`a clock set ${words} is noticed once, within ten seconds, and said`, async (t) => {
    const { clock, lines, checked } = watched(t);
    await clock.advance(25_000);
    clock.setWallClock(step);
    assert.deepEqual(checked, []);
    await clock.advance(60_000);
    assert.deepEqual(checked, [0, 1, 2]);
    assert.equal(lines.length, 1);
    assert.ok(lines[0]!.includes(words), lines[0]);
  });

test("a clock that is slewed is not set, until it has gone astray by a second", async (t) => {
  const { clock, lines, checked } = watched(t);
  for (let i = 0; i < 9; i++) {
    clock.setWallClock(100);
    await clock.advance(10_000);
  }
  assert.deepEqual([checked, lines], [[], []]);
  clock.setWallClock(100);
  await clock.advance(10_000);
  assert.deepEqual(checked, [0, 1, 2]);
});

test("the beginning of summer time has everybody looked at", async (t) => {
  const { clock, lines, checked } = watched(t, { at: "2030-03-31T00:59:30.000Z", zone: "Europe/Berlin" });
  await clock.advance(29_000);
  assert.deepEqual(checked, []);
  await clock.advance(11_000);
  assert.deepEqual(checked, [0, 1, 2]);
  assert.match(lines[0]!, /another offset from UTC/);
});

test("another time zone of the host has everybody looked at", async (t) => {
  const { clock, checked } = watched(t, { later: "Asia/Tokyo" });
  await clock.advance(10_000);
  assert.deepEqual(checked, [0, 1, 2]);
  await clock.advance(60_000);
  assert.equal(checked.length, 3);
});

test("thousands of sessions are looked at in turns, each once", async (t) => {
  const { clock, checked } = watched(t, { sessions: 1001 });
  clock.setWallClock(60_000);
  await clock.advance(10_000);
  assert.deepEqual(
    checked,
    Array.from({ length: 1001 }, (_, i) => i),
  );
});
