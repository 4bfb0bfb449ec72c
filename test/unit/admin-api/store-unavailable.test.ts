import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import { bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { faultyStore, lock } from "../../support/faulty-store.ts";

/** The API on a database that another program has locked, with anna connected. */
async function locked(t: TestContext) {
  let unlock = () => {};
  // Before the store closes: it would wait for the lock, and its clock stands still then.
  t.after(() => unlock());
  const faulty = await faultyStore(t);
  const { store, clock } = faulty;
  const anna = await store.users.create({ name: "anna", password: "p" });
  const b = await bench({ store });
  t.after(() => b.app.close());
  b.concentrator.live.push(liveSession({ userId: anna.id }));
  unlock = lock(t, faulty.directory);
  /** The answer, once the patience of the store is over. */
  const call = async (...request: Parameters<typeof b.call>) => {
    let answer: Awaited<ReturnType<typeof b.call>> | undefined;
    const asked = b.call(...request).then((response) => {
      answer = response;
    });
    while (answer === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(100);
    }
    await asked;
    return answer;
  };
  return { ...faulty, ...b, unlock, call };
}

const told = (response: {
  statusCode: number;
  headers: object;
  json(): { code: string; reason?: string };
}) => [
  response.statusCode,
  response.json().code,
  response.json().reason,
  (response.headers as Record<string, unknown>)["retry-after"],
];

test("a write is answered by 503, its code, why, and when to ask again; nothing is logged as a mistake", async (t) => {
  const { call } = await locked(t);
  const added = await call("POST", "/api/v1/users", { name: "bo", password: "p" });
  assert.deepEqual(told(added), [503, "store-unavailable", "locked", "5"]);
  assert.match((added.json() as { detail: string }).detail, /fuser -v .*pacd\.db names it/);
  assert.deepEqual(told(await call("PUT", "/api/v1/users/anna/password", { password: "q" })), [
    503,
    "store-unavailable",
    "locked",
    "5",
  ]);
  assert.equal((await call("GET", "/api/v1/users/anna")).statusCode, 200);
  assert.equal((await call("GET", "/api/v1/status")).statusCode, 200);
});

test("a session is disconnected though nothing can be written", async (t) => {
  const { call, concentrator } = await locked(t);
  assert.equal((await call("DELETE", "/api/v1/sessions/s1")).statusCode, 204);
  assert.deepEqual(concentrator.live, []);
});

for (const [what, method, payload] of [
  ["disabled", "PATCH", { enabled: false }],
  ["removed", "DELETE", undefined],
] as const)
  test(`a user who is ${what} is disconnected and shown as disabled; the answer is 503, and the same again is done later`, async (t) => {
    const { call, concentrator, unlock, clock } = await locked(t);
    const first = await call(method, "/api/v1/users/anna", payload);
    assert.deepEqual(told(first), [503, "not-yet-written", undefined, "5"]);
    assert.match((first.json() as { detail: string }).detail, /^anna cannot log in any more, and sessions/);
    assert.deepEqual(concentrator.live, []);
    assert.equal((await call("GET", "/api/v1/users/anna")).json().enabled, false);
    unlock();
    await clock.advance(2000);
    const again = await call(method, "/api/v1/users/anna", payload);
    assert.equal(again.statusCode, what === "disabled" ? 200 : 404);
  });

test("pacd that has lost its users says so and is no mistake", async (t) => {
  const b = await bench();
  t.after(() => b.app.close());
  const damaged = new AppError("store-unavailable", "The database cannot be used: it is damaged.", {
    reason: "corrupt",
  });
  t.mock.method(b.store.users, "find", () => Promise.reject(damaged));
  const response = await b.call("GET", "/api/v1/users/anna");
  assert.deepEqual(told(response), [503, "store-unavailable", "corrupt", "5"]);
});
