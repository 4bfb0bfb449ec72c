import assert from "node:assert/strict";
import { test } from "node:test";
import { AddressPool } from "../../../server/concentrator/address-pool.ts";
import { type Ipv4, ipv4 } from "../../../server/wire/ipv4.ts";
import { fc } from "../../support/fc.ts";

const range = (first: number, last: number) => ({ first: ipv4(first), last: ipv4(last) });
const nobody = () => false;

test("addresses come in order, over all ranges, and then no more", () => {
  const pool = new AddressPool([range(10, 11), range(20, 20)], []);
  assert.deepEqual([pool.take(nobody), pool.take(nobody), pool.take(nobody)], [10, 11, 20]);
  assert.equal(pool.take(nobody), undefined);
  assert.equal(pool.free, 0);
});

test("a released address comes after those that were released before it", () => {
  const pool = new AddressPool([range(1, 3)], []);
  for (const _ of [1, 2, 3]) pool.take(nobody);
  pool.release(ipv4(2));
  pool.release(ipv4(1));
  assert.deepEqual([pool.take(nobody), pool.take(nobody)], [2, 1]);
});

test("a reserved address inside the range is never handed out and does not count", () => {
  const pool = new AddressPool([range(1, 3)], [ipv4(2)]);
  assert.equal(pool.total, 2);
  assert.deepEqual([pool.take(nobody), pool.take(nobody), pool.take(nobody)], [1, 3, undefined]);
  assert.equal(pool.takeExactly(ipv4(2)), false);
});

test("an address that belongs to a user is passed over, and given when it belongs to nobody again", () => {
  const pool = new AddressPool([range(1, 2)], []);
  assert.equal(
    pool.take((address) => address === 1),
    2,
  );
  assert.equal(
    pool.take((address) => address === 1),
    undefined,
  );
  assert.equal(pool.take(nobody), 1);
});

test("a static address outside the ranges is held once and does not change what is free", () => {
  const pool = new AddressPool([range(1, 2)], []);
  assert.equal(pool.takeExactly(ipv4(9)), true);
  assert.equal(pool.takeExactly(ipv4(9)), false);
  assert.equal(pool.free, 2);
  pool.release(ipv4(9));
  assert.equal(pool.takeExactly(ipv4(9)), true);
});

test("a static address inside the ranges is not handed out dynamically as well", () => {
  const pool = new AddressPool([range(1, 2)], []);
  assert.equal(pool.takeExactly(ipv4(1)), true);
  assert.equal(pool.free, 1);
  assert.deepEqual([pool.take(nobody), pool.take(nobody)], [2, undefined]);
});

test("releasing what nobody holds changes nothing", () => {
  const pool = new AddressPool([range(1, 2)], []);
  pool.release(ipv4(1));
  pool.release(ipv4(77));
  assert.equal(pool.free, 2);
});

test("whatever is taken and released, no two holders have one address and the count is right", () => {
  const step = fc.record({ take: fc.constantFrom("dynamic", "static", "release"), which: fc.nat(12) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const pool = new AddressPool([range(1, 4), range(6, 8)], [ipv4(3)]);
      const held = new Set<Ipv4>();
      for (const { take, which } of steps) {
        if (take === "release") {
          const address = [...held][which % (held.size || 1)];
          if (address !== undefined) pool.release(address);
          if (address !== undefined) held.delete(address);
        } else if (take === "static") {
          if (pool.takeExactly(ipv4(which))) {
            assert.ok(!held.has(ipv4(which)));
            held.add(ipv4(which));
          }
        } else {
          const address = pool.take(nobody);
          if (address === undefined) continue;
          assert.ok(!held.has(address) && address !== 3);
          held.add(address);
        }
        const dynamic = [...held].filter((a) => (a >= 1 && a <= 4) || (a >= 6 && a <= 8)).length;
        assert.equal(pool.free, 6 - dynamic);
      }
    }),
  );
});
