import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CONFIGURE_ACK,
  CONFIGURE_NAK,
  CONFIGURE_REJECT,
  frameOf,
  LCP,
  packetOf,
  unframe,
} from "../support/peers/ppp-bytes.ts";
import { ANDROID, INSISTENT } from "../support/peers/pppd.ts";
import { PptpClient } from "../support/peers/pptp-client.ts";
import { WINDOWS_7, WINDOWS_10 } from "../support/peers/windows.ts";
import { ALICE, client } from "./dials.ts";
import type { Link } from "./lossy-link.ts";
import { createWorld } from "./world.ts";

for (const kind of [WINDOWS_7, WINDOWS_10, ANDROID]) {
  test(`every packet of ${kind.name} and of the server comes twice: the dial is up without a timer`, async (t) => {
    const twice: Link = (deliver) => {
      deliver();
      deliver();
    };
    const world = await createWorld(t, undefined, twice);
    await world.store.users.create(ALICE);
    const alice = new PptpClient(world, kind);
    alice.dial();
    await world.settle();
    assert.ok(alice.up);
    assert.equal(world.clock.now(), 0);
    assert.ok(world.concentrator.status().drops["gre-duplicate-or-late"] > 5);
  });

  test(`${kind.name} sends every frame twice, with sequence numbers of their own: up without a timer`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create(ALICE);
    const alice = new PptpClient(world, kind, { mangle: (frame) => [frame, frame] });
    alice.dial();
    await world.settle();
    assert.ok(alice.up);
    assert.equal(world.clock.now(), 0);
    assert.equal(world.concentrator.sessions().length, 1);
  });

  test(`stale Acks, Naks and Rejects around those of ${kind.name} change nothing`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create(ALICE);
    const alice = new PptpClient(world, kind, { mangle: withStaleReplies });
    alice.dial();
    await world.settle();
    assert.ok(alice.up);
    assert.equal(world.clock.now(), 0);
    assert.ok(!alice.ppp.heard.some(({ code, protocol, id }) => protocol === LCP && code === 1 && id !== 1));
  });
}

/** Before an Ack, replies to a request that was never sent; behind it, late replies to the one that was. */
function withStaleReplies(frame: Uint8Array): readonly Uint8Array[] {
  const { protocol, rest } = unframe(frame);
  const packet = protocol < 0x8000 ? undefined : packetOf(protocol, rest);
  if (packet?.code !== CONFIGURE_ACK) return [frame];
  const reply = (code: number, id: number) => frameOf({ ...packet, code, id: id & 0xff });
  const codes = [CONFIGURE_NAK, CONFIGURE_REJECT, CONFIGURE_ACK];
  return [
    ...codes.map((code) => reply(code, packet.id - 1)),
    frame,
    ...codes.map((code) => reply(code, packet.id)),
  ];
}

for (const every of [2, 3, 4, 5, 6, 7, 8]) {
  test(`each packet whose number divides by ${every} is overtaken by the next: the dial comes up all the same`, async (t) => {
    // In step with a client that repeats two packets, every second one would hold up the same of them for
    // ever.
    let count = 1;
    let late: (() => void) | undefined;
    const world = await createWorld(t, undefined, (deliver) => {
      count += 1;
      const overtaken = late;
      late = count % every === 0 ? deliver : undefined;
      if (late === undefined) deliver();
      overtaken?.();
    });
    await world.store.users.create(ALICE);
    const alice = client(world, INSISTENT);
    alice.dial();
    for (let second = 0; second < 30 && world.concentrator.sessions().length === 0; second += 1)
      await world.clock.advance(1000);
    assert.equal(world.concentrator.sessions().length, 1, alice.seen.join(", "));
    assert.deepEqual(world.errors, []);
  });
}
