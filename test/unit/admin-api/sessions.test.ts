import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { putSession } from "../../support/records.ts";

let b: Bench;
before(async () => {
  b = await bench();
  b.concentrator.live.push(liveSession(), liveSession({ id: "s2", user: "bert", lastActivity: null }));
});
after(() => b.app.close());

const shown = {
  id: "s1",
  state: "live",
  user: "anna",
  userId: "u1",
  clientAddress: "203.0.113.7",
  group: null,
  groupId: null,
  assignedAddress: "10.77.0.10",
  pool: "tunnel.pool",
  connectedAt: "2026-03-01T09:58:30.000Z",
  durationSeconds: 90,
  disconnectedAt: null,
  endReason: null,
  encryption: "mppe-128-stateless",
  mtu: 1400,
  rxBytes: 20_971_520,
  txBytes: 1024,
  rxPackets: 15_000,
  txPackets: 12,
  lastActivity: "2026-03-01T09:59:59.000Z",
  attemptId: "a1",
};

test("the list shows every live session, and nothing that is not in the contract", async () => {
  const { items } = (await b.call("GET", "/api/v1/sessions")).json();
  assert.deepEqual(items[0], shown);
  assert.equal(items[1].lastActivity, null);
  assert.equal(items.length, 2);
});

test("the list can be narrowed to one user", async () => {
  const { items } = (await b.call("GET", "/api/v1/sessions?user=bert")).json();
  assert.deepEqual(
    items.map((session: { id: string }) => session.id),
    ["s2"],
  );
});

test("an unknown query parameter is refused, not ignored", async () => {
  const response = await b.call("GET", "/api/v1/sessions?usr=bert");
  assert.equal(response.statusCode, 400);
  assert.equal(response.json().field, "usr");
});

test("one session is shown as in the list, and with more", async () => {
  const { client, link, live, ...listed } = (await b.call("GET", "/api/v1/sessions/s1")).json();
  assert.deepEqual(listed, shown);
  assert.ok(client !== null && link !== null && live !== null);
});

test("DELETE disconnects, and a second DELETE finds no live session", async () => {
  const first = await b.call("DELETE", "/api/v1/sessions/s1");
  assert.deepEqual([first.statusCode, first.body], [204, ""]);
  const second = await b.call("DELETE", "/api/v1/sessions/s1");
  assert.deepEqual([second.statusCode, second.json().code], [404, "session-not-found"]);
});

test("a session that ended is shown from its accounting record", async () => {
  const { lastActivity: _, durationSeconds: _duration, ...record } = liveSession();
  putSession(b.store, {
    ...record,
    disconnectedAt: "2026-03-01T10:00:00.000Z",
    endReason: "disconnected-by-administrator",
  });
  assert.deepEqual((await b.call("GET", "/api/v1/sessions/s1")).json(), {
    ...shown,
    state: "ended",
    disconnectedAt: "2026-03-01T10:00:00.000Z",
    endReason: "disconnected-by-administrator",
    lastActivity: null,
    client: null,
    link: null,
    live: null,
  });
});

test("an unknown session is session-not-found", async () => {
  const response = await b.call("GET", "/api/v1/sessions/none");
  assert.deepEqual([response.statusCode, response.json().code], [404, "session-not-found"]);
});
