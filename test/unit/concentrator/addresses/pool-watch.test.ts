import assert from "node:assert/strict";
import { test } from "node:test";
import type { PoolFigures } from "../../../../server/concentrator/addresses/address-pools.ts";
import type { NearlyEmptyPool } from "../../../../server/concentrator/addresses/nearly-empty.ts";
import { PoolWatch } from "../../../../server/concentrator/addresses/pool-watch.ts";
import { Conditions } from "../../../../server/conditions/conditions.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

function watched() {
  const clock = new VirtualClock();
  const log: string[] = [];
  const note = (_fields: unknown, text: string) => void log.push(text);
  const conditions = new Conditions(clock, { warn: note, info: note });
  const room = { empty: [] as PoolFigures[], full: false, pools: [] as PoolFigures[] };
  const leases = {
    emptyPools: () => room.empty,
    figures: () => room.pools,
    max: 40,
    get full() {
      return room.full;
    },
  };
  const few: string[] = [];
  const nearlyEmpty = ({ pool, free, total }: NearlyEmptyPool) =>
    void few.push(`${pool} ${free} of ${total}`);
  const watch = new PoolWatch({ clock, conditions, leases, nearlyEmpty });
  const held = () => conditions.all().map(({ code, subject }) => `${code} ${subject}`.trim());
  return { clock, conditions, room, watch, held, log, few };
}

const COMMON = { name: "tunnel.pool", total: 4, used: 3, reserved: 1, free: 0 };
const GUESTS = { name: "guests", total: 2, used: 2, reserved: 0, free: 0 };

test("within five seconds a pool without an address left is a condition, named with its figures and the key", async () => {
  const { clock, conditions, room, held } = watched();
  room.empty = [COMMON, GUESTS];
  await clock.advance(5_000);
  assert.deepEqual(held(), ["pool-exhausted tunnel.pool", "pool-exhausted guests"]);
  const [common, guests] = conditions.all().map(({ sentence }) => sentence);
  assert.match(
    common!,
    /^tunnel\.pool has no address left: of 4, 3 in use, 1 reserved for users who are not/,
  );
  assert.match(common!, /Enlarge tunnel\.pool, or disconnect/);
  assert.match(guests!, /^pools\.guests has no address left: of 2, 2 in use\. .* Enlarge pools\.guests/);
});

test("it is over when there has been room for fifteen seconds, and not where clients come and go", async () => {
  const { clock, room, held, log } = watched();
  for (let minute = 0; minute < 60; minute++) {
    room.empty = [COMMON];
    await clock.advance(5_000);
    room.empty = [];
    await clock.advance(10_000);
    assert.deepEqual(held(), ["pool-exhausted tunnel.pool"]);
  }
  assert.equal(log.length, 1);
  await clock.advance(5_000);
  assert.deepEqual([held(), log.length], [[], 2]);
});

test("one pool with room again clears its own condition and no other", async () => {
  const { clock, room, held } = watched();
  room.empty = [COMMON, GUESTS];
  await clock.advance(5_000);
  room.empty = [GUESTS];
  await clock.advance(20_000);
  assert.deepEqual(held(), ["pool-exhausted guests"]);
});

test("as many sessions as there may be are a condition of their own", async () => {
  const { clock, conditions, room, held } = watched();
  room.full = true;
  await clock.advance(5_000);
  assert.deepEqual(held(), ["server-full"]);
  assert.match(conditions.all()[0]!.sentence, /^All 40 sessions are in use, .* Raise pptp\.max_sessions/);
  room.full = false;
  await clock.advance(20_000);
  assert.deepEqual(held(), []);
});

test("whoever asks for a look gets the truth of now, and a stopped watch looks no more by itself", async () => {
  const { clock, room, watch, held } = watched();
  room.empty = [COMMON];
  watch.check();
  assert.deepEqual(held(), ["pool-exhausted tunnel.pool"]);
  watch.stop();
  room.empty = [];
  await clock.advance(60_000);
  assert.deepEqual(held(), ["pool-exhausted tunnel.pool"]);
});

test("when the pools are others, what was said of the old ones is over at once", async () => {
  const { clock, room, watch, held } = watched();
  room.empty = [COMMON, GUESTS];
  room.full = true;
  await clock.advance(5_000);
  assert.equal(held().length, 3);
  room.empty = [COMMON];
  room.full = false;
  watch.poolsChanged();
  assert.deepEqual(held(), ["pool-exhausted tunnel.pool"]);
});

test("a pool of which a tenth is free is told once, and again only after there was twice as much room", async () => {
  const { clock, room, few } = watched();
  const pool = (free: number) => ({ name: "guests", total: 110, used: 100 - free, reserved: 10, free });
  for (const free of [11, 10, 9, 20, 10, 0, 21, 10]) {
    room.pools = [pool(free)];
    await clock.advance(5_000);
  }
  assert.deepEqual(few, ["guests 10 of 100", "guests 10 of 100"]);
});

test("a pool that has two addresses, or those of users alone, is never told as nearly empty", async () => {
  const { clock, room, few } = watched();
  room.pools = [
    { name: "two", total: 2, used: 1, reserved: 0, free: 1 },
    { name: "owned", total: 9, used: 0, reserved: 9, free: 0 },
  ];
  await clock.advance(5_000);
  assert.deepEqual(few, []);
});
