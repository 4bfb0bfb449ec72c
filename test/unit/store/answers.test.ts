import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claim } from "../../../server/store/answers/answer-types.ts";
import { NOON_CLOCK, temporaryStore } from "../../support/temporary-store.ts";

const DAY = 86_400_000;
const ANSWER = { status: 201, headers: { location: "/x" }, body: "{}" };
const claim = (key: string, change: Partial<Claim> = {}): Claim => ({
  actor: "token:1",
  key,
  request: Uint8Array.of(1, 2, 3),
  ...change,
});

/** A store whose clock a test sets. */
async function store(t: Parameters<typeof temporaryStore>[0]) {
  const start = NOON_CLOCK.date().getTime();
  let now = start;
  const { store } = await temporaryStore(t, { clock: { ...NOON_CLOCK, date: () => new Date(now) } });
  const answers = store.forgettable.find(({ kind }) => kind === "answers")!;
  return {
    store,
    /** Puts the clock so long after the start. */
    at: (ms: number) => {
      now = start + ms;
    },
    forget: (most: number) => answers.forget(new Date(now - DAY).toISOString(), most),
  };
}

test("an answer is found by actor and key, with the request that it is to", async (t) => {
  const { store: s } = await store(t);
  await s.answers.keep(claim("a"), ANSWER);
  assert.deepEqual(await s.answers.find(claim("a")), { request: Uint8Array.of(1, 2, 3), answer: ANSWER });
  assert.equal(await s.answers.find(claim("b")), undefined);
  assert.equal(await s.answers.find(claim("a", { actor: "token:2" })), undefined);
});

test("a write takes the claim with it, and one that is taken back does not", async (t) => {
  const { store: s } = await store(t);
  const write = { kind: "group", do: "create", group: { name: "staff" } } as const;
  const terms = { atomic: true, dryRun: false };
  await s.users.write([write], { ...terms, dryRun: true, claim: claim("dry") });
  assert.equal(await s.answers.find(claim("dry")), undefined);
  await s.users.write([write], { ...terms, claim: claim("done") });
  assert.equal((await s.answers.find(claim("done")))?.answer, "done");
  await s.users.write([write], { ...terms, claim: claim("refused") });
  assert.equal(await s.answers.find(claim("refused")), undefined);
});

test("what was begun is begun until it is answered or released", async (t) => {
  const { store: s } = await store(t);
  await s.answers.begin(claim("a"));
  assert.equal((await s.answers.find(claim("a")))?.answer, "begun");
  await s.answers.release(claim("a"));
  assert.equal(await s.answers.find(claim("a")), undefined);
});

test("after a day a key is free, and answers are forgotten in small batches", async (t) => {
  const { store: s, at, forget } = await store(t);
  for (const key of ["a", "b", "c"]) await s.answers.keep(claim(key), ANSWER);
  at(DAY);
  assert.ok((await s.answers.find(claim("a"))) !== undefined);
  assert.equal(await forget(9), 0);
  at(DAY + 1);
  assert.equal(await s.answers.find(claim("a")), undefined);
  await s.answers.keep(claim("a", { request: Uint8Array.of(9) }), ANSWER);
  assert.deepEqual([await forget(1), await forget(9)], [1, 1]);
  assert.deepEqual((await s.answers.find(claim("a")))?.request, Uint8Array.of(9));
});
