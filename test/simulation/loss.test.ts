import assert from "node:assert/strict";
import { test } from "node:test";
import { INSISTENT } from "../support/peers/pppd.ts";
import { ALICE, client, inner, lastAttempt } from "./dials.ts";
import { lossyLink } from "./lossy-link.ts";
import { createWorld } from "./world.ts";

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);

/** Of the GRE packets in each direction; as many come twice. */
const LOST = 0.1;

/** What a user with such a link would wait for; a dial without loss needs no time at all. */
const PATIENCE_S = 60;

for (const seed of SEEDS) {
  test(`one packet in ten lost, one in ten doubled (seed ${seed}): the dial comes up, carries data and ends`, async (t) => {
    const { link, heal } = lossyLink(seed, LOST);
    const world = await createWorld(t, undefined, link);
    await world.store.users.create(ALICE);
    const alice = client(world, INSISTENT);
    alice.dial();
    const up = () => alice.up && world.concentrator.sessions().length === 1;
    for (let second = 0; second < PATIENCE_S && !up(); second += 1) await world.clock.advance(1000);
    assert.ok(up(), `${(await lastAttempt(world)).verdict}: ${alice.seen.join(", ")}`);

    // Whatever was lost or doubled on the way, nothing arrives twice or as garbage.
    const delivered = world.tun.sent.length;
    for (let packet = 0; packet < 50; packet += 1) alice.send(inner(alice.address, "203.0.113.5", 80));
    for (let packet = 0; packet < 50; packet += 1) world.tun.deliver(inner("203.0.113.5", alice.address, 30));
    // What is held behind a lost packet goes on when that is given up.
    await world.clock.advance(world.config.gre.reorderDelay);
    const arrived = world.tun.sent.length - delivered;
    assert.ok(arrived > 30 && arrived < 50, `${arrived} of 50 arrived`);
    assert.equal(world.concentrator.sessions()[0]?.rxPackets, arrived);
    const { drops } = world.concentrator.status();
    assert.equal(drops["mppe-garbage"], 0);

    heal();
    const done = world.concentrator.disconnect(world.concentrator.sessions()[0]!.id);
    await world.clock.advance(3000);
    assert.equal(await done, true);
    assert.deepEqual(world.concentrator.sessions(), []);
    assert.deepEqual(world.errors, []);
  });
}
