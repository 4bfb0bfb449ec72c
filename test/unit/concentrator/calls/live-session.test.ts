import assert from "node:assert/strict";
import { test } from "node:test";
import { CallView, type ShownCall } from "../../../../server/concentrator/calls/live-session.ts";
import { NO_COUNTERS } from "../../../../server/data-plane/counters.ts";
import { ipv4 } from "../../../../server/wire/ipv4.ts";
import { octets, seconds } from "../../../../server/wire/units.ts";
import { userWith } from "../users.ts";

const UP: ShownCall = {
  record: {
    sessionId: "s",
    attemptId: "a",
    clientAddress: "198.51.100.7",
    connectedAt: new Date("2030-01-01T00:00:00.000Z"),
    lasted: seconds(90.9),
  },
  user: userWith(),
  address: ipv4(0x0a4d0001),
  mtu: octets(1396),
  pool: "tunnel.pool",
  encryption: "mppe-128-stateless",
  counters: () => NO_COUNTERS,
};

const shown = (call: ShownCall, counters = NO_COUNTERS) =>
  new CallView({ ...call, counters: () => counters }).session();

test("a session is shown as it is now, in whole seconds, and with counters that were handed in", () => {
  const counters = { ...NO_COUNTERS, rxBytes: 1, txBytes: 2, rxPackets: 3, txPackets: 4, lastActivity: 1000 };
  assert.deepEqual(shown(UP, counters), {
    id: "s",
    attemptId: "a",
    userId: "id of alice",
    user: "alice",
    clientAddress: "198.51.100.7",
    assignedAddress: "10.77.0.1",
    pool: "tunnel.pool",
    groupId: null,
    groupName: null,
    connectedAt: "2030-01-01T00:00:00.000Z",
    durationSeconds: 90,
    encryption: "mppe-128-stateless",
    mtu: 1396,
    rxBytes: 1,
    txBytes: 2,
    rxPackets: 3,
    txPackets: 4,
    lastActivity: "1970-01-01T00:00:01.000Z",
  });
});

test("a session that nobody has used was last used never", () => {
  assert.equal(shown(UP).lastActivity, null);
});

test("what is not up is not shown", () => {
  const record = { ...UP.record, connectedAt: undefined, lasted: undefined };
  for (const call of [
    { ...UP, record },
    { ...UP, user: undefined },
    { ...UP, address: undefined },
  ])
    assert.throws(() => shown(call));
});

test("facts are made anew when one of them has changed, and only then", () => {
  const call = { ...UP };
  const view = new CallView(call);
  const before = view.look();
  call.record = { ...UP.record, lasted: seconds(200) };
  assert.equal(view.look()?.facts, before?.facts);
  assert.equal(view.look()?.durationSeconds, 200);
  for (const change of [
    { user: { ...userWith(), name: "anna" } },
    { mtu: octets(1300) },
    { encryption: "none" as const },
    { pool: null },
    { address: ipv4(0x0a4d0002) },
  ]) {
    const old = view.look()?.facts;
    Object.assign(call, change);
    assert.notDeepEqual(view.look()?.facts, old);
  }
});

test("a session whose tunnel is gone is not there to be looked at", () => {
  const view = new CallView({ ...UP, counters: () => undefined });
  assert.equal(view.look(), undefined);
  assert.throws(() => view.session());
});
