import assert from "node:assert/strict";
import { test } from "node:test";
import { DialCounters } from "../../../../server/concentrator/records/dial-counters.ts";
import { DialRecord } from "../../../../server/concentrator/records/dial-record.ts";
import { NO_COUNTERS } from "../../../../server/data-plane/counters.ts";
import { ipv4 } from "../../../../server/wire/ipv4.ts";
import { millis, octets } from "../../../../server/wire/units.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { userWith } from "../users.ts";

const TERMS = {
  user: userWith(),
  address: ipv4(0x0a4d0001),
  mtu: octets(1396),
  encryption: "mppe-128-stateless",
  pool: "tunnel.pool",
} as const;
const ENDING = { verdict: "client-hung-up", evidence: "It went." } as const;

/** The record of a dial that was asked for at 0, and all that was told of it. */
function dial() {
  const clock = new VirtualClock();
  const told: [string, ...unknown[]][] = [];
  const lines: string[] = [];
  const counters = new DialCounters();
  const tell =
    (what: string) =>
    (...facts: unknown[]): void => {
      told.push([what, ...facts]);
    };
  const records = { begin: tell("begin"), update: tell("update"), open: tell("open"), close: tell("close") };
  const watched: [string, Record<string, unknown>][] = [];
  const watch = (what: string) => (facts: object) => void watched.push([what, { ...facts }]);
  const watcher = {
    sessionUp: watch("up"),
    sessionDown: watch("down"),
    dialFailed: watch("failed"),
  };
  const log = { info: (_fields: object, text: string) => void lines.push(text) };
  const record = new DialRecord(
    { clock, log, records, counters, watcher },
    { sessionId: "s", attemptId: "a", clientAddress: "198.51.100.7", requestedAt: millis(0) },
  );
  const last = () => told.at(-1)?.[2] as Record<string, unknown>;
  return { clock, told, watched, lines, counters, record, last };
}

test("a dial is on record from its first moment", () => {
  const { told, counters } = dial();
  assert.deepEqual(told, [
    ["begin", { id: "a", startedAt: "2030-01-01T00:00:00.000Z", clientAddress: "198.51.100.7" }],
  ]);
  assert.deepEqual(counters.dials(), { started: 1, connected: 0, failed: 0 });
});

test("a dial that never came up leaves an attempt with verdict and trace, and no session", async () => {
  const { clock, told, lines, counters, record, last } = dial();
  record.controlLine({ at: 0, from: "client", text: "Outgoing-Call-Request" });
  record.nameSent("alice");
  record.nameBelongsTo("id of alice");
  await clock.advance(1500);
  record.close(ENDING, undefined, NO_COUNTERS);
  assert.deepEqual(
    told.map(([what]) => what),
    ["begin", "update", "update"],
  );
  assert.deepEqual(told[1], ["update", "a", { user: "alice" }]);
  assert.deepEqual(last(), {
    userId: "id of alice",
    endedAt: "2030-01-01T00:00:01.500Z",
    verdict: "client-hung-up",
    evidence: "It went.",
    trace: [
      { at: 0, from: "client", layer: "pptp", text: "Outgoing-Call-Request" },
      { at: 1500, from: "pacd", layer: "pacd", text: "client-hung-up: It went." },
    ],
  });
  assert.deepEqual(counters.dials(), { started: 1, connected: 0, failed: 1 });
  assert.deepEqual(counters.verdicts(), { "client-hung-up": 1 });
  assert.deepEqual([record.connectedAt, record.lasted], [undefined, undefined]);
  assert.deepEqual(lines, ["Call ended: It went."]);
});

test("a name that nobody has leaves a dial of nobody", () => {
  const { record, last } = dial();
  record.nameBelongsTo(undefined);
  record.close(ENDING, undefined, NO_COUNTERS);
  assert.equal(last()["userId"], null);
});

test("a session is opened with what was agreed and closed with its counters", async () => {
  const { clock, told, lines, counters, record, last } = dial();
  await clock.advance(40);
  record.open(TERMS);
  assert.deepEqual(told[1], [
    "open",
    {
      id: "s",
      attemptId: "a",
      userId: "id of alice",
      user: "alice",
      clientAddress: "198.51.100.7",
      assignedAddress: "10.77.0.1",
      pool: "tunnel.pool",
      groupId: null,
      groupName: null,
      encryption: "mppe-128-stateless",
      mtu: 1396,
      connectedAt: "2030-01-01T00:00:00.040Z",
    },
  ]);
  const { trace: _trace, ...connected } = last();
  const evidence = "Session up: alice has 10.77.0.1 after 40 ms";
  assert.deepEqual(connected, {
    userId: "id of alice",
    sessionId: "s",
    verdict: "connected",
    evidence,
    setupMs: 40,
  });
  await clock.advance(60_000);
  assert.equal(record.lasted, 60_000);
  record.close(ENDING, TERMS.user, { ...NO_COUNTERS, rxBytes: 1, txBytes: 2, rxPackets: 3, txPackets: 4 });
  const at = "2030-01-01T00:01:00.040Z";
  const totals = { rxBytes: 1, txBytes: 2, rxPackets: 3, txPackets: 4 };
  const unknown = { lastActivity: null, computerName: null, clientKind: null, link: null };
  assert.deepEqual(told[3], ["close", "s", { at, reason: "client-hung-up", ...totals, ...unknown }]);
  assert.equal(last()["endedAt"], at);
  assert.deepEqual(counters.dials(), { started: 1, connected: 1, failed: 0 });
  assert.deepEqual(lines, [evidence, "Session ended, up for 1 min: It went."]);
});

test("a session that is up again is the same session: no second one is opened", async () => {
  const { clock, told, counters, record } = dial();
  record.open(TERMS);
  const since = record.connectedAt;
  await clock.advance(1000);
  record.open(TERMS);
  assert.deepEqual(
    told.map(([what]) => what),
    ["begin", "open", "update", "update"],
  );
  assert.deepEqual([record.connectedAt, record.lasted], [since, 1000]);
  assert.equal(counters.dials().connected, 1);
  assert.equal(record.trace.entries().at(-1)?.text, "Session up again, after LCP was negotiated anew");
});

test("a wall clock that is set back does not end a session before it began", async () => {
  const { clock, record, last } = dial();
  clock.setWallClock(-3_600_000);
  await clock.advance(40);
  record.open(TERMS);
  assert.equal(record.connectedAt?.toISOString(), "2030-01-01T00:00:00.040Z");
  await clock.advance(1000);
  record.close(ENDING, TERMS.user, NO_COUNTERS);
  assert.equal(last()["endedAt"], "2030-01-01T00:00:01.040Z");
});

test("a watcher is told of a session once when it comes up and once when it is over, with what it carried", async () => {
  const { clock, watched, record } = dial();
  record.nameSent("ALICE");
  await clock.advance(20);
  record.loggedInBy("ms-chap-v2");
  await clock.advance(75);
  record.open(TERMS);
  record.open(TERMS);
  await clock.advance(61_000);
  record.close(ENDING, TERMS.user, { ...NO_COUNTERS, rxBytes: 5, txBytes: 7, rxPackets: 1, txPackets: 2 });
  const session = {
    sessionId: "s",
    attemptId: "a",
    user: TERMS.user,
    clientAddress: "198.51.100.7",
    assignedAddress: "10.77.0.1",
    pool: TERMS.pool,
    connectedAt: "2030-01-01T00:00:00.095Z",
  };
  assert.deepEqual(watched, [
    ["up", { ...session, encryption: "mppe-128-stateless", setup: 95, logIn: 20 }],
    ["down", { ...session, ...ENDING, lasted: 61_000, rxBytes: 5, txBytes: 7, rxPackets: 1, txPackets: 2 }],
  ]);
});

test("a watcher is told of a failed dial with the name as it was sent, and whose it is", () => {
  const { watched, record } = dial();
  record.nameSent("alice ");
  record.nameBelongsTo("id of alice");
  record.close(ENDING, undefined, NO_COUNTERS);
  assert.deepEqual(watched, [
    [
      "failed",
      { attemptId: "a", clientAddress: "198.51.100.7", ...ENDING, nameSent: "alice ", userId: "id of alice" },
    ],
  ]);
});
