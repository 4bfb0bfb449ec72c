import assert from "node:assert/strict";
import { join } from "node:path";
import { suite, type TestContext, test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import type { Store, UserFilter } from "../../../server/store/store-types.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

const AT = "2026-06-01T00:00:00.000Z";
const OVER = "2026-05-01T00:00:00.000Z";
const LATER = "2027-01-01T00:00:00.000Z";

async function people(t: TestContext) {
  const { store, directory } = await temporaryStore(t);
  await store.groups.create({ name: "closed", enabled: false });
  await store.groups.create({ name: "past", validUntil: OVER });
  const add = (name: string, more: object = {}) => store.users.create({ name, password: "p", ...more });
  const ids = {
    anna: await add("Anna Berg", { comment: "Room 7", labels: { department: "sales", laptop: "" } }),
    bo: await add("bo", { enabled: false, labels: { department: "it" }, staticAddress: "10.77.0.20" }),
    cy: await add("cy", { group: "closed", passwordExpiresAt: OVER }),
    dora: await add("dora", { group: "closed", enabled: true, validUntil: OVER }),
    eve: await add("eve", { group: "past", passwordExpiresAt: LATER }),
    fred: await add("fred", { group: "past", validUntil: null, comment: "100 % of room 8_b" }),
  };
  return { store, directory, ids };
}

const found = async (store: Store, filter: UserFilter) =>
  (await store.users.list({ limit: 100, ...filter })).items.map(({ name }) => name);

test("users are found by what applies to them, and by all that is asked at once", async (t) => {
  const { store, ids } = await people(t);
  for (const [filter, names] of [
    [{}, ["Anna Berg", "bo", "cy", "dora", "eve", "fred"]],
    [{ q: "ＡNNA" }, ["Anna Berg"]],
    [{ q: "r" }, ["Anna Berg", "dora", "fred"]],
    [{ q: "ROOM" }, ["Anna Berg", "fred"]],
    [{ q: "8_b" }, ["fred"]],
    [{ q: "7_b" }, []],
    [{ q: "%" }, ["fred"]],
    [{ group: "CLOSED" }, ["cy", "dora"]],
    [{ group: "none" }, ["Anna Berg", "bo"]],
    [{ group: "nobody's" }, []],
    [{ enabled: false }, ["bo", "cy"]],
    [{ enabled: true }, ["Anna Berg", "dora", "eve", "fred"]],
    [{ expired: { is: true, at: AT } }, ["dora", "eve"]],
    [{ expired: { is: false, at: AT } }, ["Anna Berg", "bo", "cy", "fred"]],
    [{ passwordExpired: { is: true, at: AT } }, ["cy"]],
    [{ passwordExpired: { is: false, at: AT } }, ["Anna Berg", "bo", "dora", "eve", "fred"]],
    [{ among: [ids.cy.id, ids.bo.id] }, ["bo", "cy"]],
    [{ notAmong: [ids.cy.id, ids.bo.id] }, ["Anna Berg", "dora", "eve", "fred"]],
    [{ address: { is: "10.77.0.20", holders: [ids.eve.id] } }, ["bo", "eve"]],
    [{ labels: [{ key: "department" }] }, ["Anna Berg", "bo"]],
    [{ labels: [{ key: "department", value: "it" }] }, ["bo"]],
    [{ labels: [{ key: "department" }, { key: "laptop", value: "" }] }, ["Anna Berg"]],
    [{ group: "closed", enabled: true, expired: { is: true, at: AT } }, ["dora"]],
  ] as const)
    assert.deepEqual(await found(store, filter), names, JSON.stringify(filter));
  await assert.rejects(store.users.list({ limit: 1, q: "" }), {
    code: "invalid-request",
    details: { field: "q" },
  });
});

test("the last log-in is written with the record of the session, newest first, and found by", async (t) => {
  const { store, ids } = await people(t);
  const session = (id: string, userId: string, connectedAt: string) =>
    store.records.open({
      id,
      attemptId: `attempt of ${id}`,
      userId,
      user: "whoever",
      clientAddress: `198.51.100.${id.slice(1)}`,
      assignedAddress: "10.77.0.10",
      encryption: "none",
      mtu: 1400,
      connectedAt,
      pool: null,
      groupId: null,
      groupName: null,
    });
  session("s3", ids.eve.id, "2026-03-03T00:00:00.000Z");
  session("s1", ids.eve.id, "2026-03-01T00:00:00.000Z");
  session("s2", ids.bo.id, "2026-03-02T00:00:00.000Z");
  await store.records.settled();
  session("s0", ids.bo.id, "2026-02-02T00:00:00.000Z");
  const counters = { rxBytes: 1, txBytes: 1, rxPackets: 1, txPackets: 1 };
  store.records.close("s1", { ...counters, at: AT, reason: "client-hung-up" });
  await store.records.settled();
  const eve = (await store.users.find("eve"))!;
  assert.deepEqual(
    [eve.lastLogInAt, eve.lastLogInAddress, eve.lastLogInSession, eve.updatedAt],
    ["2026-03-03T00:00:00.000Z", "198.51.100.3", "s3", ids.eve.updatedAt],
  );
  assert.equal((await store.users.find("bo"))?.lastLogInSession, "s2");
  assert.deepEqual(await found(store, { neverLoggedIn: false }), ["bo", "eve"]);
  assert.deepEqual(await found(store, { neverLoggedIn: true }), ["Anna Berg", "cy", "dora", "fred"]);
  const order = ["Anna Berg", "cy", "dora", "fred", "bo", "eve"];
  assert.deepEqual(await found(store, { sort: "lastLogInAt" }), order);
  assert.deepEqual(await found(store, { sort: "lastLogInAt", descending: true }), order.toReversed());
});

for (const sort of ["name", "createdAt", "lastLogInAt", "passwordExpiresAt"] as const)
  for (const descending of [false, true])
    test(`pages by ${sort}${descending ? ", downwards," : ""} follow one another without a gap or a repetition`, async (t) => {
      const { store } = await people(t);
      const names: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.users.list({ limit: 1, sort, descending, ...(cursor && { cursor }) });
        names.push(...page.items.map(({ name }) => name));
        cursor = page.next;
      } while (cursor !== undefined);
      assert.deepEqual(names, await found(store, { sort, descending }));
      assert.equal(names.length, 6);
    });

test("a cursor of another order is refused", async (t) => {
  const { store } = await people(t);
  const { next } = await store.users.list({ limit: 1, sort: "createdAt" });
  const refused = { code: "invalid-request", details: { field: "cursor" } };
  await assert.rejects(store.users.list({ limit: 1, cursor: next! }), refused);
});

suite("orders and narrow filters read an index", () => {
  for (const [where, index] of [
    ["ORDER BY name", /USING INDEX sqlite_autoindex_users/],
    ["ORDER BY created_at, name", /USING INDEX users_by_creation/],
    ["ORDER BY coalesce(last_log_in_at, '') DESC, name DESC", /USING INDEX users_by_last_log_in/],
    ["ORDER BY coalesce(password_expires_at, ''), name", /USING INDEX users_by_password_end/],
    ["WHERE group_id = 'x' ORDER BY name", /USING INDEX users_by_group/],
    ["WHERE group_id IS NULL ORDER BY name", /USING INDEX users_by_group/],
    ["WHERE labels <> '{}' ORDER BY name", /USING INDEX users_labelled/],
    [
      "WHERE static_address = 'x' OR id IN (SELECT value FROM json_each('[]')) ORDER BY name",
      /MULTI-INDEX OR/,
    ],
  ] as const)
    test(where, async (t) => {
      const { directory } = await people(t);
      const raw = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
      t.after(() => raw.close());
      const plan = raw
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT * FROM users ${where} LIMIT 10`)
        .all();
      assert.match(plan.map(({ detail }) => detail).join("; "), index);
    });
});
