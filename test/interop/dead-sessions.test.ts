import assert from "node:assert/strict";
import { describe } from "node:test";
import { before, test } from "../support/lab/real-client.ts";
import { ALICE, useScene } from "../support/lab/scene.ts";
import type { VpnClient } from "../support/lab/vpn-client.ts";

/** What a user may wait for after the network was lost. */
const WAIT_MS = 15_000;

// One story: alice may have one session, and loses her network again and again.
describe("a user who lost the network", () => {
  const scene = useScene(2);

  before(async () => {
    await scene.pacd.api("PATCH", `/api/v1/users/${ALICE.user}`, { maxSessions: 1 });
  });

  /** Alice is in again in time, and the session before is on record as lost. */
  async function inAgain(client: VpnClient, before: string, ends: RegExp): Promise<void> {
    const began = performance.now();
    const { log } = await client.connect(ALICE);
    const took = performance.now() - began;
    assert.ok(took < WAIT_MS, `${took} ms`);
    assert.equal(log.match(/rcvd \[CHAP Success/g)?.length, 1);
    const { verdict } = (await scene.pacd.api("GET", `/api/v1/attempts/${before}`)).body;
    assert.match(verdict.code, ends);
    assert.equal((await scene.pacd.sessions()).length, 1);
  }

  test("dials from another network, and is in", async () => {
    const [first, second] = scene.clients;
    await first!.connect(ALICE);
    const [{ attemptId }] = await scene.pacd.sessions();
    await first!.guest.must("ip link set eth0 down");
    await inAgain(second!, attemptId, /^link-lost$/);
  });

  test("dials from the same place after a reset of the device, and is in", async () => {
    const client = scene.clients[1]!;
    const [{ attemptId }] = await scene.pacd.sessions();
    // What is left of the old connection there may be reset, and then the server knows even sooner.
    await client.guest.must(`
      ip link set eth0 down
      kill -KILL $(pidof pppd) $(pidof pptp)
      rm -f /run/ppp-client.pid
    `);
    await client.guest.must("sleep 1; ip link set eth0 up");
    await inAgain(client, attemptId, /^(link|control)-lost$/);
    await client.hangUp();
  });
});
