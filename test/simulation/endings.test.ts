import assert from "node:assert/strict";
import { test } from "node:test";
import { LCP, TERMINATE_ACK, TERMINATE_REQUEST, unframe } from "../support/peers/ppp-bytes.ts";
import { PptpClient } from "../support/peers/pptp-client.ts";
import { WINDOWS_NONE } from "../support/peers/windows.ts";
import { temporaryStore } from "../support/temporary-store.ts";
import { ALICE, client, lastAttempt, withAliceUp } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

/** The accounting record of the last attempt's session. */
async function record(world: World) {
  const attempt = await lastAttempt(world);
  return (await world.store.sessions.find(attempt.sessionId!))!;
}

test("an administrator's disconnect sends LCP Terminate-Request, then Call-Disconnect-Notify", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const [session] = world.concentrator.sessions();
  const done = world.concentrator.disconnect(session!.id);
  await world.settle();
  assert.equal(await done, true);
  assert.equal(world.clock.now(), 0, "nobody waited");
  assert.deepEqual(alice.seen.slice(-3), ["terminate-request", "call-disconnect-notify", "cdn 3"]);
  assert.equal(world.concentrator.sessions().length, 0);
  assert.equal((await record(world)).endReason, "disconnected-by-administrator");
  assert.equal((await lastAttempt(world)).verdict, "disconnected-by-administrator");
});

test("after a disconnect the client dials again at once, and its address is free", async (t) => {
  const world = await createWorld(t, (config) => {
    const pool = [{ first: config.tunnel.pool[0]!.first, last: config.tunnel.pool[0]!.first }];
    return { ...config, tunnel: { ...config.tunnel, pool } };
  });
  await withAliceUp(world);
  const done = world.concentrator.disconnect(world.concentrator.sessions()[0]!.id);
  await world.settle();
  await done;
  const again = client(world);
  again.dial();
  await world.settle();
  assert.equal(again.address, "10.77.0.10");
  assert.equal(world.clock.now(), 0);
});

test("a disconnect of an unknown session is false", async (t) => {
  const world = await createWorld(t);
  assert.equal(await world.concentrator.disconnect("nobody"), false);
});

test("a client that says Terminate-Request and clears its call is client-hung-up", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  alice.hangUp();
  await world.settle();
  assert.equal(world.concentrator.sessions().length, 0, "the session ends with the link");
  alice.clearCall();
  await world.settle();
  assert.ok(alice.seen.includes("call-disconnect-notify"));
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "client-hung-up");
  assert.match(attempt.evidence, /User request/);
});

test("a client that says Terminate-Request and nothing more gets its Call-Disconnect-Notify after 2 s", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  alice.hangUp();
  await world.clock.advance(1_900);
  assert.ok(!alice.seen.includes("call-disconnect-notify"));
  await world.clock.advance(200);
  assert.ok(alice.seen.includes("call-disconnect-notify"));
});

test("a Call-Clear-Request alone ends the session at once", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  alice.clearCall();
  await world.settle();
  assert.deepEqual(alice.seen.slice(-2), ["call-disconnect-notify", "cdn 4"]);
  assert.equal((await record(world)).endReason, "client-hung-up");
});

test("a TCP connection that closes without a goodbye ends the session at once", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  alice.tcp?.close();
  await world.settle();
  assert.equal(world.concentrator.sessions().length, 0);
  assert.equal((await record(world)).endReason, "control-lost");
  assert.equal(world.concentrator.status().addressesFree, world.concentrator.status().addressesTotal);
});

test("a client that vanishes is link-lost within 90 s", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  alice.vanish();
  await world.clock.advance(90_000);
  assert.equal((await record(world)).endReason, "link-lost");
});

test("a client that answers keep-alives stays for hours", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  await world.clock.advance(3 * 3600 * 1000);
  assert.equal(world.concentrator.sessions().length, 1);
  assert.ok(alice.up);
});

test("a stop tells every client, closes every record and leaves no timer", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const second = client(world, {}, "198.51.100.9");
  second.dial();
  await world.settle();
  const stopped = world.concentrator.shutDown();
  await world.clock.advance(2_000);
  await stopped;
  for (const caller of [alice, second]) {
    assert.ok(caller.seen.includes("call-disconnect-notify"), caller.seen.join(", "));
    assert.ok(caller.tcp?.closed);
  }
  const { items } = await world.store.sessions.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ endReason }) => endReason),
    ["server-stopped", "server-stopped"],
  );
  assert.equal(world.clock.pending(), 0);
});

test("where pacd cannot go on every client gets its goodbye, and the records say why", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const stopped = world.concentrator.shutDown("The tunnel interface pac0 is gone.");
  await world.clock.advance(2_000);
  await stopped;
  assert.ok(alice.seen.includes("call-disconnect-notify"), alice.seen.join(", "));
  assert.ok(alice.tcp?.closed);
  assert.equal((await record(world)).endReason, "server-failed");
  const { verdict, evidence } = await lastAttempt(world);
  assert.deepEqual([verdict, evidence], ["server-failed", "The tunnel interface pac0 is gone."]);
});

test("interim counters are written every 30 s, and a crash leaves them to the next start", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  await world.clock.advance(31_000);
  const open = await record(world);
  assert.equal(open.disconnectedAt, null);
  // Killed here; the next start finds what is on the disk.
  await world.clock.advance(3_600_000);
  const { store: next } = await temporaryStore(t, { directory: world.directory });
  const recovered = await next.recover("server-crashed", world.clock.date().toISOString());
  assert.deepEqual(recovered, { sessions: 1, attempts: 1 });
  const closed = (await next.sessions.find(open.id))!;
  assert.deepEqual([closed.endReason, closed.disconnectedAt], ["server-crashed", "2030-01-01T01:00:30.000Z"]);
});

test("alice twice is two sessions with two addresses", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  const again = client(world, {}, "198.51.100.9");
  again.dial();
  await world.settle();
  assert.deepEqual(
    world.concentrator.sessions({ user: ALICE.name.toUpperCase() }).map((session) => session.assignedAddress),
    ["10.77.0.10", "10.77.0.11"],
  );
});

test("a Call-Clear-Request that overtakes the client's Terminate-Ack hides no cause of ours", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  // No Terminate-Ack comes.
  const mangle = (frame: Uint8Array) => {
    const { protocol, rest } = unframe(frame);
    return protocol === LCP && rest[0] === TERMINATE_ACK ? [] : [frame];
  };
  const alice = new PptpClient(world, WINDOWS_NONE, { mangle });
  alice.dial();
  await world.settle();
  assert.ok(alice.ppp.heard.some(({ protocol, code }) => protocol === LCP && code === TERMINATE_REQUEST));
  alice.clearCall();
  await world.settle();
  assert.equal((await lastAttempt(world)).verdict, "mppe-refused");
});
