import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { LockoutView } from "../../../server/concentrator/log-in/lockout-views.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

let GUESSED: LockoutView = {
  kind: "user-address",
  userId: "anna's",
  user: "anna",
  address: "203.0.113.7",
  failures: 9,
  since: "2026-03-01T09:58:00.000Z",
  last: "2026-03-01T09:59:30.000Z",
  refusedUntil: "2026-03-01T10:00:10.000Z",
};
let ALL_OVER: LockoutView = { ...GUESSED, kind: "user", address: null, failures: 25, refusedUntil: null };
const SPRAYED: LockoutView = { ...GUESSED, kind: "address", userId: null, user: null, failures: 40 };
const NOBODY: LockoutView = { ...GUESSED, userId: null, user: "\\u{1b}root", refusedUntil: null };

let b: Bench;
beforeEach(async () => {
  b = await bench();
  const anna = await b.call("POST", "/api/v1/users", { name: "anna", password: "clientPass" });
  const userId: string = anna.json().id;
  GUESSED = { ...GUESSED, userId };
  ALL_OVER = { ...ALL_OVER, userId };
  b.concentrator.locked.push(GUESSED, ALL_OVER, SPRAYED, NOBODY);
});
afterEach(() => b.app.close());

const call = (line: string) => pacctl(line.split(" "), { fetch: injected(b.app) });

test("GET lists them as the concentrator tells them", async () => {
  const answer = await b.call("GET", "/api/v1/lockouts");
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(answer.json(), { items: [GUESSED, ALL_OVER, SPRAYED, NOBODY] });
});

test("a thousand are listed at most", async () => {
  for (let i = 0; i < 2000; i++) b.concentrator.locked.push(GUESSED);
  assert.equal((await b.call("GET", "/api/v1/lockouts")).json().items.length, 1000);
});

test("DELETE of an address lifts it, and says how much that was; of one without any it says 0", async () => {
  const first = await b.call("DELETE", "/api/v1/lockouts/203.0.113.7");
  assert.deepEqual([first.statusCode, first.json()], [200, { lifted: 3 }]);
  assert.deepEqual((await b.call("DELETE", "/api/v1/lockouts/203.0.113.7")).json(), { lifted: 0 });
});

for (const address of ["203.0.113", "203.0.113.0%2F24", "anna", "::1"]) {
  test(`DELETE of ${address}, which is no address, is refused`, async () => {
    const answer = await b.call("DELETE", `/api/v1/lockouts/${address}`);
    assert.deepEqual([answer.statusCode, answer.json().code], [400, "invalid-address"]);
  });
}

test("a user is unlocked under any case of the name, and somebody who does not exist is not found", async () => {
  const answer = await b.call("DELETE", "/api/v1/users/ANNA/lockout");
  assert.deepEqual([answer.statusCode, answer.json()], [200, { lifted: 2 }]);
  assert.deepEqual(b.concentrator.lifted, [GUESSED.userId]);
  const missing = await b.call("DELETE", "/api/v1/users/bert/lockout");
  assert.deepEqual([missing.statusCode, missing.json().code], [404, "user-not-found"]);
});

test("a password that an administrator sets unlocks the user", async () => {
  await b.call("PUT", "/api/v1/users/anna/password", { password: "anotherPass" });
  assert.deepEqual(b.concentrator.lifted, [GUESSED.userId]);
});

test("a user who is shown alone has the wrong log-ins that count; in a list nobody has", async () => {
  assert.deepEqual((await b.call("GET", "/api/v1/users/anna")).json().failedLogIns, {
    count: 9,
    since: GUESSED.since,
    last: GUESSED.last,
    newAddressesWait: true,
    addresses: [
      {
        address: "203.0.113.7",
        failures: 9,
        since: GUESSED.since,
        last: GUESSED.last,
        refusedUntil: GUESSED.refusedUntil,
      },
    ],
  });
  assert.equal((await b.call("GET", "/api/v1/users")).json().items[0].failedLogIns, undefined);
});

test("pacctl lockout list shows who, from where and until when", async () => {
  assert.equal(
    (await call("lockout list")).out,
    [
      "USER                       FROM         WRONG  LAST     REFUSED UNTIL",
      "anna                       203.0.113.7  9      30s ago  in 10s",
      "anna                       (all)        25     30s ago  new addresses wait",
      "(all)                      203.0.113.7  40     30s ago  in 10s",
      "\\u{1b}root (no such user)  203.0.113.7  9      30s ago  -",
      "",
    ].join("\n"),
  );
  b.concentrator.locked.length = 0;
  assert.equal((await call("lockout list")).out, "Every log-in is judged.\n");
});

test("pacctl lifts an address and a user, and says so plainly where there was nothing to lift", async () => {
  assert.equal((await call("lockout lift 203.0.113.7")).out, "Log-ins from 203.0.113.7 are judged again.\n");
  assert.equal((await call("lockout lift 203.0.113.7")).out, "No wrong log-ins from 203.0.113.7 count.\n");
  assert.equal((await call("user unlock anna")).out, "Log-ins of anna are judged again.\n");
  assert.match(
    (await call("user unlock anna")).out,
    /^No wrong log-ins of anna count\. .*pacctl lockout list$/m,
  );
});

test("pacctl user show has the wrong log-ins under each other", async () => {
  const { out } = await call("user show anna");
  assert.match(
    out,
    /^Wrong log-ins {3}9 since 2026-03-01 09:58:00Z; NEW ADDRESSES HAVE TO WAIT \(pacctl user unlock\)\n {16}9 from 203\.0\.113\.7, the last 2026-03-01 09:59:30Z, REFUSED UNTIL 2026-03-01 10:00:10Z$/m,
  );
});
