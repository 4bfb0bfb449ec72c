import assert from "node:assert/strict";
import { test } from "node:test";
import { AuditSide } from "../../server/audit-side.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { temporaryStore } from "../support/temporary-store.ts";

const START = {
  version: "1.2.3",
  file: "/etc/pacd/pacd.toml",
  upgrade: undefined,
  recovered: { sessions: 2, attempts: 3 },
};

test("a start, its configuration and its stop are on record", async (t) => {
  const { store } = await temporaryStore(t);
  const side = new AuditSide(store.audit);
  await side.started(START);
  side.stopped(undefined);
  const { items } = await store.audit.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ actor, action, target, effects }) => [actor.kind, action, target.name, effects]),
    [
      ["pacd", "stop", null, null],
      ["pacd", "loadConfig", "/etc/pacd/pacd.toml", { by: "start" }],
      ["pacd", "start", null, { version: "1.2.3" }],
    ],
  );
});

test("a start after a stop is no crash; one after a start is", async (t) => {
  let at = Date.UTC(2026, 0, 2);
  const { systemClock } = await import("../../server/platform/clock.ts");
  const clock = { ...systemClock, date: () => new Date(at) };
  const { store } = await temporaryStore(t, { clock });
  const actions = async () => (await store.audit.list({ limit: 20 })).items.map(({ action }) => action);
  const side = new AuditSide(store.audit);
  await side.started(START);
  at += 1000;
  side.stopped(undefined);
  at += 1000;
  await side.started(START);
  assert.ok(!(await actions()).includes("crashed"));
  at += 1000;
  await side.started(START);
  const [crashed] = (await store.audit.list({ limit: 1, action: "crashed" })).items;
  assert.deepEqual(crashed?.effects, { noticed: "at the next start", sessions: 2, attempts: 3 });
});

test("a stop for a failure says why, and has failed", async (t) => {
  const { store } = await temporaryStore(t);
  new AuditSide(store.audit).stopped("The interface pac0 is gone.");
  const [record] = (await store.audit.list({ limit: 1 })).items;
  assert.deepEqual([record?.result, record?.effects], ["failed", { failure: "The interface pac0 is gone." }]);
});

test("what SIGHUP brought, or did not, is on record with keys and values", async (t) => {
  const { store } = await temporaryStore(t);
  const side = new AuditSide(store.audit);
  side.reloaded({
    dryRun: false,
    file: "pacd.toml",
    changes: [{ key: "users.max_sessions", from: 5, to: 6, counts: "now" }],
    sessions: { live: 3, ended: 1, noLongerAllowed: 0 },
    notes: [],
  });
  side.reloadRefused("pacd.toml", new AppError("reload-refused", "Line 3 is wrong."));
  const { items } = await store.audit.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ result, code, before, after, effects }) => [result, code, before, after, effects]),
    [
      ["refused", "reload-refused", null, null, { by: "SIGHUP", because: "Line 3 is wrong." }],
      [
        "done",
        null,
        { "users.max_sessions": 5 },
        { "users.max_sessions": 6 },
        { by: "SIGHUP", sessionsEnded: 1 },
      ],
    ],
  );
});

test("what was put back on the host, another certificate and forgotten records are on record", async (t) => {
  const { store } = await temporaryStore(t);
  const side = new AuditSide(store.audit);
  side.repaired("masquerade", "", "The nft table was removed.");
  side.repaired("routes", "10.77.0.0/16", "A route was removed.");
  side.certificate(undefined);
  side.forgot({ sessions: 3 });
  const { items } = await store.audit.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ action, target, effects }) => [action, target.kind, target.name, effects]),
    [
      ["forgetRecords", "records", null, { sessions: 3 }],
      ["changeCertificate", "certificate", null, null],
      ["repairHost", "host", "routes 10.77.0.0/16", { seen: "A route was removed." }],
      ["repairHost", "host", "masquerade", { seen: "The nft table was removed." }],
    ],
  );
});
