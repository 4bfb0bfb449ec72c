import assert from "node:assert/strict";
import { test } from "node:test";
import { COUNTERS, NOT_SAID, openSession, ZERO } from "../../support/records.ts";
import { NOON, temporaryStore } from "../../support/temporary-store.ts";

const END = { ...COUNTERS, at: "2026-01-02T13:00:00.000Z", reason: "client-hung-up" };

test("an open session has no end and counters at zero", async (t) => {
  const { store } = await temporaryStore(t);
  store.records.open(openSession("s1"));
  assert.deepEqual(await store.sessions.find("s1"), {
    ...openSession("s1"),
    ...NOT_SAID,
    disconnectedAt: null,
    endReason: null,
    ...ZERO,
  });
  assert.equal(await store.sessions.find("s2"), undefined);
});

test("interim accounting keeps counters past 2^32 exactly", async (t) => {
  const { store } = await temporaryStore(t);
  store.records.open(openSession("s1"));
  store.records.open(openSession("s2"));
  store.records.progress([{ id: "s1", ...COUNTERS }]);
  const { rxBytes, txBytes, rxPackets, txPackets, disconnectedAt } = (await store.sessions.find("s1"))!;
  assert.deepEqual({ rxBytes, txBytes, rxPackets, txPackets }, COUNTERS);
  assert.equal(disconnectedAt, null);
  assert.equal((await store.sessions.find("s2"))!.rxBytes, 0);
});

test("interim accounting of more sessions than one statement takes reaches each", async (t) => {
  const { store } = await temporaryStore(t);
  const ids = Array.from({ length: 401 }, (_, i) => `s${i}`);
  for (const id of ids) store.records.open(openSession(id));
  store.records.progress(ids.map((id, i) => ({ id, ...ZERO, rxPackets: i + 1 })));
  for (const [i, id] of ids.entries()) assert.equal((await store.sessions.find(id))!.rxPackets, i + 1);
});

test("interim accounting of nothing does nothing", async (t) => {
  const { store } = await temporaryStore(t);
  store.records.progress([]);
});

test("close sets end, reason and the last counters", async (t) => {
  const { store } = await temporaryStore(t);
  store.records.open(openSession("s1"));
  store.records.close("s1", END);
  assert.deepEqual(await store.sessions.find("s1"), {
    ...openSession("s1"),
    ...NOT_SAID,
    disconnectedAt: END.at,
    endReason: END.reason,
    ...COUNTERS,
  });
});

test("last use, client and link are kept with the end; the last use also with interim accounting", async (t) => {
  const { store } = await temporaryStore(t);
  store.records.open(openSession("s1"));
  const lastActivity = "2026-01-02T12:00:30.000Z";
  store.records.progress([{ id: "s1", ...ZERO, lastActivity }]);
  await store.records.settled();
  assert.equal((await store.sessions.list({ limit: 1 })).items[0]!.lastActivity, lastActivity);
  const told = { lastActivity: END.at, computerName: "PC", clientKind: "windows", link: '{"lost":1}' };
  store.records.close("s1", { ...END, ...told });
  await store.records.settled();
  const { lastActivity: last, computerName, clientKind, link } = (await store.sessions.find("s1"))!;
  assert.deepEqual({ lastActivity: last, computerName, clientKind, link }, told);
});

test("a closed session does not move: neither a late interim record nor a second close", async (t) => {
  const { store } = await temporaryStore(t);
  store.records.open(openSession("s1"));
  store.records.close("s1", END);
  const closed = await store.sessions.find("s1");
  store.records.progress([{ id: "s1", ...ZERO }]);
  store.records.close("s1", { ...ZERO, at: "2026-01-02T14:00:00.000Z", reason: "other" });
  assert.deepEqual(await store.sessions.find("s1"), closed);
});

test("close and interim accounting of an unknown session change nothing", async (t) => {
  const { store } = await temporaryStore(t);
  store.records.close("nothing", END);
  store.records.progress([{ id: "nothing", ...COUNTERS }]);
  assert.deepEqual(await store.sessions.list({ limit: 5 }), { items: [] });
});

test("the list has ended and live sessions, newest first", async (t) => {
  const { store } = await temporaryStore(t);
  for (const id of ["s1", "s2", "s3"]) store.records.open(openSession(id));
  store.records.close("s2", END);
  const { items } = await store.sessions.list({ limit: 5 });
  assert.deepEqual(
    items.map(({ id }) => id),
    ["s3", "s2", "s1"],
  );
  assert.deepEqual(items[1], await store.sessions.find("s2"));
});

test("the list by user minds no case and goes on over pages", async (t) => {
  const { store } = await temporaryStore(t);
  for (const id of ["s1", "s2", "s3"]) store.records.open(openSession(id, { user: "Anna" }));
  store.records.open(openSession("s4", { user: "bo" }));
  const first = await store.sessions.list({ limit: 2, user: "ANNA" });
  const second = await store.sessions.list({ limit: 2, user: "anna", cursor: first.next! });
  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    ["s3", "s2", "s1"],
  );
});

test("a session outlives its user", async (t) => {
  const { store } = await temporaryStore(t);
  const user = await store.users.create({ name: "anna", password: "p", enabled: true, staticAddress: null });
  store.records.open(openSession("s1", { userId: user.id }));
  await store.users.remove("anna");
  assert.equal((await store.sessions.find("s1"))?.user, "anna");
});

test("pool and group are those of the beginning, and nobody's where nothing is said of them", async (t) => {
  const { store } = await temporaryStore(t);
  const { pool: _, groupId: _id, groupName: _name, ...bare } = openSession("bare");
  store.records.open(bare);
  store.records.open(openSession("s1", { pool: "guests", groupId: "g1", groupName: "Sales" }));
  await store.records.settled();
  for (const id of ["bare", "s1"]) store.records.close(id, { at: NOON, reason: "link-lost", ...ZERO });
  await store.records.settled();
  const { pool, groupId, groupName } = (await store.sessions.find("s1"))!;
  assert.deepEqual([pool, groupId, groupName], ["guests", "g1", "Sales"]);
  assert.equal((await store.sessions.find("bare"))?.pool, null);
});
