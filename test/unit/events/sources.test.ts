import assert from "node:assert/strict";
import { test } from "node:test";
import { Conditions } from "../../../server/conditions/conditions.ts";
import { parseConfig } from "../../../server/config/load-config.ts";
import { eventSide } from "../../../server/event-side.ts";
import type { NewEvent, PacdEvent } from "../../../server/events/register.ts";
import { millis, seconds } from "../../../server/wire/units.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { userWith } from "../concentrator/users.ts";

function bench() {
  const clock = new VirtualClock();
  const conditions = new Conditions(clock, { warn() {}, info() {} });
  conditions.raise("redirects-on", "The kernel sends redirects.");
  const kept: number[] = [];
  const audited: ((record: object) => void)[] = [];
  const audit = { watch: (listener: (record: object) => void) => void audited.push(listener) };
  const events = { lastId: 0, retain() {}, add: ({ id }: PacdEvent) => void kept.push(id) };
  const store = { audit, events } as never;
  const side = eventSide({ clock, conditions, store, running: { config: parseConfig("", "x") } });
  const told: NewEvent[] = [];
  side.bus.watch(({ id: _id, at: _at, ...event }) => void told.push(event as NewEvent));
  return { clock, conditions, side, told, kept, audited };
}

const SESSION = {
  sessionId: "s1",
  attemptId: "a1",
  user: userWith(),
  clientAddress: "198.51.100.7",
  assignedAddress: "10.77.0.10",
  pool: "tunnel.pool",
  connectedAt: "2030-01-01T00:00:00.000Z",
} as const;
const SUBJECT = { user: "alice", addresses: ["198.51.100.7", "10.77.0.10"], group: null };
const FACTS = {
  session: "s1",
  attempt: "a1",
  user: "alice",
  userId: "id of alice",
  group: null,
  clientAddress: "198.51.100.7",
  assignedAddress: "10.77.0.10",
  pool: "tunnel.pool",
  connectedAt: "2030-01-01T00:00:00.000Z",
};

test("a session is told when it comes up and when it is over", () => {
  const { side, told } = bench();
  side.watcher.sessionUp({
    ...SESSION,
    encryption: "mppe-128-stateless",
    setup: millis(95.3),
    logIn: millis(3),
  });
  const traffic = { rxBytes: 1, txBytes: 2, rxPackets: 3, txPackets: 4 };
  const end = { verdict: "client-hung-up", evidence: "It went." };
  side.watcher.sessionDown({ ...SESSION, ...end, ...traffic, lasted: seconds(61) });
  assert.deepEqual(told, [
    {
      type: "session-up",
      subject: SUBJECT,
      data: { ...FACTS, encryption: "mppe-128-stateless", setupMs: 95.3, logInMs: 3 },
    },
    { type: "session-down", subject: SUBJECT, data: { ...FACTS, ...end, ...traffic, durationSeconds: 61 } },
  ]);
});

test("guessing that was slowed, and a pool that is nearly empty", () => {
  const { side, told } = bench();
  const guess = {
    kind: "user",
    user: "x",
    userId: undefined,
    address: "192.0.2.9",
    failures: 21,
    leftOut: 2,
  } as const;
  side.watcher.guessingSlowed(guess);
  side.watcher.poolNearlyEmpty({ pool: "guests", free: 3, total: 40, threshold: 4 });
  assert.deepEqual(told, [
    {
      type: "guessing-slowed",
      subject: { user: "x", addresses: ["192.0.2.9"] },
      data: { ...guess, userId: null },
    },
    { type: "pool-nearly-empty", data: { pool: "guests", free: 3, total: 40, threshold: 4 } },
  ]);
});

test("a condition is told when it begins and when it is over", async () => {
  const { clock, conditions, told } = bench();
  conditions.raise("nat-missing", "The table is gone.");
  await clock.advance(2_400);
  conditions.clear("nat-missing");
  assert.deepEqual(told, [
    {
      type: "condition-raised",
      data: { code: "nat-missing", subject: "", sentence: "The table is gone.", ready: false },
    },
    { type: "condition-cleared", data: { code: "nat-missing", subject: "", lastedSeconds: 2 } },
  ]);
});

test("a reload is told with what it changed, as the file would have it", () => {
  const { side, told } = bench();
  side.loaded({
    dryRun: false,
    file: "/etc/pacd/pacd.toml",
    changes: [
      { key: "log.level", from: "info", to: "debug", counts: "now" },
      { key: "pools.guests", from: undefined, to: ["10.9.0.0/24"], counts: "now" },
    ],
    sessions: { live: 3, ended: 2, noLongerAllowed: 0 },
    notes: [],
  });
  assert.deepEqual(told, [
    {
      type: "config-loaded",
      data: {
        file: "/etc/pacd/pacd.toml",
        changes: [
          { key: "log.level", from: '"info"', to: '"debug"', counts: "now" },
          { key: "pools.guests", from: null, to: '["10.9.0.0/24"]', counts: "now" },
        ],
        sessionsEnded: 2,
      },
    },
  ]);
});

test("every event is kept, those of conditions included that held before anybody listened", () => {
  const { side, kept } = bench();
  side.watcher.poolNearlyEmpty({ pool: "guests", free: 3, total: 40, threshold: 4 });
  assert.deepEqual(kept, [1, 2]);
});

test("what an administrator does is told without its values, and what a stranger was refused is not", () => {
  const { told, audited } = bench();
  const record = {
    id: "r1",
    actor: { kind: "administrator", name: "anna", id: "x", role: "operator" },
    from: { address: "192.0.2.1", pid: null },
    action: "updateUser",
    target: { kind: "user", name: "bob", id: "u2" },
    before: { enabled: true },
    after: { enabled: false },
    result: "done",
    code: null,
  };
  audited[0]!(record);
  audited[0]!({ ...record, result: "refused", code: "forbidden", target: { kind: "token", name: null } });
  audited[0]!({
    ...record,
    actor: { kind: "nobody", name: "root" },
    result: "refused",
    code: "unauthorized",
  });
  const data = {
    audit: "r1",
    actor: "anna",
    actorKind: "administrator",
    action: "updateUser",
    targetKind: "user",
    target: "bob",
    result: "done",
    address: "192.0.2.1",
  };
  assert.deepEqual(told, [
    { type: "admin-action", subject: { user: "bob" }, data },
    {
      type: "admin-action",
      subject: {},
      data: { ...data, targetKind: "token", target: null, result: "refused: forbidden" },
    },
  ]);
});
