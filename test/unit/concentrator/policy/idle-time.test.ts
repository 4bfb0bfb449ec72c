import assert from "node:assert/strict";
import { test } from "node:test";
import { IdleTime } from "../../../../server/concentrator/policy/idle-time.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

/** A session that comes up now, and whoever uses it. */
function session() {
  const clock = new VirtualClock();
  let last = 0;
  const idle = new IdleTime(clock, () => last);
  const use = () => {
    last = clock.date().getTime();
  };
  return { clock, idle, use };
}

test("a session that nobody uses is idle since it came up, however often that is asked", async () => {
  const { clock, idle } = session();
  await clock.advance(1000);
  assert.equal(idle.now(), 1000);
  await clock.advance(500);
  assert.equal(idle.now(), 1500);
});

test("idle time begins with the last use", async () => {
  const { clock, idle, use } = session();
  await clock.advance(1000);
  use();
  await clock.advance(300);
  assert.equal(idle.now(), 300);
  await clock.advance(200);
  assert.equal(idle.now(), 500);
});

for (const step of [3_600_000, -3_600_000]) {
  const way = step > 0 ? "forward" : "back";
  test(`a wall clock that is set ${way} makes a session that is not used neither idle nor busy`, async () => {
    const { clock, idle, use } = session();
    await clock.advance(1000);
    use();
    assert.equal(idle.now(), 0);
    clock.setWallClock(step);
    await clock.advance(400);
    assert.equal(idle.now(), 400);
  });

  test(`a use before the clock is set ${way} counts from when it was, and so does one behind that`, async () => {
    const before = session();
    await before.clock.advance(1000);
    before.use();
    await before.clock.advance(100);
    before.clock.setWallClock(step);
    await before.clock.advance(200);
    assert.equal(before.idle.now(), 300);
    const behind = session();
    await behind.clock.advance(1000);
    behind.clock.setWallClock(step);
    await behind.clock.advance(100);
    behind.use();
    await behind.clock.advance(200);
    assert.equal(behind.idle.now(), 200);
  });
}

test("a use of a time that cannot be is one of now", async () => {
  const { clock, idle, use } = session();
  clock.setWallClock(5_000_000);
  await clock.advance(1000);
  use();
  clock.setWallClock(-9_000_000);
  await clock.advance(1000);
  assert.equal(idle.now(), 0);
});
