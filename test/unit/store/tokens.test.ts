import assert from "node:assert/strict";
import { test } from "node:test";
import { temporaryStore } from "../../support/temporary-store.ts";

const hash = (octet: number) => new Uint8Array(32).fill(octet);

test("a token is found by its hash, also by the pacd after", async (t) => {
  const { store, directory } = await temporaryStore(t);
  assert.equal(store.tokens.find(hash(1)), undefined);
  await store.tokens.put("admin", hash(1));
  await store.tokens.put("backup", hash(2), "viewer");
  await store.close();
  const { store: next } = await temporaryStore(t, { directory });
  assert.deepEqual(next.tokens.find(hash(1)), { id: "admin", name: "admin", role: "admin" });
  assert.deepEqual(next.tokens.find(hash(2)), { id: "backup", name: "backup", role: "viewer" });
  assert.ok(!next.tokens.has(hash(3)));
});

test("a token put under the same name replaces the one before", async (t) => {
  const { store } = await temporaryStore(t);
  await store.tokens.put("admin", hash(1));
  await store.tokens.put("admin", hash(3));
  assert.deepEqual([store.tokens.has(hash(1)), store.tokens.has(hash(3))], [false, true]);
});
