import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import type { Store, User, Write, WriteTerms } from "../../../server/store/store-types.ts";
import { NOON, NOON_CLOCK, temporaryStore } from "../../support/temporary-store.ts";

const FOR_REAL: WriteTerms = { atomic: false, dryRun: false };
const create = (name: string, more: object = {}): Write => ({
  kind: "user",
  do: "create",
  user: { name, password: "p", ...more },
});
const update = (ref: string, change: object): Write => ({ kind: "user", do: "update", ref, change });

const did = async (store: Store, writes: readonly Write[], terms = FOR_REAL) =>
  (await store.users.write(writes, terms)).outcomes.map((outcome) =>
    outcome.did === "refused" ? outcome.error.code : outcome.did,
  );
const names = async (store: Store) => (await store.users.list({ limit: 100 })).items.map(({ name }) => name);

test("each write has its own outcome, and what is refused leaves the others as they are", async (t) => {
  const { store } = await temporaryStore(t);
  const writes = [
    create("anna", { staticAddress: "10.77.0.5" }),
    create("ANNA"),
    create("bert", { staticAddress: "10.77.0.5" }),
    create("carl", { rateUp: 1 }),
    update("anna", { staticAddress: null }),
    create("dora", { staticAddress: "10.77.0.5" }),
    update("dora", { staticAddress: "10.77.0.5" }),
    { kind: "user", do: "remove", ref: "anna" } as const,
    update("anna", {}),
  ];
  assert.deepEqual(await did(store, writes), [
    "created",
    "user-exists",
    "address-taken",
    "invalid-policy",
    "changed",
    "created",
    "unchanged",
    "removed",
    "user-not-found",
  ]);
  assert.deepEqual(await names(store), ["dora"]);
  const owned: string[] = [];
  store.users.watchStaticAddresses((address) => owned.push(address));
  assert.deepEqual(owned, ["10.77.0.5"]);
});

test("of writes that go together none is done where one is refused; a dry run does none and says the same", async (t) => {
  const { store } = await temporaryStore(t);
  const writes = [create("anna", { staticAddress: "10.77.0.5" }), create("anna")];
  const atomic = await store.users.write(writes, { atomic: true, dryRun: false });
  assert.equal(atomic.stored, false);
  assert.deepEqual(await names(store), []);
  assert.deepEqual(await did(store, writes, { atomic: false, dryRun: true }), ["created", "user-exists"]);
  assert.deepEqual(await names(store), []);
  // No address is owned by who was never written.
  const owned: string[] = [];
  store.users.watchStaticAddresses((address) => owned.push(address));
  assert.deepEqual(owned, []);
  assert.deepEqual(await did(store, writes), ["created", "user-exists"]);
  assert.deepEqual(owned, ["10.77.0.5"]);
});

test("a hundred writes are one transaction, between which the event loop turns", async (t) => {
  const { store } = await temporaryStore(t);
  let turns = 0;
  let over = false;
  const turning = (async () => {
    while (!over) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      turns++;
    }
  })();
  const seen = did(
    store,
    Array.from({ length: 100 }, (_, i) => create(`user${i}`)),
  );
  assert.equal((await seen).length, 100);
  over = true;
  await turning;
  assert.ok(turns >= 4, `${turns} turns`);
});

test("what changes nothing leaves revision and time of the last change, whatever its spelling", async (t) => {
  let at = NOON;
  const { store } = await temporaryStore(t, { clock: { ...NOON_CLOCK, date: () => new Date(at) } });
  const anna = await store.users.create({
    name: "anna",
    password: "p",
    rateUp: 8_000,
    allowedHours: ["mon-fri 08:00-18:00"],
    labels: { room: "7" },
  });
  at = "2026-01-02T13:00:00.000Z";
  for (const change of [
    {},
    { rateUp: 8_000 },
    { name: "anna" },
    { allowedHours: ["MON-FRI  8:00 - 18:00"] },
    { inherit: ["rateDown"] as const },
    { labels: { room: "7" }, comment: "" },
    { recoverablePassword: false },
  ]) {
    assert.deepEqual(await store.users.update("anna", change), anna, JSON.stringify(change));
    assert.deepEqual(await store.users.find("anna"), anna);
  }
  // Decided as the default is: it counts whatever a group says.
  assert.equal((await store.users.update("anna", { enabled: true })).revision, "2");
});

test("a password is set by a put only where it is another; the first one where there is none", async (t) => {
  let at = NOON;
  const { store } = await temporaryStore(t, { clock: { ...NOON_CLOCK, date: () => new Date(at) } });
  const put = (text?: string): Write => ({
    kind: "user",
    do: "put",
    ref: "anna",
    user: {
      name: "anna",
      rateUp: 8_000,
      ...(text === undefined ? {} : { password: { text, expiresAt: "2026-09-01T00:00:00.000Z" } }),
      firstPassword: { text: "first", expiresAt: "2026-08-01T00:00:00.000Z" },
    },
  });
  assert.deepEqual(await did(store, [put()]), ["created"]);
  const first = await store.users.find("anna");
  assert.equal(first?.passwordExpiresAt, "2026-08-01T00:00:00.000Z");
  at = "2026-01-02T13:00:00.000Z";
  assert.deepEqual(await did(store, [put(), put("first")]), ["unchanged", "unchanged"]);
  assert.deepEqual(await store.users.find("anna"), first);
  assert.deepEqual(await did(store, [put("second")]), ["changed"]);
  const second = await store.users.find("anna");
  assert.deepEqual(
    [second?.passwordChangedAt, second?.passwordExpiresAt, second?.rateUp],
    [at, "2026-09-01T00:00:00.000Z", 8_000],
  );
});

test("a put takes back what it does not say", async (t) => {
  const { store } = await temporaryStore(t);
  await store.groups.create({ name: "staff" });
  const given = {
    rateUp: 8_000,
    staticAddress: "10.77.0.5",
    group: "staff",
    comment: "x",
    labels: { a: "" },
  };
  await store.users.create({ name: "anna", password: "p", ...given });
  const firstPassword = { text: "p", expiresAt: null };
  await did(store, [{ kind: "user", do: "put", ref: "anna", user: { name: "Anna", firstPassword } }]);
  const anna = await store.users.find("anna");
  assert.deepEqual(
    [anna?.name, anna?.own, anna?.staticAddress, anna?.group, anna?.comment, anna?.labels],
    ["Anna", [], null, null, "", {}],
  );
});

test("a condition is asked with what is there when it is written: of two at once one is refused", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create({ name: "anna", password: "p" });
  const when = (current: User | undefined) => {
    if (current?.revision !== "1") throw new AppError("invalid-request", "changed meanwhile");
  };
  const both = await Promise.all([
    did(store, [{ kind: "user", do: "update", ref: "anna", change: { rateUp: 8_000 }, when }]),
    did(store, [{ kind: "user", do: "update", ref: "anna", change: { rateDown: 8_000 }, when }]),
  ]);
  assert.deepEqual(both.flat().sort(), ["changed", "invalid-request"]);
  assert.equal((await store.users.find("anna"))?.revision, "2");
});

test("groups come and go in the same transaction, and whom it concerns can be looked at before it is taken back", async (t) => {
  const { store } = await temporaryStore(t);
  const anna = await store.users.create({ name: "anna", password: "p" });
  const writes: readonly Write[] = [
    { kind: "group", do: "put", ref: "staff", group: { name: "staff", enabled: false } },
    update("anna", { group: "staff" }),
  ];
  const dry = await store.users.write(writes, { atomic: true, dryRun: true, watch: [anna.id, "nobody"] });
  assert.deepEqual(
    dry.watched.map(({ name, enabled, group }) => [name, enabled, group?.name]),
    [["anna", false, "staff"]],
  );
  assert.equal(await store.groups.count(), 0);
  assert.deepEqual(await did(store, writes), ["created", "changed"]);
  assert.deepEqual(await did(store, writes), ["unchanged", "unchanged"]);
});
