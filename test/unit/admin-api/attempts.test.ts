import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import type { AttemptRecord } from "../../../server/store/store-types.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { putAttempt } from "../../support/records.ts";

const record: AttemptRecord = {
  id: "a1",
  startedAt: "2026-03-01T09:58:30.000Z",
  endedAt: "2026-03-01T09:58:31.000Z",
  clientAddress: "203.0.113.7",
  user: "anna",
  userId: "u1",
  sessionId: null,
  verdict: "bad-credentials",
  evidence: "The password is wrong.",
  setupMs: null,
  count: 1,
  firstAt: "2026-03-01T09:58:30.000Z",
  lastTimes: ["2026-03-01T09:58:30.000Z"],
  trace: [{ at: 0, from: "client", layer: "pptp", text: "Outgoing-Call-Request" }],
};

const shown = {
  id: "a1",
  startedAt: "2026-03-01T09:58:30.000Z",
  endedAt: "2026-03-01T09:58:31.000Z",
  clientAddress: "203.0.113.7",
  user: "anna",
  userId: "u1",
  sessionId: null,
  setupMs: null,
  count: 1,
  firstAt: "2026-03-01T09:58:30.000Z",
  lastTimes: ["2026-03-01T09:58:30.000Z"],
  verdict: {
    code: "bad-credentials",
    cause: "The user name or the password is wrong.",
    evidence: "The password is wrong.",
    windowsErrors: [691],
    remedy: "Set a new password.",
  },
};

let b: Bench;
before(async () => {
  b = await bench();
  putAttempt(b.store, { ...record, id: "a3", user: null, clientAddress: "198.51.100.4" });
  const bert = { ...record, id: "a2", user: "bert", setupMs: 61.5 };
  putAttempt(b.store, { ...bert, verdict: "from-the-future", endedAt: null });
  putAttempt(b.store, record);
});
after(() => b.app.close());

/** A server with this one dial on record. */
async function having(t: TestContext, attempt: AttemptRecord): Promise<Bench> {
  const other = await bench();
  t.after(() => other.app.close());
  putAttempt(other.store, attempt);
  return other;
}

const ids = async (query: string) =>
  (await b.call("GET", `/api/v1/attempts${query}`)).json().items.map((item: { id: string }) => item.id);

test("the list has verdicts, but no traces", async () => {
  const { items } = (await b.call("GET", "/api/v1/attempts")).json();
  assert.deepEqual(items[0], shown);
});

test("of a session that was up, Windows shows that it ended, and no error of a dial", async (t) => {
  const up = await having(t, { ...record, id: "a9", setupMs: 61.5 });
  const { verdict } = (await up.call("GET", "/api/v1/attempts/a9")).json();
  assert.deepEqual(verdict.windowsErrors, []);
});

test("the list can be narrowed to a user and to an address", async () => {
  assert.deepEqual(await ids(""), ["a1", "a2", "a3"]);
  assert.deepEqual(await ids("?user=anna"), ["a1"]);
  assert.deepEqual(await ids("?address=198.51.100.4"), ["a3"]);
  assert.deepEqual(await ids("?address=198.51.100.4&user=anna"), []);
});

test("one attempt comes with its trace", async () => {
  assert.deepEqual((await b.call("GET", "/api/v1/attempts/a1")).json(), { ...shown, trace: record.trace });
});

test("one attempt as text: a ladder from the client's address to the verdict", async () => {
  const response = await b.call("GET", "/api/v1/attempts/a1?format=text");
  assert.equal(response.headers["content-type"], "text/plain; charset=utf-8");
  const lines = response.body.split("\n");
  assert.equal(lines[0], "Dial a1: 203.0.113.7 → pacd");
  assert.match(response.body, /^User +anna$/m);
  assert.match(response.body, /^ +0\.000 {2}│─ PPTP Outgoing-Call-Request ─+▶│$/m);
  assert.match(response.body, /^Verdict +The user name or the password is wrong\. \(bad-credentials\)$/m);
  assert.match(response.body, /^Windows shows {2}error 691$/m);
});

test("one attempt as HTML: a page that may load and run nothing, whatever the trace holds", async (t) => {
  const user = "<script>alert(1)</script>";
  const trace = [
    { at: 0, from: "client" as const, layer: "lcp", text: 'Identification "</text><img src=x>"' },
  ];
  const hostile = await having(t, { ...record, id: "a4", user, trace });
  const response = await hostile.call("GET", "/api/v1/attempts/a4?format=html");
  assert.equal(response.headers["content-type"], "text/html; charset=utf-8");
  assert.match(
    String(response.headers["content-security-policy"]),
    /^default-src 'none'; style-src 'sha256-[^']+'; frame-ancestors 'none'/,
  );
  assert.match(response.body, /^<!doctype html>\n<html lang="en">/);
  assert.match(response.body, /<ol class="rows">[\s\S]*<\/ol>/);
  assert.doesNotMatch(response.body, /<script|<img/);
  assert.match(response.body, /&lt;script&gt;alert/);
});

test("format=json is what comes without a format; another one is refused", async () => {
  assert.deepEqual((await b.call("GET", "/api/v1/attempts/a1?format=json")).json(), {
    ...shown,
    trace: record.trace,
  });
  const response = await b.call("GET", "/api/v1/attempts/a1?format=pdf");
  assert.deepEqual([response.statusCode, response.json().field], [400, "format"]);
});

test("an unknown attempt is a problem document in every format", async () => {
  for (const format of ["text", "html"]) {
    const response = await b.call("GET", `/api/v1/attempts/none?format=${format}`);
    assert.deepEqual([response.statusCode, response.json().code], [404, "attempt-not-found"]);
  }
});

test("a verdict that this version does not know is shown with its code", async () => {
  const { verdict } = (await b.call("GET", "/api/v1/attempts/a2")).json();
  assert.equal(verdict.code, "from-the-future");
  assert.deepEqual(verdict.windowsErrors, []);
});

test("an unknown attempt is attempt-not-found", async () => {
  const response = await b.call("GET", "/api/v1/attempts/none");
  assert.deepEqual([response.statusCode, response.json().code], [404, "attempt-not-found"]);
});

for (const limit of ["0", "1001", "-1", "1.5", "5x", "", "true", "1e2", "99999999999999999999"]) {
  test(`limit=${limit} is refused as invalid-request`, async () => {
    const response = await b.call("GET", `/api/v1/attempts?limit=${limit}`);
    assert.deepEqual(
      [response.statusCode, response.json().code, response.json().field],
      [400, "invalid-request", "limit"],
    );
  });
}

test("a cursor that is not one of ours is refused as invalid-request", async () => {
  const response = await b.call("GET", "/api/v1/attempts?cursor=x");
  assert.deepEqual([response.statusCode, response.json().code], [400, "invalid-request"]);
});

test("a parameter given twice is refused as invalid-request", async () => {
  const response = await b.call("GET", "/api/v1/attempts?user=a&user=b");
  assert.deepEqual([response.statusCode, response.json().field], [400, "user"]);
});

for (const address of ["foo", "203.0.113", "203.0.113.7/33", "203.0.113.7/24", "", "::1", "203.0.113.07"]) {
  test(`address=${address} is refused as invalid-address`, async () => {
    const response = await b.call("GET", `/api/v1/attempts?address=${encodeURIComponent(address)}`);
    assert.deepEqual(
      [response.statusCode, response.json().code, response.json().field],
      [400, "invalid-address", "address"],
    );
  });
}
