import assert from "node:assert/strict";
import { test } from "node:test";
import { temporaryStore } from "../../support/temporary-store.ts";

const hash = (octet: number) => new Uint8Array(32).fill(octet);

test("hashes of tokens come back octet for octet", async (t) => {
  const { store } = await temporaryStore(t);
  assert.deepEqual(await store.tokens.hashes(), []);
  await store.tokens.put("admin", hash(1));
  await store.tokens.put("backup", hash(2));
  assert.deepEqual(await store.tokens.hashes(), [hash(1), hash(2)]);
});

test("a token put under the same name replaces the one before", async (t) => {
  const { store } = await temporaryStore(t);
  await store.tokens.put("admin", hash(1));
  await store.tokens.put("admin", hash(3));
  assert.deepEqual(await store.tokens.hashes(), [hash(3)]);
});
