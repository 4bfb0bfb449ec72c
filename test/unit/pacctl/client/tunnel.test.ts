import assert from "node:assert/strict";
import { test } from "node:test";
import { MRU } from "../../../../pacctl/client/tunnel/limits.ts";
import { Tunnel } from "../../../../pacctl/client/tunnel/tunnel.ts";
import { Encryptor } from "../../../../server/mppe/encryptor.ts";
import { typescriptKernel } from "../../../../server/mppe/kernel.ts";
import { innerMtu } from "../../../../server/ppp/inner-mtu.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { fc } from "../../../support/fc.ts";
import { ipv4Packet } from "../../../support/packets/ipv4.ts";
import { greFrame, greOf } from "../../../support/peers/gre-bytes.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { VirtualPort } from "../../../support/virtual-port.ts";

const [PEER, LOCAL] = [parseIpv4("192.0.2.1")!, parseIpv4("198.51.100.7")!];
const [OURS, THEIRS] = [0x1111, 0x2222];

const direction = (octet: number) =>
  ({ key: new Uint8Array(16).fill(octet), strength: 128, stateless: true }) as const;

const packet = (size: number) =>
  ipv4Packet({
    source: parseIpv4("10.0.0.1")!,
    destination: parseIpv4("10.77.0.10")!,
    protocol: 17,
    payload: new Uint8Array(size).fill(size),
  });

function open({ encrypted = true, connected = true } = {}) {
  const clock = new VirtualClock();
  const [gre, tun] = [new VirtualPort(), new VirtualPort()];
  const control: number[][] = [];
  let broken = 0;
  const tunnel = new Tunnel(
    {
      gre,
      clock,
      mppe: typescriptKernel(),
      events: {
        control: (frame) => control.push([...frame]),
        broken: () => {
          broken += 1;
        },
      },
    },
    { callId: toPeerCallId(OURS), peer: PEER, local: LOCAL },
  );
  if (connected) {
    tunnel.connect(toCallId(THEIRS));
    if (encrypted) tunnel.setKeys({ send: direction(1), receive: direction(2) });
    tunnel.openNetwork({ mtu: octets(1396), acfc: true, pfc: true, encrypted });
  }
  tunnel.attach(tun);
  const server = new Encryptor(direction(2));
  const sealed = (size: number): Uint8Array => {
    const frame = Uint8Array.of(0xff, 0x03, 0x00, 0xfd, 0, 0, 0x00, 0x21, ...packet(size));
    server.seal(frame, 4, frame.length);
    return frame;
  };
  const deliver = async (...packets: readonly Uint8Array[]) => {
    for (const bytes of packets) gre.deliver(bytes, PEER, LOCAL);
    await clock.advance(0);
  };
  return { clock, gre, tun, tunnel, control, sealed, deliver, broken: () => broken };
}

test("packets that overtake each other are put in order; a copy is dropped before the cipher", async () => {
  const { tun, tunnel, sealed, deliver } = open();
  const [a, b, c, d, e] = [10, 20, 30, 40, 50].map(sealed) as [Uint8Array, ...Uint8Array[]];
  await deliver(greFrame(OURS, 0, a!), greFrame(OURS, 2, c!), greFrame(OURS, 1, b!), greFrame(OURS, 2, c!));
  await deliver(greFrame(OURS, 4, e!), greFrame(OURS, 3, d!));
  assert.deepEqual(
    tun.take().map(({ bytes }) => bytes),
    [10, 20, 30, 40, 50].map(packet),
  );
  assert.equal(tunnel.counters.rxPackets, 5);
  assert.equal(tunnel.counters.dropped, 1);
});

test("a lost packet costs itself alone, and those behind it 50 ms", async () => {
  const { clock, tun, sealed, deliver } = open();
  const [a, , c] = [10, 20, 30].map(sealed) as [Uint8Array, ...Uint8Array[]];
  await deliver(greFrame(OURS, 0, a!), greFrame(OURS, 2, c!));
  assert.equal(tun.take().length, 1);
  await clock.advance(50);
  assert.deepEqual(
    tun.take().map(({ bytes }) => bytes),
    [packet(30)],
  );
});

test("what comes from another address, or for another call, is not ours", async () => {
  const { gre, clock, tun, tunnel, sealed, deliver } = open();
  const frame = sealed(10);
  gre.deliver(greFrame(OURS, 0, frame), PEER + 1, LOCAL);
  await clock.advance(0);
  await deliver(greFrame(OURS + 1, 0, frame), Uint8Array.of(1, 2, 3));
  assert.deepEqual([tunnel.heard, tun.sent.length], [false, 0]);
  await deliver(greFrame(OURS, 0, frame));
  assert.equal(tunnel.heard, true);
  assert.equal(tun.sent.length, 1);
});

test("data in clear is dropped where encryption was agreed, and taken where none was", async () => {
  const clear = Uint8Array.of(0x00, 0x21, ...packet(10));
  const closed = open();
  await closed.deliver(greFrame(OURS, 0, clear));
  assert.deepEqual([closed.tun.sent.length, closed.tunnel.counters.dropped], [0, 1]);
  const bare = open({ encrypted: false });
  await bare.deliver(greFrame(OURS, 0, clear));
  assert.equal(bare.tun.sent.length, 1);
});

test("control frames go to the link, also in a session", async () => {
  const { control, deliver } = open();
  await deliver(greFrame(OURS, 0, Uint8Array.of(0xff, 0x03, 0xc0, 0x21, 9, 1, 0, 4)));
  assert.deepEqual(control, [[0xff, 0x03, 0xc0, 0x21, 9, 1, 0, 4]]);
});

test("what is received is acknowledged within 100 ms, by a data packet or alone", async () => {
  const { clock, gre, tun, sealed, deliver } = open();
  await deliver(greFrame(OURS, 7, sealed(10)));
  await clock.advance(100);
  assert.deepEqual(
    gre.take().map(({ bytes }) => Buffer.from(bytes).toString("hex")),
    ["2081880b0000222200000007"],
  );
  await deliver(greFrame(OURS, 8, sealed(10)));
  tun.deliver(packet(10));
  await clock.advance(1000);
  const [only, ...more] = gre.take();
  assert.deepEqual(more, []);
  assert.equal(only!.bytes[1], 0x81);
  assert.equal(greOf(only!.bytes, THEIRS)?.sequence, 0);
  assert.deepEqual([only!.peer, only!.local], [PEER, LOCAL]);
});

test("impossible counts without end break the tunnel, once", async () => {
  const { deliver, broken } = open();
  for (let sequence = 0; sequence < 300; sequence += 1)
    await deliver(greFrame(OURS, sequence, Uint8Array.of(0xff, 0x03, 0x00, 0xfd, 0x98, 0x00, 1, 2, 3)));
  assert.equal(broken(), 1);
});

test("of what the TUN gives, only IPv4 goes out; what does not fit, in fragments", async () => {
  const { clock, gre, tun, tunnel } = open();
  tun.deliver(packet(1396 - 20));
  tun.deliver(Uint8Array.of(0x60, 0, 0, 0));
  await clock.advance(0);
  assert.equal(gre.take().length, 1);
  assert.equal(tunnel.counters.dropped, 1);
  tun.deliver(packet(1396 - 19));
  await clock.advance(0);
  assert.equal(gre.take().length, 2);
});

test("what comes before the call is up waits for it; closed before that, both ports are closed", async () => {
  const early = Uint8Array.of(0xff, 0x03, 0xc0, 0x21, 1, 1, 0, 4);
  const waiting = open({ connected: false });
  await waiting.deliver(greFrame(OURS, 0, early));
  assert.deepEqual([waiting.control, waiting.tunnel.heard], [[], false]);
  waiting.tunnel.connect(toCallId(THEIRS));
  await waiting.clock.advance(0);
  assert.deepEqual([waiting.control, waiting.tunnel.heard], [[[...early]], true]);
  const given = open({ connected: false });
  given.tunnel.close();
  assert.deepEqual([given.gre.closed, given.tun.closed], [true, true]);
});

test("the MTU keeps within the server's MRU, MPPE's four octets and Ethernet", () => {
  assert.equal(innerMtu(MRU, octets(1400), true), 1396);
  assert.equal(innerMtu(MRU, octets(1400), false), 1400);
  assert.equal(innerMtu(MRU, octets(1500), true), 1400);
  assert.equal(innerMtu(MRU, octets(128), true), 124);
});

test("no octets of a server make the tunnel throw, or pass as a packet that is none", async () => {
  const gre = fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.uint8Array({ maxLength: 60 }))
    .map(([sequence, payload]) => greFrame(OURS, sequence, payload));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(gre, fc.uint8Array({ maxLength: 60 })), { maxLength: 20 }),
      async (packets) => {
        const { tun, deliver } = open();
        await deliver(...packets);
        for (const { bytes } of tun.take()) assert.equal(bytes[0]! >>> 4, 4);
      },
    ),
    { numRuns: 200 },
  );
});
