import assert from "node:assert/strict";
import { test } from "node:test";
import { CallIds } from "../../../../server/concentrator/calls/call-ids.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";

const any = () => true;

/** Call IDs with a registry that has each one that was given, until it is released. */
class Given {
  readonly #taken = new Set<number>();
  readonly #ids: CallIds;
  constructor(random: () => number) {
    this.#ids = new CallIds(this.#taken, random);
  }
  take(suits: (id: number) => boolean): number | undefined {
    const id = this.#ids.free(suits);
    if (id !== undefined) this.#taken.add(id);
    return id;
  }
  release(id: number): void {
    this.#taken.delete(id);
  }
}

test("an ID is what chance says", () => {
  const ids = new Given(() => 0x1234);
  assert.equal(ids.take(any), 0x1234);
});

test("an ID in use is never given again until it is released", () => {
  const ids = new Given(() => 7);
  assert.deepEqual([ids.take(any), ids.take(any)], [7, 8]);
  ids.release(toCallId(7));
  assert.equal(ids.take(any), 7);
});

test("0 is never given", () => {
  assert.equal(new Given(() => 0).take(any), 1);
});

test("after 65535 comes 1", () => {
  const ids = new Given(() => 0xffff);
  assert.deepEqual([ids.take(any), ids.take(any)], [0xffff, 1]);
});

test("65,535 IDs are given and then no more", () => {
  let next = 40_000;
  const ids = new Given(() => next++);
  const given = new Set<number | undefined>();
  for (let i = 0; i < 0xffff; i++) given.add(ids.take(any));
  assert.equal(given.size, 0xffff);
  assert.ok(!given.has(undefined));
  assert.equal(ids.take(any), undefined);
});

test("an ID that suits is given before all others, the next one after what chance says", () => {
  const ids = new Given(() => 7);
  const even = (id: number) => id % 2 === 0;
  assert.deepEqual([ids.take(even), ids.take(even), ids.take(any)], [8, 10, 7]);
});

test("of those that suit, chance gives each as often as the others", () => {
  let next = 0;
  const ids = new Given(() => next++);
  const given = new Map<number | undefined, number>();
  for (let i = 0; i <= 0xffff; i++) {
    const id = ids.take((candidate) => candidate % 0x1000 === 5);
    given.set(id, (given.get(id) ?? 0) + 1);
    ids.release(id!);
  }
  assert.deepEqual(new Set(given.values()), new Set([0x1000]));
  assert.equal(given.size, 16);
});

test("where none that suits is left, any is given", () => {
  const ids = new Given(() => 0xffff);
  const suits = (id: number) => id === 3;
  assert.deepEqual([ids.take(suits), ids.take(suits)], [3, 0xffff]);
});
