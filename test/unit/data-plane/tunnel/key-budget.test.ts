import assert from "node:assert/strict";
import { test } from "node:test";
import {
  KEY_CHANGES,
  KEY_CHANGES_PER_PACKET,
  KEY_CHANGES_PER_SECOND,
  KEY_CHANGES_RESERVED,
  OVERDRAFTS,
  STRIKE_SPACING,
} from "../../../../server/data-plane/limits.ts";
import { KeyBudget } from "../../../../server/data-plane/tunnel/key-budget.ts";
import { KERNEL_ENTRY } from "../../../../server/mppe/kernel.ts";
import { MAX_JUMP, MAX_LOST } from "../../../../server/mppe/limits.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { Bench, SPEC } from "../../../support/data-plane/bench.ts";
import { numbered } from "../../../support/data-plane/disorder.ts";
import type { TunnelClient } from "../../../support/data-plane/tunnel-client.ts";

test("the largest loss that can be bridged is paid for, and small ones after it", () => {
  const budget = new KeyBudget();
  assert.ok(budget.pays(MAX_LOST));
  assert.ok(!budget.pays(MAX_LOST));
  for (let i = 0; i < 60; i += 1) assert.ok(budget.pays(MAX_JUMP));
});

test("time gives back, up to what there was; large jumps leave a reserve", () => {
  const budget = new KeyBudget();
  while (budget.pays(MAX_JUMP));
  budget.now = 1000;
  assert.ok(!budget.pays(KEY_CHANGES_PER_SECOND));
  assert.ok(budget.pays(KEY_CHANGES_PER_SECOND - KEY_CHANGES_RESERVED));
  budget.now = 1e9;
  assert.ok(budget.pays(KEY_CHANGES - KEY_CHANGES_RESERVED));
  assert.ok(!budget.pays(KEY_CHANGES_RESERVED + 1));
});

test(`a client of whose packets one in ${KEY_CHANGES_PER_PACKET + 1} arrives is bridged for ever`, () => {
  const budget = new KeyBudget();
  for (let packet = 0; packet < 100_000; packet += 1) {
    assert.ok(budget.pays(KEY_CHANGES_PER_PACKET));
    budget.proved();
  }
});

/** Asks for too much, every so many milliseconds, and says after how many ms that was the end of it. */
function untilOverdrawn(budget: KeyBudget, each: number, between: () => void = () => {}): number | undefined {
  const from = budget.now;
  for (let ms = 0; ms < 60_000; ms += each) {
    budget.now = from + ms;
    if (!budget.pays(KEY_CHANGES) && budget.overdrawn()) return ms;
    between();
  }
  return undefined;
}

test("five seconds of asking for more than there is are the end, however often it is asked", () => {
  for (const each of [1, 10, STRIKE_SPACING])
    assert.equal(untilOverdrawn(new KeyBudget(), each), OVERDRAFTS * STRIKE_SPACING);
  assert.equal(untilOverdrawn(new KeyBudget(), 2000), undefined);
});

test("a client that goes on where it was has not asked: somebody else has", () => {
  const budget = new KeyBudget();
  assert.equal(
    untilOverdrawn(budget, 10, () => budget.proved()),
    undefined,
  );
});

test("a client that jumps again behind what was refused has asked itself", () => {
  const budget = new KeyBudget();
  const ended = untilOverdrawn(budget, 10, () => {
    if (budget.pays(MAX_JUMP)) budget.proved();
  });
  assert.ok(ended !== undefined);
});

/**
 * Loses so many packets before each of two that follow each other, as fast as it can, and counts the changes
 * that are made.
 */
async function hostile(lost: number, each: number, seconds: number) {
  let changes = 0;
  // Only counts: what is sent is in clear behind its header.
  const bench = new Bench(undefined, (_records, _octets, entries, count) => {
    for (let i = 0; i < count; i += 1) changes += entries[KERNEL_ENTRY * i + 1]!;
  });
  const client = await bench.client();
  const jump = (n: number) => {
    client.sequence += lost;
    for (let i = 0; i < 2; i += 1)
      client.frame(concat(bytes`ff03 00fd`, header(n + i), bytes`0021`, numbered(i)));
  };
  let count = 0;
  let ended: number | undefined;
  for (let ms = 0; ms < seconds * 1000; ms += each) {
    count += lost;
    jump(count);
    count += 2;
    await bench.clock.advance(each);
    if (ended === undefined && bench.broken.length > 0) ended = ms;
  }
  return { bench, changes, ended };
}

const header = (count: number): Uint8Array => {
  const word = 0x9000 | (count & 0xfff);
  return Uint8Array.of(word >> 8, word);
};

for (const lost of [900, 5_000, MAX_LOST])
  test(`jumps of ${lost} cost no more than the budget, and are the end of the tunnel`, async () => {
    const { bench, changes, ended } = await hostile(lost, 5, 8);
    assert.ok(changes <= KEY_CHANGES + 8.1 * KEY_CHANGES_PER_SECOND, `${changes} key changes`);
    assert.ok(ended !== undefined && ended >= 5_000, `ended after ${ended} ms`);
    assert.deepEqual(bench.faults, ["mppe-over-budget"]);
    assert.ok((bench.drops()["mppe-over-budget"] ?? 0) > 500);
  });

test("a tunnel that is over its budget takes none of another's", async () => {
  const bench = new Bench();
  const client = await bench.client();
  const spec = { callId: toCallId(0x1111), peerCallId: toPeerCallId(0x1111) };
  const other: TunnelClient = await bench.client({ spec });
  for (let n = 0; n < 4; n += 1) {
    client.sequence += MAX_LOST;
    for (let i = 0; i < 2; i += 1)
      client.frame(concat(bytes`ff03 00fd`, header(n * MAX_LOST), new Uint8Array(9)));
  }
  other.data(numbered(9));
  for (let i = 0; i < 961; i += 1) other.sealed(bytes`0021`);
  other.sequence += 961;
  for (let i = 0; i < 2; i += 1) other.data(numbered(i));
  await bench.settle();
  assert.equal(bench.tun.take().length, 3);
});

test("a loss that cannot be paid for at once is bridged when time has paid for it", async () => {
  const bench = new Bench();
  const client = await bench.client();
  const lose = (count: number) => {
    for (let i = 0; i < count; i += 1) client.sealed(bytes`0021`);
    client.sequence += count;
  };
  client.data(numbered(0));
  for (let i = 0; i < 2; i += 1) {
    lose(60_000);
    for (let n = 0; n < 2; n += 1) client.data(numbered(n));
    await bench.settle();
  }
  assert.equal(bench.tun.take().length, 5);
  lose(20_000);
  let waited = 0;
  for (; bench.tun.take().length === 0 && waited < 5000; waited += 20) {
    client.data(numbered(1));
    await bench.clock.advance(20);
  }
  assert.ok(waited > 500 && waited < 2000, `${waited} ms`);
  for (let n = 0; n < 5; n += 1) client.data(numbered(n));
  await bench.settle();
  assert.equal(bench.tun.take().length, 5);
  assert.deepEqual(bench.broken, []);
});

test("what comes while keys go far is held, and comes out in its order", async () => {
  const bench = new Bench();
  const client = await bench.client();
  client.data(numbered(0));
  await bench.settle();
  for (let i = 0; i < 20_000; i += 1) client.sealed(bytes`0021`);
  client.sequence += 20_000;
  for (let n = 1; n <= 30; n += 1) client.data(numbered(n));
  await bench.settle();
  assert.deepEqual(
    bench.tun.take().map(({ bytes: packet }) => packet.at(-1)),
    Array.from({ length: 31 }, (_, n) => n),
  );
  assert.deepEqual(bench.drops(), {});
});

for (const [what, change] of [
  ["is removed", (bench: Bench) => bench.plane.remove(SPEC.callId)],
  ["is shut", (bench: Bench) => bench.plane.closeNetwork(SPEC.callId)],
] as const)
  test(`a tunnel that ${what} while its keys go far leaves nothing behind`, async () => {
    const bench = new Bench();
    const client = await bench.client();
    client.sequence += MAX_LOST;
    for (let i = 0; i < 4; i += 1) client.frame(concat(bytes`ff03 00fd`, header(7 + i), new Uint8Array(40)));
    for (let turn = 0; turn < 40; turn += 1) await undefined;
    change(bench);
    await bench.clock.advance(1000);
    assert.equal(bench.clock.pending(), 0);
    assert.deepEqual(bench.tun.take(), []);
  });
