import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import type { ReloadReport } from "../../../server/reload/report.ts";
import { bench } from "../../support/admin-api.ts";

const REPORT: ReloadReport = {
  dryRun: false,
  file: "/etc/pacd/pacd.toml",
  changes: [
    { key: "tunnel.mtu", from: 1400, to: 1300, counts: "next-dial" },
    { key: "pools.guests", from: undefined, to: ["10.78.0.0/24"], counts: "now" },
    { key: "nat.accept_forward", from: false, to: true, counts: "now" },
  ],
  sessions: { live: 214, ended: 12, noLongerAllowed: 0 },
  notes: ["Think of it."],
};

async function api(reload: (dryRun: boolean) => Promise<ReloadReport>) {
  const asked: boolean[] = [];
  const b = await bench({
    reload: (dryRun) => {
      asked.push(dryRun);
      return reload(dryRun);
    },
  });
  return { ...b, asked };
}

test("POST /config:reload says what has changed, and null for what was not there", async () => {
  const { app, call, asked } = await api(async () => REPORT);
  const response = await call("POST", "/api/v1/config:reload", {});
  assert.equal(response.statusCode, 200);
  const { changes, ...others } = response.json();
  assert.deepEqual(others, {
    dryRun: false,
    file: "/etc/pacd/pacd.toml",
    sessions: { live: 214, ended: 12, noLongerAllowed: 0 },
    notes: ["Think of it."],
  });
  assert.deepEqual(changes[1], { key: "pools.guests", from: null, to: ["10.78.0.0/24"], counts: "now" });
  assert.deepEqual(changes[0].to, 1300);
  assert.deepEqual(changes[2].to, true);
  await call("POST", "/api/v1/config:reload", { dryRun: true });
  assert.deepEqual(asked, [false, true]);
  await app.close();
});

test("a refusal is a problem with the lines, and the code that a start would give", async () => {
  const faults = [{ line: 3, key: "tunnel.mtu", code: "config-bad-value", says: "must be …" }];
  const { app, call } = await api(() =>
    Promise.reject(
      new AppError("reload-refused", "/etc/pacd/pacd.toml:3: tunnel.mtu: must be …", {
        because: "config-bad-value",
        faults,
      }),
    ),
  );
  const response = await call("POST", "/api/v1/config:reload", {});
  assert.equal(response.statusCode, 422);
  assert.match(String(response.headers["content-type"]), /^application\/problem\+json/);
  const { code, detail, because, faults: told } = response.json();
  assert.deepEqual([code, because, told], ["reload-refused", "config-bad-value", faults]);
  assert.match(detail, /pacd\.toml:3/);
  await app.close();
});

test("another route under /config is none, and a body that says something else is refused", async () => {
  const { app, call, asked } = await api(async () => REPORT);
  assert.equal((await call("POST", "/api/v1/config:relaod", {})).statusCode, 404);
  assert.equal((await call("POST", "/api/v1/config:reload", { dry_run: true })).statusCode, 400);
  assert.equal((await call("POST", "/api/v1/config:reload", { dryRun: "yes" })).statusCode, 400);
  assert.equal((await call("GET", "/api/v1/config:reload")).statusCode, 405);
  assert.deepEqual(asked, []);
  await app.close();
});
