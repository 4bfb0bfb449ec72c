import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { NewEvent } from "../../../server/events/register.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

let b: Bench;
before(async () => {
  b = await bench();
  const session = { session: "s1", attempt: "a1", user: "anna", userId: "u1", group: null, pool: null };
  const addresses = { clientAddress: "203.0.113.7", assignedAddress: "10.77.0.10" };
  const at = "2026-03-01T09:00:00.000Z";
  const wrong = { verdict: "bad-credentials", evidence: "The password is wrong.", userId: null };
  const events: readonly NewEvent[] = [
    {
      type: "session-up",
      subject: { user: "anna" },
      data: { ...session, ...addresses, encryption: "none", connectedAt: at, setupMs: 95.3, logInMs: 2 },
    },
    {
      type: "dial-failed",
      data: {
        ...wrong,
        attempt: "a2",
        user: "bo\u001b[31mb",
        clientAddress: "192.0.2.1",
        count: 4,
        leftOut: 0,
      },
    },
    {
      type: "pool-nearly-empty",
      data: { pool: "guests", free: 3, total: 40, threshold: 4 },
    },
  ];
  for (const event of events) b.events.publish(event);
});
after(() => b.app.close());

const call = (...argv: string[]) => pacctl(argv, { fetch: injected(b.app) });

test("events are a list, one line each, that fits 80 columns and lets no control character through", async () => {
  const { code, out } = await call("events");
  assert.equal(
    out,
    `WHEN  EVENT              WHAT
now   session-up         anna has 10.77.0.10, from 203.0.113.7, after 95 ms
now   dial-failed        bo\\u{1b}[31mb from 192.0.2.1: bad-credentials, 4 times
now   pool-nearly-empty  guests: 3 of 40 addresses are free
`,
  );
  assert.equal(code, 0);
});

test("filters go to the server; --json is its answer", async () => {
  const { out } = await call("events", "--type", "session-up", "--user", "ANNA", "--json");
  const { items } = JSON.parse(out) as { items: { id: number; type: string }[] };
  assert.deepEqual(
    items.map(({ id, type }) => [id, type]),
    [[1, "session-up"]],
  );
  const none = await call("events", "--user", "carl");
  assert.equal(none.out, "Nothing happened.\n");
});

test("a type that there is not is invalid", async () => {
  const { err } = await call("events", "--type", "session-upp");
  assert.match(err, /There are no events of the type "session-upp"/);
});

/** Answers to one request after the other; then nobody reads any more. */
function streams(...answers: readonly (string | Error)[]) {
  const asked: string[] = [];
  let next = 0;
  return {
    asked,
    io: {
      pace: {
        closed: () => next > answers.length - 1 && asked.length >= answers.length,
        full: () => undefined,
      },
      fetch: async (url: string) => {
        asked.push(new URL(url).search);
        const answer = answers[next++];
        if (answer === undefined || answer instanceof Error) throw answer ?? new Error("no more");
        return new Response(answer);
      },
    },
  };
}

const event = (id: number) =>
  `id: ${id}\nevent: pool-nearly-empty\ndata: {"id":${id},"at":"2026-03-01T10:00:0${id}.000Z","type":"pool-nearly-empty","data":{"pool":"guests","free":${id},"total":40,"threshold":4}}\n\n`;

test("--follow goes on where it was when a stream ends or cannot be had, and says what is forgotten", async () => {
  const s = streams(
    `retry: 2000\nid: 1\n\n`,
    `id: 1\n\n${event(2)}:\n\n${event(3)}`,
    Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
    `id: 3\n\nevent: gap\ndata: {"after":3}\n\n${event(7)}`,
    event(8),
  );
  const { out, err } = await pacctl(["events", "--follow", "--user", "anna"], s.io);
  assert.deepEqual(s.asked, [
    "?user=anna",
    "?user=anna&since=1",
    "?user=anna&since=3",
    "?user=anna&since=3",
    "?user=anna&since=7",
  ]);
  assert.deepEqual(out.split("\n").slice(0, 3), [
    "2026-03-01 10:00:02Z  pool-nearly-empty  guests: 2 of 40 addresses are free",
    "2026-03-01 10:00:03Z  pool-nearly-empty  guests: 3 of 40 addresses are free",
    "2026-03-01 10:00:07Z  pool-nearly-empty  guests: 7 of 40 addresses are free",
  ]);
  assert.match(err, /^Events are missing/);
});

test("--follow of a server that cannot be reached at all ends with 3", async () => {
  const s = streams(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }), "");
  const { code } = await pacctl(["events", "--follow"], s.io);
  assert.equal(code, 3);
});
