import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { FastifyRequest } from "fastify";
import { onActorEnd, tokenOf } from "../../../admin-api/people/actor-end.ts";
import { temporaryStore } from "../../support/temporary-store.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

/** A request with a token, and how often it heard that this ended. */
async function asked(t: TestContext, expiresAt: string | null) {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const { store } = await temporaryStore(t, { clock });
  const hash = new Uint8Array(32);
  const token = await store.tokens.create({
    name: "a",
    role: "viewer",
    sources: [],
    createdBy: "pacd",
    hash,
    expiresAt,
  });
  const request = {} as FastifyRequest;
  tokenOf.set(request, token);
  const services = { store, now: () => clock.date(), after: clock.after.bind(clock) };
  const heard = { count: 0 };
  const stop = () => onActorEnd(services, request, () => heard.count++);
  return { clock, store, heard, watch: stop };
}

test("whoever goes on answering hears once that the token was revoked, and not of others", async (t) => {
  const { store, heard, watch } = await asked(t, null);
  watch();
  await store.tokens.put("admin", new Uint8Array(32).fill(1));
  await store.tokens.put("admin", new Uint8Array(32).fill(2));
  assert.equal(heard.count, 0);
  await store.tokens.revoke("a");
  assert.equal(heard.count, 1);
});

test("whoever goes on answering hears when the token expires, however long that takes", async (t) => {
  const { clock, store, heard, watch } = await asked(t, "2026-01-05T00:00:00.000Z");
  watch();
  await clock.advance(4 * 86_400_000 - 1);
  assert.equal(heard.count, 0);
  await clock.advance(1);
  assert.equal(heard.count, 1);
  await store.tokens.revoke("a");
  assert.equal(heard.count, 1);
});

test("a token that was revoked before the watch began is heard of at once", async (t) => {
  const { store, heard, watch } = await asked(t, "2026-01-05T00:00:00.000Z");
  await store.tokens.revoke("a");
  watch();
  assert.equal(heard.count, 1);
});

test("whoever has stopped watching hears nothing, and over the local socket nothing ends", async (t) => {
  const { clock, store, heard, watch } = await asked(t, "2026-01-05T00:00:00.000Z");
  watch()();
  await store.tokens.revoke("a");
  await clock.advance(5 * 86_400_000);
  assert.equal(heard.count, 0);
  const services = { store, now: () => clock.date(), after: clock.after.bind(clock) };
  onActorEnd(services, {} as FastifyRequest, () => assert.fail("a request without a token"))();
});
