import assert from "node:assert/strict";
import { test } from "node:test";
import { AddressPool } from "../../../../server/concentrator/addresses/address-pool.ts";
import { type Ipv4, ipv4 } from "../../../../server/wire/ipv4.ts";
import { fc } from "../../../support/fc.ts";

const range = (first: number, last: number) => ({ first: ipv4(first), last: ipv4(last) });
/** As `used`, `kept` and `free` add up to. */
const figures = ({ used, kept, free }: AddressPool) => ({ used, kept, free });

test("addresses come in order, over all ranges, and then no more", () => {
  const pool = new AddressPool([range(10, 11), range(20, 20)], []);
  assert.deepEqual([pool.take(), pool.take(), pool.take()], [10, 11, 20]);
  assert.equal(pool.take(), undefined);
  assert.equal(pool.free, 0);
});

test("a released address comes after those that were released before it", () => {
  const pool = new AddressPool([range(1, 3)], []);
  for (const _ of [1, 2, 3]) pool.take();
  pool.release(ipv4(2));
  pool.release(ipv4(1));
  assert.deepEqual([pool.take(), pool.take()], [2, 1]);
});

test("a reserved address inside the range is never handed out and does not count", () => {
  const pool = new AddressPool([range(1, 3)], [ipv4(2)]);
  assert.equal(pool.total, 2);
  pool.own(ipv4(2), true);
  assert.deepEqual(figures(pool), { used: 0, kept: 0, free: 2 });
  assert.deepEqual([pool.take(), pool.take(), pool.take()], [1, 3, undefined]);
  assert.equal(pool.takeExactly(ipv4(2)), false);
});

test("an address that belongs to a user is passed over, and given when it belongs to nobody again", () => {
  const pool = new AddressPool([range(1, 2)], []);
  pool.own(ipv4(1), true);
  assert.deepEqual([pool.take(), pool.take()], [2, undefined]);
  pool.own(ipv4(1), false);
  assert.deepEqual([pool.take(), pool.take()], [1, undefined]);
});

test("an address that belongs to a user counts as kept, and as used while the user has it", () => {
  const pool = new AddressPool([range(1, 3)], []);
  pool.own(ipv4(1), true);
  assert.deepEqual(figures(pool), { used: 0, kept: 1, free: 2 });
  pool.takeExactly(ipv4(1));
  assert.deepEqual(figures(pool), { used: 1, kept: 0, free: 2 });
  pool.release(ipv4(1));
  assert.deepEqual(figures(pool), { used: 0, kept: 1, free: 2 });
});

test("an address that is given to a user while somebody holds it goes to nobody else afterwards", () => {
  const pool = new AddressPool([range(1, 1)], []);
  pool.take();
  pool.own(ipv4(1), true);
  assert.deepEqual(figures(pool), { used: 1, kept: 0, free: 0 });
  pool.release(ipv4(1));
  assert.deepEqual(figures(pool), { used: 0, kept: 1, free: 0 });
  assert.equal(pool.take(), undefined);
});

test("an address that is taken from a user who holds it is free afterwards", () => {
  const pool = new AddressPool([range(1, 1)], []);
  pool.own(ipv4(1), true);
  pool.takeExactly(ipv4(1));
  pool.own(ipv4(1), false);
  assert.deepEqual(figures(pool), { used: 1, kept: 0, free: 0 });
  pool.release(ipv4(1));
  assert.deepEqual([pool.free, pool.take()], [1, 1]);
});

test("a static address outside the ranges is held once and does not change the figures", () => {
  const pool = new AddressPool([range(1, 2)], []);
  pool.own(ipv4(9), true);
  assert.equal(pool.takeExactly(ipv4(9)), true);
  assert.equal(pool.takeExactly(ipv4(9)), false);
  assert.deepEqual(figures(pool), { used: 0, kept: 0, free: 2 });
  pool.release(ipv4(9));
  pool.own(ipv4(9), false);
  assert.equal(pool.takeExactly(ipv4(9)), true);
});

test("releasing what nobody holds changes nothing, nor does a second word about an owner", () => {
  const pool = new AddressPool([range(1, 3)], []);
  pool.release(ipv4(1));
  pool.release(ipv4(77));
  for (const owned of [false, true, true]) pool.own(ipv4(1), owned);
  assert.deepEqual(figures(pool), { used: 0, kept: 1, free: 2 });
});

test("a pool of millions with ten thousand owners answers at once, however often", () => {
  const pool = new AddressPool([range(1, 16_000_000)], []);
  for (let owner = 1; owner <= 10_000; owner++) pool.own(ipv4(owner), true);
  assert.equal(pool.take(), 10_001);
  for (let look = 0; look < 1_000_000; look++) pool.free;
  assert.deepEqual(figures(pool), { used: 1, kept: 10_000, free: 15_989_999 });
});

test("whatever happens, no two holders have one address, owners keep theirs, and free is what can be taken", () => {
  const what = fc.constantFrom("take", "static", "release", "own", "disown");
  const step = fc.record({ what, which: fc.nat(12) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const pool = new AddressPool([range(1, 4), range(6, 8)], [ipv4(3)]);
      const inside = new Set([1, 2, 4, 6, 7, 8]);
      const held = new Set<Ipv4>();
      const owned = new Set<Ipv4>();
      for (const { what, which } of steps) {
        const address = ipv4(which);
        if (what === "own" || what === "disown") {
          pool.own(address, what === "own");
          if (what === "own") owned.add(address);
          else owned.delete(address);
        } else if (what === "release") {
          const gone = [...held][which % (held.size || 1)];
          if (gone !== undefined) pool.release(gone);
          if (gone !== undefined) held.delete(gone);
        } else if (what === "static") {
          assert.equal(pool.takeExactly(address), address !== 3 && !held.has(address));
          if (address !== 3) held.add(address);
        } else {
          const free = pool.free;
          const taken = pool.take();
          assert.equal(taken !== undefined, free > 0);
          if (taken === undefined) continue;
          assert.ok(inside.has(taken) && !held.has(taken) && !owned.has(taken));
          held.add(taken);
        }
        const used = [...held].filter((one) => inside.has(one)).length;
        const kept = [...owned].filter((one) => inside.has(one) && !held.has(one)).length;
        assert.deepEqual(figures(pool), { used, kept, free: 6 - used - kept });
      }
      for (let left = pool.free; left > 0; left--) assert.ok(pool.take() !== undefined);
      assert.equal(pool.take(), undefined);
    }),
  );
});
