import assert from "node:assert/strict";
import { test } from "node:test";
import { webhookBench } from "../../support/webhooks.ts";

const HOUR = 3_600_000;

test("a restart goes on with the next event, and nothing is left out", async (t) => {
  const b = await webhookBench(t);
  const { id } = await b.add();
  b.happen(2);
  await b.pass(1000);
  b.receiver.answers = ["never"];
  b.happen(2);
  await b.pass(1000);
  assert.deepEqual(b.receiver.ids(), [1, 2, 3]);
  await b.stop();
  assert.deepEqual([b.receiver.open, b.receiver.closed, b.clock.pending()], [0, true, 0]);
  b.receiver.answers = [200];
  const again = await webhookBench(t, b);
  again.happen(1);
  await again.pass(1000);
  assert.deepEqual(b.receiver.ids(), [1, 2, 3, 3, 4, 1_000_001]);
  assert.equal(again.store.webhooks.get(id)!.cursor, 1_000_001);
});

test("a restart within a wait waits for what is left of it", async (t) => {
  const b = await webhookBench(t);
  await b.add();
  b.receiver.answers = [500, 500, 500, 500, 200];
  b.happen();
  await b.pass(5000 + 10_000 + 20_000 + 10_000);
  assert.equal(b.receiver.sent.length, 4);
  await b.stop();
  const again = await webhookBench(t, b);
  await again.pass(29_000);
  assert.equal(b.receiver.sent.length, 4);
  await again.pass(1000);
  assert.equal(b.receiver.sent.length, 5);
});

test("where events it has not got are forgotten, it is told so, once", async (t) => {
  const b = await webhookBench(t);
  b.store.events.retain(() => ({ keep: 100, days: 0 }));
  const { id } = await b.add();
  b.happen(2);
  await b.pass(1000);
  b.receiver.answers = [500];
  b.happen(1);
  await b.pass(1000);
  for (let i = 0; i < 20; i += 1) {
    b.happen(50);
    await b.pass(10);
  }
  const [oldest] = await b.store.events.read({ after: 0, limit: 1 });
  assert.ok(oldest!.id > 700, `${oldest!.id}`);
  b.receiver.answers = [500, 200];
  b.receiver.sent.length = 0;
  // What it had read before it failed it has still; the rest is gone.
  await b.pass(HOUR);
  const told = b.receiver.sent.map(({ body, headers }) => ({
    ...JSON.parse(body),
    name: headers["pacd-event-id"],
  }));
  const gaps = told.filter(({ type }) => type === "gap");
  assert.deepEqual(gaps, [
    {
      id: null,
      at: gaps[0].at,
      type: "gap",
      data: { after: gaps[0].data.after },
      name: `gap-${gaps[0].data.after}`,
    },
  ]);
  const numbers = told.map(({ id: number }) => number);
  assert.equal(numbers[numbers.indexOf(null) + 1], oldest!.id);
  assert.equal(numbers.at(-1), 1003);
  assert.deepEqual([b.store.webhooks.get(id)!.cursor, b.deliverer.pendingOf(id)], [1003, 0]);
});
