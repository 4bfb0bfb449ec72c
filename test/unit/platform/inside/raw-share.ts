import assert from "node:assert/strict";
import { after, test } from "node:test";
import { loadAddon } from "../../../../server/platform/native/addon.ts";
import { PacketBatch } from "../../../../server/platform/packet-batch.ts";
import { openRawSocket, RawSocket } from "../../../../server/platform/raw-socket.ts";
import { openTunTap } from "../../../../server/platform/tun-tap.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { succeed } from "../../../support/namespace.ts";
import { ipv4Packet } from "../../../support/packets/ipv4.ts";

const US = parseIpv4("127.0.0.1")!;
const SLOT = 4096;

const sender = openRawSocket({ callId: 0xffff });
after(() => sender.close());

/** A GRE packet of `size` octets for a call. */
function packet(callId: number, size = 12): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(Uint8Array.of(0x30, 0x01, 0x88, 0x0b, 0, 0, callId >>> 8, callId).subarray(0, size));
  return bytes;
}

/** Loopback delivers within the call that sends. */
function send(...packets: readonly Uint8Array[]): void {
  const batch = new PacketBatch(packets.length, SLOT);
  packets.forEach((bytes, i) => {
    batch.bytes.set(bytes, i * SLOT);
    batch.offsets[i] = i * SLOT;
    batch.lengths[i] = bytes.length;
    batch.peers[i] = US;
  });
  assert.equal(sender.send(batch, packets.length), packets.length);
}

/** The call IDs of what a socket has got; the length of what has none, negative. */
function received(socket: RawSocket): number[] {
  const batch = new PacketBatch(64, SLOT);
  const count = socket.receive(batch, 0);
  return Array.from({ length: count }, (_, i) => {
    const at = batch.offsets[i]!;
    if (batch.lengths[i]! < 8) return -batch.lengths[i]!;
    return (batch.bytes[at + 6]! << 8) | batch.bytes[at + 7]!;
  });
}

const workers = (of: number) => Array.from({ length: of }, (_, worker) => openRawSocket({ worker, of }));
const close = (sockets: readonly RawSocket[]) => {
  for (const socket of sockets) socket.close();
};

test("of three sockets each packet reaches the one of its call ID", () => {
  const sockets = workers(3);
  send(...[0, 1, 2, 3, 256, 258, 0x8000, 65535].map((callId) => packet(callId)));
  assert.deepEqual(sockets.map(received), [
    [0, 3, 258, 65535],
    [1, 256],
    [2, 0x8000],
  ]);
  close(sockets);
});

test("a packet too short for a call ID reaches the first", () => {
  const sockets = workers(2);
  send(packet(1, 7), packet(1, 8), packet(1, 4));
  assert.deepEqual(sockets.map(received), [[-7, -4], [1]]);
  close(sockets);
});

test("one socket of one gets all", () => {
  const sockets = workers(1);
  send(packet(1), packet(2), packet(3, 7));
  assert.deepEqual(sockets.map(received), [[1, 2, -7]]);
  close(sockets);
});

test("a socket for a call gets its packets alone", () => {
  const socket = openRawSocket({ callId: 0x1234 });
  send(packet(0x1234), packet(0x1235), packet(0x3412), packet(0x1234, 7), packet(0x1234, 8));
  assert.deepEqual(received(socket), [0x1234, 0x1234]);
  socket.close();
});

test("what came before a socket had its share is not received", () => {
  const addon = loadAddon();
  const fd = addon.openRaw();
  const socket = new RawSocket(addon, fd);
  send(packet(1), packet(2), packet(3));
  addon.shareRaw(fd, 1, 2, new Uint32Array(0));
  send(packet(4), packet(5));
  assert.deepEqual(received(socket), [5]);
  socket.close();
});

test("a share may be that of a few addresses; what comes to others does not arrive", () => {
  const addon = loadAddon();
  const others = ["127.0.0.3", "127.255.0.4", "127.0.0.5"].map((text) => parseIpv4(text)!);
  for (let count = 1; count <= others.length; count++) {
    for (const locals of [others.slice(0, count), [...others.slice(0, count), US]]) {
      const fd = addon.openRaw();
      const socket = new RawSocket(addon, fd);
      addon.shareRaw(fd, 1, 2, Uint32Array.from(locals));
      send(packet(4), packet(5));
      assert.deepEqual(received(socket), locals.includes(US) ? [5] : []);
      socket.close();
    }
  }
});

test("a packet that came in fragments reaches the socket of its call ID, whole", () => {
  succeed("ip", ["link", "set", "lo", "mtu", "1500"]);
  const sockets = workers(2);
  send(packet(7, 3000));
  assert.deepEqual(sockets.map(received), [[], [7]]);
  close(sockets);
});

test("options in the outer header move the call ID", () => {
  const tun = openTunTap("ut0");
  const local = parseIpv4("10.9.9.1")!;
  const peer = parseIpv4("10.9.9.2")!;
  tun.configure({ local, mtu: octets(1400), routes: [{ address: peer, prefix: 32 }] });
  const sockets = workers(2);
  const options = Uint8Array.of(1, 1, 1, 0); // three No-Operations, End of Options
  const bytes = ipv4Packet({ source: peer, destination: local, protocol: 47, payload: packet(5), options });
  const batch = new PacketBatch(1, 256);
  batch.bytes.set(bytes);
  batch.lengths[0] = bytes.length;
  assert.equal(tun.send(batch, 1), 1);
  assert.deepEqual(sockets.map(received), [[], [5]]);
  close(sockets);
  tun.close();
});

test("what the buffer has no room for is counted, what is for other sockets is not", () => {
  const [busy, idle] = workers(2) as [RawSocket, RawSocket];
  const batch = new PacketBatch(64, 3000);
  for (let i = 0; i < 64; i++) {
    batch.bytes.set(packet(2, 3000), i * 3000);
    batch.offsets[i] = i * 3000;
    batch.lengths[i] = 3000;
    batch.peers[i] = US;
  }
  // More than the buffer holds, whatever the kernel made of its size.
  const sent = 64 * 200;
  for (let i = 0; i < 200; i++) assert.equal(sender.send(batch, 64), 64);
  let got = 0;
  for (let count = received(busy).length; count > 0; count = received(busy).length) got += count;
  assert.ok(got < sent);
  assert.equal(busy.overflowed(), sent - got);
  assert.equal(idle.overflowed(), 0);
  assert.deepEqual(received(idle), []);
  close([busy, idle]);
  assert.equal(busy.overflowed(), 0);
});

test("a share that cannot be is a TypeError", () => {
  for (const share of [
    { worker: 2, of: 2 },
    { worker: 0, of: 0 },
    { worker: 0, of: 65537 },
    { callId: 65536 },
  ]) {
    assert.throws(() => openRawSocket(share), TypeError);
  }
});

test("without a guard addresses of ours come and go as well, and what has arrived stays", () => {
  const addon = loadAddon();
  const fd = addon.openRaw();
  addon.shareRaw(fd, 0, 1, new Uint32Array(0));
  const socket = new RawSocket(addon, fd, false, { worker: 0, of: 1 });
  send(packet(1));
  socket.listenOn([parseIpv4("127.0.0.2")!]);
  send(packet(2));
  assert.deepEqual(received(socket), [1]);
  socket.listenOn([US]);
  send(packet(3));
  assert.deepEqual(received(socket), [3]);
  socket.close();
});
