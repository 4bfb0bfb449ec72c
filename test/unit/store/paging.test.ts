import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page, Paged } from "../../../server/store/store-types.ts";
import { NOON, temporaryStore } from "../../support/temporary-store.ts";

const user = (name: string) => ({ name, password: "p", enabled: true, staticAddress: null });

async function pagesOf<T>(list: (page: Page) => Promise<Paged<T>>, limit: number): Promise<T[][]> {
  const pages: T[][] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await list(cursor === undefined ? { limit } : { limit, cursor });
    pages.push([...items]);
    if (next === undefined) return pages;
    cursor = next;
  }
}

test("users come in the order of their names, page by page, each once", async (t) => {
  const { store } = await temporaryStore(t);
  for (const name of ["delta", "Bravo", "alpha", "Echo", "charlie"]) await store.users.create(user(name));
  const pages = await pagesOf((page) => store.users.list(page), 2);
  assert.deepEqual(
    pages.map((page) => page.map(({ name }) => name)),
    [["alpha", "Bravo"], ["charlie", "delta"], ["Echo"]],
  );
});

test("a page that ends exactly with the list has no next", async (t) => {
  const { store } = await temporaryStore(t);
  for (const name of ["a", "b"]) await store.users.create(user(name));
  assert.deepEqual(Object.keys(await store.users.list({ limit: 2 })), ["items"]);
});

test("an empty list is one empty page", async (t) => {
  const { store } = await temporaryStore(t);
  for (const list of [store.users, store.sessions, store.attempts])
    assert.deepEqual(await list.list({ limit: 5 }), { items: [] });
});

test("users added or removed between two pages shift nothing", async (t) => {
  const { store } = await temporaryStore(t);
  for (const name of ["b", "d", "f", "h"]) await store.users.create(user(name));
  const first = await store.users.list({ limit: 2 });
  await store.users.create(user("a"));
  await store.users.create(user("e"));
  await store.users.remove("d");
  const second = await store.users.list({ limit: 9, cursor: first.next! });
  assert.deepEqual(
    second.items.map(({ name }) => name),
    ["e", "f", "h"],
  );
});

test("attempts that begin between two pages shift nothing", async (t) => {
  const { store } = await temporaryStore(t);
  const begin = (id: string) => store.records.begin({ id, startedAt: NOON, clientAddress: "192.0.2.1" });
  for (const id of ["1", "2", "3", "4"]) await begin(id);
  const first = await store.attempts.list({ limit: 2 });
  await begin("5");
  const second = await store.attempts.list({ limit: 2, cursor: first.next! });
  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    ["4", "3", "2", "1"],
  );
  assert.equal(second.next, undefined);
});

test("a cursor that is garbage or another list's is invalid-request", async (t) => {
  const { store } = await temporaryStore(t);
  for (const name of ["a", "b"]) await store.users.create(user(name));
  const { next } = await store.users.list({ limit: 1 });
  const forged = Buffer.from('["attempts","1"]').toString("base64url");
  for (const cursor of [next!, "", "%%%", "bm90IGpzb24", forged, "x".repeat(5000)])
    await assert.rejects(store.attempts.list({ limit: 1, cursor }), { code: "invalid-request" });
});

for (const limit of [0, -1, 1.5, 1001, Number.NaN])
  test(`a limit of ${limit} is invalid-request`, async (t) => {
    const { store } = await temporaryStore(t);
    await assert.rejects(store.users.list({ limit }), { code: "invalid-request" });
  });
