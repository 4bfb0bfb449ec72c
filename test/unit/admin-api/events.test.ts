import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { MAX_STREAMS, STREAMS_PER_TOKEN } from "../../../admin-api/events/limits.ts";
import { tokenHash } from "../../../admin-api/token-hash.ts";
import type { NewEvent } from "../../../server/events/register.ts";
import { type Bench, bench, listen, NOW, TOKEN, TOKENS } from "../../support/admin-api.ts";

let b: Bench;
let url: string;
const timers: (() => void)[] = [];
beforeEach(async () => {
  timers.length = 0;
  b = await bench({
    after: (_delay, task) => {
      timers.push(task);
      return () => {};
    },
  });
  url = await listen(b.app);
});
afterEach(() => b.app.close());

const pool = (free: number, user = "anna"): NewEvent => ({
  type: "pool-nearly-empty",
  subject: { user, addresses: ["203.0.113.7"] },
  data: { pool: "guests", free, total: 40, threshold: 4 },
});

/** A stream, its lines as they come. */
async function stream(query = "", headers: Record<string, string> = {}, token = TOKEN) {
  const asked = { authorization: `Bearer ${token}`, ...headers };
  const answer = await fetch(`${url}/api/v1/events${query}`, { headers: asked });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    answer,
    /** Reads until what has come matches. */
    async until(pattern: RegExp): Promise<string> {
      while (!pattern.test(text)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The stream ended: ${text}`);
        text += value;
      }
      return text;
    },
    /** All that comes until it ends. */
    async rest(): Promise<string> {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return text;
        text += value;
      }
    },
    leave: () => reader.cancel(),
  };
}

const ids = (text: string) => [...text.matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id));

test("a stream tells what happens, in the form of server-sent events, with the headers of every answer", async () => {
  const s = await stream();
  b.events.publish(pool(3));
  const text = await s.until(/data: .*\n\n/);
  assert.equal(
    text,
    `retry: 2000\nid: 0\n\nid: 1\nevent: pool-nearly-empty\ndata: {"id":1,"at":"${NOW}","type":"pool-nearly-empty","data":{"pool":"guests","free":3,"total":40,"threshold":4}}\n\n`,
  );
  const header = (name: string) => s.answer.headers.get(name);
  assert.equal(header("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(header("cache-control"), "no-store");
  assert.equal(header("x-content-type-options"), "nosniff");
  assert.match(header("content-security-policy") ?? "", /default-src 'none'/);
  await s.leave();
});

test("Last-Event-ID brings what was missed, then what happens, none of it twice", async () => {
  for (let free = 1; free <= 500; free++) b.events.publish(pool(free));
  const s = await stream("", { "last-event-id": "20" });
  b.events.publish(pool(501));
  await s.until(/id: 501\n/);
  b.events.publish(pool(502));
  const text = await s.until(/id: 502\n/);
  assert.deepEqual(
    ids(text),
    Array.from({ length: 482 }, (_, index) => 21 + index),
  );
  assert.doesNotMatch(text, /gap/);
  await s.leave();
});

test("since=0 brings all that is kept; without it a stream begins now", async () => {
  b.events.publish(pool(1));
  const all = await stream("?since=0");
  const now = await stream();
  b.events.publish(pool(2));
  assert.deepEqual(ids(await all.until(/id: 2\n/)), [1, 2]);
  assert.deepEqual(ids(await now.until(/id: 2\n/)), [2]);
  await Promise.all([all.leave(), now.leave()]);
});

test("what is forgotten is said: a gap, before what there is", async () => {
  b.store.events.add({ ...pool(1), id: 7, at: NOW } as never);
  const s = await stream("?since=5");
  const text = await s.until(/id: 7\n/);
  assert.match(text, /event: gap\ndata: \{"after":5\}\n\nid: 7\n/);
  await s.leave();
});

test("a number that this pacd never gave is a gap as well, and what happens next comes", async () => {
  b.events.publish(pool(1));
  const s = await stream("?since=900");
  await s.until(/event: gap/);
  b.events.publish(pool(2));
  assert.deepEqual(ids(await s.until(/id: 2\n/)), [2]);
  await s.leave();
});

test("filters hold for what was missed and for what happens", async () => {
  b.events.publish(pool(1, "bob"));
  b.events.publish(pool(2));
  const s = await stream("?since=0&user=ANNA&type=pool-nearly-empty,session-up");
  await s.until(/id: 2\n/);
  b.events.publish(pool(3, "bob"));
  b.events.publish({ type: "condition-cleared", data: { code: "x", subject: "", lastedSeconds: 1 } });
  b.events.publish(pool(4));
  assert.deepEqual(ids(await s.until(/id: 5\n/)), [2, 5]);
  await s.leave();
});

test("format=json is a page, with the number to go on after", async () => {
  for (let free = 1; free <= 3; free++) b.events.publish(pool(free));
  const page = (await b.call("GET", "/api/v1/events?format=json&limit=2")).json();
  assert.deepEqual([page.items.map(({ id }: { id: number }) => id), page.next], [[1, 2], "2"]);
  const last = (await b.call("GET", "/api/v1/events?format=json&limit=2&since=2")).json();
  assert.deepEqual(last, {
    items: [
      {
        id: 3,
        at: NOW,
        type: "pool-nearly-empty",
        data: { pool: "guests", free: 3, total: 40, threshold: 4 },
      },
    ],
  });
  const none = (await b.call("GET", "/api/v1/events?format=json&from=2026-03-01T10:00:00.001Z")).json();
  assert.deepEqual(none, { items: [] });
});

for (const [query, field] of [
  ["?type=session-upp", "type"],
  ["?address=here", "address"],
  ["?since=abc", "since"],
  ["?from=yesterday", "from"],
  ["?nonsense=1", "nonsense"],
] as const)
  test(`${query} is refused before any stream begins`, async () => {
    const answer = await b.call("GET", `/api/v1/events${query}`);
    assert.equal(answer.statusCode, 400);
    assert.equal(answer.json().field, field);
  });

test("a Last-Event-ID that is no number is refused", async () => {
  const headers = { authorization: `Bearer ${TOKEN}`, "last-event-id": "x1" };
  const answer = await b.app.inject({ url: "/api/v1/events", headers });
  assert.deepEqual([answer.statusCode, answer.json().field], [400, "Last-Event-ID"]);
});

test("a token has so many streams and no more; another token has its own, up to what there are in all", async () => {
  const open = [];
  for (let one = 0; one < STREAMS_PER_TOKEN; one++) open.push(await stream("", {}, TOKENS.viewer));
  const refused = await stream("", {}, TOKENS.viewer);
  assert.equal(refused.answer.status, 429);
  assert.match(await refused.rest(), /No more than 10 streams of one token/);
  const other = await stream("", {}, TOKENS.operator);
  assert.equal(other.answer.status, 200);
  assert.ok(MAX_STREAMS > STREAMS_PER_TOKEN);
  await Promise.all([...open, other].map((s) => s.leave()));
});

test("a comment goes out every ten seconds, and a stream whose token is revoked ends at once", async () => {
  await b.store.tokens.put("passing", tokenHash("passing-token"), "viewer");
  const s = await stream("", {}, "passing-token");
  timers.at(-1)!();
  await s.until(/^:$/m);
  await b.store.tokens.put("passing", tokenHash("another-token"), "viewer");
  assert.doesNotMatch(await s.rest(), /event:/);
});

test("a stop ends every stream at once and waits for none", async () => {
  const s = await stream();
  const closed = b.app.close();
  assert.equal(await s.rest(), "retry: 2000\nid: 0\n\n");
  await closed;
});

test("HEAD opens no stream", async () => {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await b.app.inject({ method: "HEAD", url: "/api/v1/events", headers });
  assert.deepEqual(
    [answer.statusCode, answer.headers["content-type"]],
    [200, "text/event-stream; charset=utf-8"],
  );
});
