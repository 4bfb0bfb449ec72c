import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { putSession } from "../../support/records.ts";

let b: Bench;
before(async () => {
  b = await bench();
  b.concentrator.live.push(liveSession());
});
after(() => b.app.close());

const get = async (id: string) => (await b.call("GET", `/api/v1/sessions/${id}`)).json();

test("a live session shows who its client says it is, and what was agreed with it", async () => {
  const { client, live } = await get("s1");
  assert.deepEqual(client, {
    computerName: "ANNA-PC",
    kind: "windows",
    hostName: null,
    vendorName: "Microsoft",
    firmwareRevision: 0,
    identifications: ["MSRASV5.20", "MSRAS-0-ANNA-PC"],
  });
  assert.equal(live.logInMethod, "ms-chap-v2");
  assert.deepEqual(live.agreed.lcp.byClient[0], { name: "mru", value: "1400" });
  assert.deepEqual(live.agreed.ccp.byServer, [{ name: "mppe", value: "01000040 (H stateless, S 128 bits)" }]);
  assert.deepEqual([live.serverAddress, live.dns, live.wins], ["10.77.0.1", ["10.0.0.53"], []]);
});

test("its policy comes with where each part comes from, and the time that is left", async () => {
  const { policy, timeLeft } = (await get("s1")).live;
  assert.deepEqual([policy.sessionTimeout, policy.from.sessionTimeout], [14_400, "group"]);
  assert.deepEqual([policy.rateDown, policy.from.rateDown], [10_000_000, "user"]);
  assert.deepEqual([policy.rateUp, policy.from.rateUp], [null, "default"]);
  assert.equal(policy.group, "sales");
  assert.deepEqual(timeLeft, { session: 14_340, idle: null, validity: null, hours: null });
});

test("rates are bits and packets a second, over the time that they are of", async () => {
  const { rate, history } = (await get("s1")).live;
  assert.deepEqual(rate, {
    seconds: 5,
    rxBitsPerSecond: 100_000,
    txBitsPerSecond: 1_000_000,
    rxPacketsPerSecond: 50,
    txPacketsPerSecond: 100,
  });
  assert.equal(history.length, 6);
  assert.deepEqual(history.at(-1), {
    seconds: 10,
    rxBitsPerSecond: 40_000,
    txBitsPerSecond: 400_000,
    rxPacketsPerSecond: 10,
    txPacketsPerSecond: 40,
  });
});

test("loss is a share of what was sent as far as the numbers tell", async () => {
  const { link, live } = await get("s1");
  assert.deepEqual(link, {
    roundTripMs: 34.5,
    leastRoundTripMs: 31.25,
    roundTrips: 320,
    roundTripAt: "2026-07-24T10:01:00.000Z",
    arrived: 1000,
    lost: 10,
    lostShare: 0.009911,
    reordered: 4,
    late: 2,
    duplicates: 1,
    tested: 40,
    unacknowledged: 1,
    unacknowledgedShare: 0.025,
  });
  assert.deepEqual(live.drops, [
    { reason: "destination-denied", packets: 12, meaning: "to a place the user may not reach" },
  ]);
});

test("of a session that ended its client, its last use and its link at the end are left", async () => {
  const { durationSeconds: _, ...record } = liveSession({ id: "s9" });
  const link = { arrived: 0, lost: 0, reordered: 0, late: 0, duplicates: 0, tested: 0, unacknowledged: 0 };
  putSession(b.store, {
    ...record,
    groupId: null,
    groupName: null,
    disconnectedAt: "2026-03-01T10:00:00.000Z",
    endReason: "client-hung-up",
    computerName: "ANNA-PC",
    clientKind: "windows",
    link: JSON.stringify(link),
  });
  const shown = await get("s9");
  assert.equal(shown.lastActivity, record.lastActivity);
  assert.deepEqual([shown.client.computerName, shown.client.kind], ["ANNA-PC", "windows"]);
  assert.deepEqual(shown.client.identifications, []);
  assert.deepEqual(
    [shown.link.roundTripMs, shown.link.lostShare, shown.link.unacknowledgedShare],
    [null, null, null],
  );
  assert.equal(shown.live, null);
});
