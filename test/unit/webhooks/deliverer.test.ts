import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import type { Store } from "../../../server/store/store-types.ts";
import { HOOK, SECRET, webhookBench } from "../../support/webhooks.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const refused = (code = "ECONNREFUSED") => Object.assign(new Error("connect"), { code });

async function deliveries(store: Store, id: string) {
  const { items } = await store.webhooks.deliveries(id, { limit: 1000 });
  return items.map(({ eventId, attempt, result }) => [eventId, attempt, result]);
}

test("each event is one signed request, in order, with the body that the stream of events has", async (t) => {
  const b = await webhookBench(t);
  const { id } = await b.add();
  b.happen(3);
  await b.pass(1000);
  assert.deepEqual(b.receiver.ids(), [1, 2, 3]);
  const [{ url, headers, body }] = b.receiver.sent as [(typeof b.receiver.sent)[number]];
  assert.equal(url, HOOK.url);
  assert.equal(
    body,
    '{"id":1,"at":"2026-03-01T10:00:00.000Z","type":"pool-nearly-empty","data":{"pool":"tunnel.pool","free":0,"total":9,"threshold":9}}',
  );
  const stamp = String(Date.UTC(2026, 2, 1, 10) / 1000);
  const expected = createHmac("sha256", SECRET).update(`${stamp}.`).update(Buffer.from(body)).digest("hex");
  assert.deepEqual(headers, {
    "content-type": "application/json",
    "user-agent": "pacd/1.2.3",
    "pacd-webhook-id": id,
    "pacd-event-id": "1",
    "pacd-timestamp": stamp,
    "pacd-signature": `v1=${expected}`,
  });
  assert.deepEqual(await deliveries(b.store, id), [
    [3, 1, "delivered"],
    [2, 1, "delivered"],
    [1, 1, "delivered"],
  ]);
  assert.deepEqual([b.store.webhooks.get(id)!.cursor, b.deliverer.pendingOf(id)], [3, 0]);
  assert.deepEqual(b.errors, []);
});

test("what fails is tried again with growing waits, and those behind it wait", async (t) => {
  const b = await webhookBench(t);
  const { id } = await b.add();
  b.receiver.answers = [500, refused(), { status: 302, location: "https://x.example/?key=secret" }, 200];
  b.happen(2);
  await b.pass(1000);
  assert.deepEqual([b.receiver.ids(), b.deliverer.pendingOf(id)], [[1], 2]);
  const failing = b.store.webhooks.get(id)!;
  assert.deepEqual(
    [failing.attempts, failing.failingSince, failing.nextAt],
    [1, "2026-03-01T10:00:00.000Z", "2026-03-01T10:00:05.000Z"],
  );
  await b.pass(HOUR);
  assert.deepEqual(b.receiver.ids(), [1, 1, 1, 1, 2]);
  assert.deepEqual(
    b.receiver.sent.map(({ at }) => Math.round(at / 1000)),
    [0, 5, 15, 35, 35],
  );
  const page = await b.store.webhooks.deliveries(id, { limit: 10, result: "failed" });
  assert.deepEqual(
    page.items.map(({ detail, status }) => [status, detail]),
    [
      [
        302,
        "It answered 302, which leads to https://x.example/. Redirects are not followed: give the web hook that URL.",
      ],
      [null, "Nothing listens there: the connection was refused (ECONNREFUSED)."],
      [500, "It answered 500."],
    ],
  );
  const { attempts, failures, failingSince, nextAt } = b.store.webhooks.get(id)!;
  assert.deepEqual([attempts, failures, failingSince, nextAt], [0, 0, null, null]);
});

test("no answer within ten seconds is a failure, and the request is given up", async (t) => {
  const b = await webhookBench(t);
  const { id } = await b.add();
  b.receiver.answers = ["never", 204];
  b.happen();
  await b.pass(9999);
  assert.deepEqual([b.receiver.open, await deliveries(b.store, id)], [1, []]);
  await b.pass(10_000);
  assert.deepEqual(b.receiver.ids(), [1, 1]);
  const { items } = await b.store.webhooks.deliveries(id, { limit: 10 });
  assert.deepEqual(
    items.map(({ durationMs, detail }) => [durationMs, detail]),
    [
      [0, "It answered 204."],
      [10_000, "There was no answer within 10 seconds."],
    ],
  );
});

test("filters leave out what is not wanted, and what is passed over is not looked at again", async (t) => {
  const b = await webhookBench(t);
  const { id } = await b.add({ filter: { types: ["condition-cleared"] } });
  b.happen(250);
  await b.pass(1000);
  assert.deepEqual(b.receiver.ids(), []);
  assert.ok(b.store.webhooks.get(id)!.cursor >= 100);
  b.bus.publish({ type: "condition-cleared", data: { code: "x", subject: "", lastedSeconds: 1 } });
  await b.pass(1000);
  assert.deepEqual(b.receiver.ids(), [251]);
});

test("an event is given up after a day, and nothing taken for three days disables it", async (t) => {
  const b = await webhookBench(t);
  const { id } = await b.add();
  b.receiver.answers = [503];
  b.happen(4);
  await b.pass(10 * MINUTE);
  assert.deepEqual(b.conditions.all(), []);
  await b.pass(10 * MINUTE);
  const [condition] = b.conditions.all();
  assert.deepEqual([condition?.code, condition?.subject, condition?.ready], ["webhook-failing", id, true]);
  assert.match(condition!.sentence, /^The web hook of https:\/\/hooks\.example\.com has taken nothing since/);
  assert.doesNotMatch(condition!.sentence, /hidden/);
  await b.pass(25.5 * HOUR);
  const upToNow = await deliveries(b.store, id);
  assert.deepEqual(upToNow.filter(([, , result]) => result === "given-up").length, 1);
  assert.deepEqual(b.receiver.ids().at(-1), 2);
  await b.pass(46 * HOUR);
  assert.equal(b.store.webhooks.get(id)!.enabled, true);
  await b.pass(2 * HOUR);
  const after = b.store.webhooks.get(id)!;
  assert.equal(after.enabled, false);
  assert.match(
    after.disabledBecause ?? "",
    /^Nothing was taken since 2026-03-01T10:00:00.000Z\. Lately: It answered 503\.$/,
  );
  assert.deepEqual(b.disabled, [id]);
  assert.match(b.conditions.all()[0]!.sentence, /^pacd has disabled the web hook .*pacctl webhook enable/);
  const sent = b.receiver.sent.length;
  b.happen(1);
  await b.pass(24 * HOUR);
  assert.equal(b.receiver.sent.length, sent);
  assert.equal(b.deliverer.pendingOf(id), null);

  b.receiver.answers = [200];
  await b.store.webhooks.change(id, { enabled: true });
  await b.pass(1000);
  assert.deepEqual(b.conditions.all(), []);
  assert.equal(b.receiver.ids().at(-1), 5);
});

test("no more than fifty a second go out in the long run, over all of them", async (t) => {
  const b = await webhookBench(t);
  await b.add();
  await b.add();
  b.happen(500);
  await b.pass(1000);
  assert.ok(b.receiver.sent.length >= 80 && b.receiver.sent.length <= 101, `${b.receiver.sent.length}`);
  await b.pass(20_000);
  assert.equal(b.receiver.sent.length, 1000);
});

test("a test goes out at once, signed like the others, and wakes what waits where it is taken", async (t) => {
  const b = await webhookBench(t);
  const { id } = await b.add();
  b.receiver.answers = [500, 204];
  b.happen();
  await b.pass(100);
  const delivery = await b.deliverer.test(id);
  assert.deepEqual(
    [delivery.eventId, delivery.eventType, delivery.status, delivery.result, delivery.detail],
    [null, "test", 204, "delivered", "It answered 204."],
  );
  assert.equal(
    b.receiver.sent[1]!.body,
    '{"id":null,"at":"2026-03-01T10:00:00.100Z","type":"test","data":{}}',
  );
  assert.equal(b.receiver.sent[1]!.headers["pacd-event-id"], "test-0d4f2c1b-7d1b-4c3e-9a68-0b1f2d3c4e5a");
  await b.pass(100);
  assert.deepEqual(b.receiver.ids(), [1, null, 1]);
  assert.deepEqual(b.deliverer.figures(), {
    results: { delivered: 2, failed: 1, "given-up": 0 },
    pending: 0,
    failing: 0,
  });
  await assert.rejects(b.deliverer.test("none"), { code: "webhook-not-found" });
});

test("what is skipped is not sent, and another filter counts from the next event on", async (t) => {
  const b = await webhookBench(t);
  const { id } = await b.add();
  b.receiver.answers = [500, 500, 200];
  b.happen(5);
  await b.pass(100);
  assert.equal(b.deliverer.pendingOf(id), 5);
  await b.store.webhooks.change(id, { url: "https://other.example.com/" });
  assert.equal(b.deliverer.pendingOf(id), 5, "also while they are counted anew");
  await b.store.webhooks.change(id, { cursor: b.bus.lastId });
  await b.pass(HOUR);
  assert.deepEqual([b.receiver.ids(), b.deliverer.pendingOf(id)], [[1, 1], 0]);
  await b.store.webhooks.change(id, { filter: { user: "anna" } });
  b.happen();
  await b.pass(1000);
  assert.deepEqual(b.receiver.ids(), [1, 1]);
});

test("one that is removed while a request is under way is told nothing more", async (t) => {
  const b = await webhookBench(t);
  const { id } = await b.add();
  b.receiver.answers = ["never"];
  b.happen();
  await b.pass(100);
  assert.equal(b.receiver.open, 1);
  await b.store.webhooks.remove(id);
  await b.pass(HOUR);
  assert.deepEqual([b.receiver.open, b.receiver.sent.length, b.errors], [0, 1, []]);
});

test("without web hooks nothing listens to events, and no timer is set", async (t) => {
  const b = await webhookBench(t);
  let listeners = 0;
  const { watch } = b.bus;
  b.bus.watch = (listener) => {
    listeners += 1;
    const unwatch = watch.call(b.bus, listener);
    return () => {
      listeners -= 1;
      unwatch();
    };
  };
  assert.deepEqual([listeners, b.clock.pending()], [0, 0]);
  const { id } = await b.add();
  assert.equal(listeners, 1);
  await b.store.webhooks.change(id, { enabled: false });
  assert.equal(listeners, 0);
});
