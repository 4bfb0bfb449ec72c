import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { millis } from "../../../server/wire/units.ts";
import { type Bench, bench, listen } from "../../support/admin-api.ts";
import { fakeStatus, liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
before(async () => {
  b = await bench();
  b.concentrator.live.push(liveSession());
});
after(() => b.app.close());

test("status shows the concentrator, the version, the time since start and the number of users", async () => {
  const status = (await b.call("GET", "/api/v1/status")).json();
  assert.deepEqual(status, {
    ...fakeStatus(),
    version: "1.2.3",
    uptimeSeconds: 3600,
    users: 0,
    sessions: 1,
    certificate: null,
    lastBackupAt: null,
    weakOptions: [],
  });
});

test("weak options are shown in plain words", async () => {
  b.concentrator.weak = ["clients may connect without encryption"];
  const { weakOptions } = (await b.call("GET", "/api/v1/status")).json();
  assert.deepEqual(weakOptions, ["clients may connect without encryption"]);
});

test("healthz answers ok whatever the store does; readyz tells, without details", async (t) => {
  assert.deepEqual((await b.app.inject("/readyz")).json(), { status: "ready" });
  const broken = new Error("disk I/O error in /secret");
  const ping = t.mock.method(b.store, "ping", () => Promise.reject(broken));
  assert.deepEqual((await b.app.inject("/healthz")).json(), { status: "ok" });
  const unready = await b.app.inject("/readyz");
  ping.mock.restore();
  assert.deepEqual([unready.statusCode, unready.json().code], [503, "unavailable"]);
  assert.ok(!unready.body.includes("disk"));
});

test("a condition stands in the status; readyz says 503 with its code and time, and no more", async () => {
  const condition = {
    code: "nat-missing",
    subject: "",
    since: "2026-03-01T09:59:00.000Z",
    sentence: "The table is gone",
    ready: false,
  } as const;
  b.concentrator.current = { ...fakeStatus(), conditions: [{ ...condition, lasts: millis(60_000) }] };
  assert.deepEqual((await b.call("GET", "/api/v1/status")).json().conditions, [condition]);
  const unready = await b.app.inject("/readyz");
  assert.deepEqual([unready.statusCode, unready.json().code], [503, "unavailable"]);
  assert.deepEqual(unready.json().reasons, [{ code: "nat-missing", since: condition.since }]);
  assert.match(unready.json().detail, /^pacd is degraded: nat-missing since 2026-03-01T09:59:00.000Z\./);
  assert.ok(!unready.body.includes("table"));
});

test("a condition with which clients are served all the same leaves readyz as it is", async () => {
  const held = { code: "nat-missing", subject: "", since: "2026-03-01T09:59:00.000Z", sentence: "" } as const;
  b.concentrator.current = { ...fakeStatus(), conditions: [{ ...held, lasts: millis(1), ready: true }] };
  assert.deepEqual((await b.app.inject("/readyz")).json(), { status: "ready" });
  b.concentrator.current = fakeStatus();
});

test("answers are kept by no cache, and may be framed by nobody", async () => {
  const { headers } = await b.call("GET", "/api/v1/status");
  assert.equal(headers["cache-control"], "no-store");
  assert.match(String(headers["content-security-policy"]), /default-src 'none'.*frame-ancestors 'none'/);
  assert.equal(headers["strict-transport-security"], undefined);
});

test("while the app closes, requests on open connections hear unavailable", async () => {
  const other = await bench();
  let url = "";
  let answer: Promise<Response> | undefined;
  // Registered after the app's own hook, so it runs when closing has begun and the port is still open.
  other.app.addHook("preClose", async () => {
    answer = fetch(`${url}/healthz`);
    await answer;
  });
  url = await listen(other.app);
  await other.app.close();
  const response = await answer!;
  assert.equal(response.status, 503);
  assert.equal(((await response.json()) as { code: string }).code, "unavailable");
});

test("the API's certificate is shown with its end, in the status and to Prometheus; without TLS there is none", async () => {
  const certificate = {
    names: ["vpn.example.com"],
    fingerprint: "AB:CD",
    notBefore: "2026-01-01T00:00:00.000Z",
    notAfter: "2026-04-01T00:00:00.000Z",
    daysLeft: 30,
  };
  const metric = /^pacd_certificate_expires_timestamp_seconds.*$/m;
  const other = await bench({ certificate: () => certificate });
  assert.deepEqual((await other.call("GET", "/api/v1/status")).json().certificate, certificate);
  assert.equal(
    metric.exec((await other.call("GET", "/metrics")).body)?.[0],
    `pacd_certificate_expires_timestamp_seconds{fingerprint="AB:CD"} ${Date.parse(certificate.notAfter) / 1000}`,
  );
  await other.app.close();
  const plain = await bench();
  assert.equal(metric.exec((await plain.call("GET", "/metrics")).body), null);
  await plain.app.close();
});
