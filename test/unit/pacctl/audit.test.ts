import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

let b: Bench;
const call = (line: string) => pacctl(line.split(" "), { fetch: injected(b.app) });
const items = async (query: string) => (await b.call("GET", `/api/v1/audit${query}`)).json().items;

before(async () => {
  b = await bench();
  await b.call("POST", "/api/v1/users", { name: "anna" });
  const { id: userId } = (await b.call("GET", "/api/v1/users/anna")).json();
  b.concentrator.live.push(liveSession({ userId }));
  await b.call("PATCH", "/api/v1/users/anna", { enabled: false });
  await b.call("PATCH", "/api/v1/users/nobody", { enabled: false });
  b.store.audit.own({ action: "start", target: { kind: "server" } });
});
after(() => b.app.close());

test("audit --user says who disabled Anna, in one command", async () => {
  const [record] = await items("?user=anna&action=changeUser");
  const { out, code } = await call("audit --user anna --action changeUser");
  assert.equal(code, 0);
  assert.equal(
    out,
    [
      "ID        WHEN  WHO          ACTION      TARGET     RESULT  CHANGED",
      `${record.id.slice(0, 8)}  now   token admin  changeUser  user anna  done    enabled: true→false`,
      "",
    ].join("\n"),
  );
});

test("audit show takes the beginning of an ID, and says what was before and after", async () => {
  const [record] = await items("?user=anna&action=changeUser");
  const { out } = await call(`audit show ${record.id.slice(0, 8)}`);
  assert.equal(
    out,
    [
      "When       2026-03-01 10:00:00Z",
      "Who        token admin, admin",
      "From       127.0.0.1",
      "Action     changeUser",
      "Target     user anna",
      `Target ID  ${record.target.id}`,
      "Result     done (HTTP 200)",
      "Changed    enabled: true → false",
      '           own: [] → ["enabled"]',
      "Effects    sessionsEnded: 1",
      `Request    ${record.requestId}`,
      `ID         ${record.id}`,
      "",
    ].join("\n"),
  );
  assert.equal((await call(`audit show ${record.id}`)).out, out);
});

test("audit list has filters for result, actor and time", async () => {
  const list = async (line: string) =>
    (await call(line)).out
      .split("\n")
      .slice(1, -1)
      .map((row) => row.trim().split(/ {2,}/).slice(2).join(" "));
  assert.deepEqual(await list("audit list --result refused"), [
    "token admin changeUser user nobody refused: user-no…",
  ]);
  assert.deepEqual(await list("audit --actor-kind pacd --since 2h"), ["pacd start server done"]);
  assert.deepEqual(await list("audit --until 1h"), []);
  assert.deepEqual(await list("audit --actor admin --action createUser"), [
    "token admin createUser user anna done",
  ]);
});

test("audit says where there is nothing, and where there is more", async () => {
  assert.equal((await call("audit --user bert")).out, "Nothing is on record.\n");
  assert.match((await call("audit --limit 1")).out, /\nThere are more: --limit COUNT\n$/);
});

test("audit --json is the API's answer", async () => {
  assert.deepEqual(JSON.parse((await call("--json audit --user anna")).out).items, await items("?user=anna"));
});

test("an ID that is nobody's, an odd limit and an odd moment are refused", async () => {
  const none = await call("audit show ffffffff-ffff-4fff-8fff-ffffffffffff");
  assert.match(none.err, /There is no record/);
  assert.notEqual(none.code, 0);
  assert.match((await call("audit --limit 1001")).err, /--limit takes a whole number from 1 to 1000/);
  assert.match((await call("audit --since soon")).err, /Write it like/);
});
