import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFrame } from "../../server/ppp/describe/describe-frame.ts";
import { frameOf } from "../support/peers/ppp-bytes.ts";
import { ANDROID, MACOS } from "../support/peers/pppd.ts";
import { PptpClient } from "../support/peers/pptp-client.ts";
import { ROUTEROS } from "../support/peers/routeros.ts";
import { WINDOWS_7, WINDOWS_10, WINDOWS_2000, WINDOWS_XP } from "../support/peers/windows.ts";
import { ALICE, inner, lastAttempt } from "./dials.ts";
import { createWorld } from "./world.ts";

const ALL = [WINDOWS_7, WINDOWS_10, WINDOWS_2000, WINDOWS_XP, ROUTEROS, MACOS, ANDROID];

/** What the server said in PPP, one line each, as traces show it. */
const said = (client: PptpClient): string[] =>
  client.ppp.heard.map((packet) => {
    const { layer, text } = describeFrame(frameOf(packet));
    return `${layer} ${text}`;
  });

for (const kind of ALL) {
  test(`${kind.name} is up on a perfect link without any timer, carries data and says goodbye`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create(ALICE);
    const client = new PptpClient(world, kind);
    client.dial();
    await world.settle();
    assert.ok(client.up, said(client).join("\n"));
    assert.equal(client.address, "10.77.0.10");
    assert.ok(!said(client).some((line) => /Terminate|Code-Reject/.test(line)), said(client).join("\n"));

    const up = inner("10.77.0.10", "203.0.113.5", 80);
    const down = inner("203.0.113.5", "10.77.0.10", 30);
    client.send(up);
    world.tun.deliver(down);
    await world.settle();
    assert.deepEqual(
      world.tun.take().map(({ bytes }) => [...bytes]),
      [[...up]],
    );
    assert.deepEqual(
      client.received.map((bytes) => [...bytes]),
      [[...down]],
    );

    client.hangUp();
    await world.settle();
    assert.deepEqual(client.messages.slice(-2), ["call-disconnect-notify", "stop-control-connection-reply"]);
    assert.ok(client.closed);
    const attempt = await lastAttempt(world);
    assert.deepEqual([attempt.verdict, attempt.setupMs], ["client-hung-up", 0]);
    assert.equal(world.clock.now(), 0);
    assert.deepEqual(world.errors, []);
  });
}

test("Windows 7 hears, packet for packet, what it needs and nothing more", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const client = new PptpClient(world, WINDOWS_7);
  client.dial();
  await world.settle();
  const magic = /magic=(\w+)/.exec(said(client)[0]!)?.[1];
  assert.deepEqual(said(client), [
    `lcp Configure-Request id=1 mru=1400 accm=00000000 auth=ms-chap-v2 magic=${magic} pfc acfc`,
    "lcp Configure-Reject id=0 callback=cbcp",
    "lcp Configure-Ack id=1 mru=1400 magic=0c6f3548 pfc acfc",
    'chap Challenge id=1 value=(16 octets) name="pacd"',
    'chap Success id=1 "S=(40 characters) M=Access granted"',
    "ccp Configure-Request id=1 mppe=01000040(stateless,128)",
    "lcp Protocol-Reject id=2 of IPV6CP(8057)",
    "ccp Configure-Ack id=6 mppe=01000040(stateless,128)",
    "ipcp Configure-Request id=1 address=10.77.0.1",
    "ipcp Configure-Reject id=7 dns1=0.0.0.0 wins1=0.0.0.0 dns2=0.0.0.0 wins2=0.0.0.0",
    "ipcp Configure-Nak id=8 address=10.77.0.10",
    "ipcp Configure-Ack id=9 address=10.77.0.10",
  ]);
});

test("Windows 10 asks for MPPE without a strength and then once more in the session: the link lives", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const client = new PptpClient(world, WINDOWS_10);
  client.dial();
  await world.settle();
  const ccp = said(client).filter((line) => line.startsWith("ccp"));
  assert.deepEqual(
    ccp.map((line) => line.replace(/ id=\d+/, "")),
    [
      "ccp Configure-Request mppe=01000040(stateless,128)",
      "ccp Configure-Nak mppe=01000040(stateless,128)",
      "ccp Configure-Ack mppe=01000040(stateless,128)",
      "ccp Configure-Ack mppe=01000040(stateless,128)",
    ],
  );
  assert.equal(world.concentrator.sessions().length, 1);
});

test("a client that asks for name servers gets those that are configured and a Reject for the others", async (t) => {
  const world = await createWorld(t, (config) => {
    const [first] = config.tunnel.pool;
    return { ...config, tunnel: { ...config.tunnel, dns: [first!.first], wins: [first!.last] } };
  });
  await world.store.users.create(ALICE);
  const client = new PptpClient(world, WINDOWS_XP);
  client.dial();
  await world.settle();
  const { first, last } = world.config.tunnel.pool[0]!;
  const hex = (address: number) => address.toString(16).padStart(8, "0");
  assert.deepEqual(
    [129, 130, 131, 132].map((type) => client.ppp.configured(type)),
    [hex(first), hex(last), undefined, undefined],
  );
});

test("a Windows that listens only 500 ms after the call reply loses our first request and no more time", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const client = new PptpClient(world, WINDOWS_7, { delay: 500 });
  client.dial();
  await world.clock.advance(499);
  assert.equal(client.ppp.heard.length, 0);
  await world.clock.advance(1);
  await world.settle();
  assert.ok(client.up, said(client).join("\n"));
  assert.equal((await lastAttempt(world)).setupMs, 500);
});
