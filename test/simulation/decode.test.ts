import assert from "node:assert/strict";
import { test } from "node:test";
import { decodedFile, password } from "../support/decode/decoded.ts";
import { Recorder } from "../support/decode/recorder.ts";
import { ROUTER_WITHOUT_BITS, ROUTER_WITHOUT_MPPE } from "../support/peers/home-routers.ts";
import { ANDROID, MACOS, PPTP_LINUX } from "../support/peers/pppd.ts";
import { PptpClient } from "../support/peers/pptp-client.ts";
import { ROUTEROS } from "../support/peers/routeros.ts";
import {
  WINDOWS_7,
  WINDOWS_10,
  WINDOWS_2000,
  WINDOWS_NONE,
  WINDOWS_OPTIONAL,
  WINDOWS_XP,
} from "../support/peers/windows.ts";
import { ALICE, inner, lastAttempt } from "./dials.ts";
import { NETWORKS } from "./networks.ts";
import { createWorld } from "./world.ts";

const PEERS = [
  WINDOWS_10,
  WINDOWS_7,
  WINDOWS_2000,
  WINDOWS_XP,
  ROUTEROS,
  PPTP_LINUX,
  MACOS,
  ANDROID,
  WINDOWS_OPTIONAL,
  WINDOWS_NONE,
  ROUTER_WITHOUT_MPPE,
  ROUTER_WITHOUT_BITS,
];

/** Inner packets each way, once the client is up. */
const PACKETS = 30;

for (const network of NETWORKS)
  for (const kind of PEERS)
    test(`${kind.name}, ${network.name}: a capture says of the dial what the server says`, async (t) => {
      const world = await createWorld(t, undefined, {
        tcpDelay: network.tcpDelay,
        gre: (clock) => network.gre(clock, 1),
      });
      const recorder = new Recorder(world);
      await world.store.users.create(ALICE);
      const client = new PptpClient(world, kind);
      client.dial();
      await world.settle();
      for (let turn = 0; turn < 9000 && !client.up && !client.closed; turn += 1)
        await world.clock.advance(10);
      if (client.up) {
        // Its last word may still be on the way.
        await world.clock.advance(2000);
        for (let i = 0; i < PACKETS; i += 1) {
          client.send(inner("10.77.0.10", "203.0.113.5", 80 + i));
          world.tun.deliver(inner("203.0.113.5", "10.77.0.10", 30 + i));
          await world.clock.advance(10);
        }
      }
      await world.clock.advance(1000);
      const { verdict } = await lastAttempt(world);
      const { calls, inner: found } = decodedFile(recorder.file(), {
        credentials: password("alice", "s3cret"),
      });
      assert.equal(calls.length, 1);
      const [call] = calls;
      assert.deepEqual([call!.verdict.source, call!.verdict.code], ["server", verdict]);
      if (verdict !== "connected") return;
      const { encrypted, decrypted, undecrypted } = call!.data;
      assert.deepEqual([decrypted, undecrypted], [encrypted, {}]);
      assert.deepEqual([call!.user, call!.address], ["alice", "10.77.0.10"]);
      assert.equal(call!.encryption, "MPPE 128 bits stateless");
      assert.ok(call!.stages.every(({ done }) => done));
      // Everything that left the tunnel at the server is among them, octet for octet, and all that went into
      // it.
      const texts = new Set(found.map(({ octets }) => Buffer.from(octets).toString("hex")));
      for (const { bytes } of world.tun.take()) assert.ok(texts.has(Buffer.from(bytes).toString("hex")));
      for (let i = 0; i < PACKETS; i += 1)
        assert.ok(texts.has(Buffer.from(inner("203.0.113.5", "10.77.0.10", 30 + i)).toString("hex")));
    });
