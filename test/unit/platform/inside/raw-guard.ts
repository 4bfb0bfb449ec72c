import assert from "node:assert/strict";
import { after, test } from "node:test";
import { loadAddon } from "../../../../server/platform/native/addon.ts";
import { PacketBatch } from "../../../../server/platform/packet-batch.ts";
import { openGuardedSocket, openRawSocket, type RawSocket } from "../../../../server/platform/raw-socket.ts";
import { openTunTap } from "../../../../server/platform/tun-tap.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { ipv4, parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { ipv4Packet } from "../../../support/packets/ipv4.ts";

const US = parseIpv4("127.0.0.1")!;
const OTHER = parseIpv4("127.0.0.2")!;
const SLOT = 256;

const sender = openRawSocket({ callId: 0xffff });
after(() => sender.close());

const packet = (callId: number, size = 12): Uint8Array => {
  const bytes = new Uint8Array(size);
  bytes.set(Uint8Array.of(0x30, 0x01, 0x88, 0x0b, 0, 0, callId >>> 8, callId).subarray(0, size));
  return bytes;
};

/** Loopback delivers within the call that sends. */
function send(bytes: Uint8Array, from = US, to = US): void {
  const batch = new PacketBatch(1, SLOT);
  batch.bytes.set(bytes);
  batch.lengths[0] = bytes.length;
  batch.peers[0] = to;
  batch.locals[0] = from;
  assert.equal(sender.send(batch, 1), 1);
}

/** How many packets a socket has got. */
const received = (socket: RawSocket): number => socket.receive(new PacketBatch(64, SLOT), 0);

test("a packet arrives once its call is admitted, and no more once it is dismissed", () => {
  const socket = openGuardedSocket({ worker: 0, of: 1 });
  send(packet(7));
  assert.equal(received(socket), 0);
  socket.admit(toCallId(7), US);
  send(packet(7));
  send(packet(8));
  assert.equal(received(socket), 1);
  socket.dismiss(toCallId(7));
  send(packet(7));
  assert.equal(received(socket), 0);
  assert.deepEqual(socket.refused(), { unknownCall: 3, wrongPeer: 0, notPptp: 0 });
  socket.close();
  assert.deepEqual(socket.refused(), { unknownCall: 0, wrongPeer: 0, notPptp: 0 });
});

test("a call's packets arrive from its peer, which may be any address, and the first eight from elsewhere", () => {
  const socket = openGuardedSocket({ worker: 0, of: 1 });
  socket.admit(toCallId(0), US);
  socket.admit(toCallId(0xfffe), OTHER);
  for (let i = 0; i < 20; i += 1) send(packet(0), OTHER);
  for (let i = 0; i < 3; i += 1) send(packet(0xfffe), US);
  assert.equal(received(socket), 8 + 3);
  for (let i = 0; i < 30; i += 1) {
    send(packet(0), US);
    send(packet(0xfffe), OTHER);
  }
  assert.equal(received(socket), 60);
  assert.deepEqual(socket.refused(), { unknownCall: 0, wrongPeer: 12, notPptp: 0 });
  socket.close();
});

test("the next call with the same ID has eight of its own, and between calls nothing arrives", () => {
  const socket = openGuardedSocket({ worker: 0, of: 1 });
  socket.admit(toCallId(7), US);
  for (let i = 0; i < 10; i += 1) send(packet(7), OTHER);
  socket.dismiss(toCallId(7));
  for (let i = 0; i < 10; i += 1) send(packet(7), OTHER);
  assert.equal(received(socket), 8);
  socket.admit(toCallId(7), US);
  for (let i = 0; i < 10; i += 1) send(packet(7), OTHER);
  assert.equal(received(socket), 8);
  assert.deepEqual(socket.refused(), { unknownCall: 10, wrongPeer: 4, notPptp: 0 });
  socket.close();
});

test("each of two sockets gets and counts its own calls alone; what has no call ID is the first one's", () => {
  const sockets = [0, 1].map((worker) => openGuardedSocket({ worker, of: 2 }));
  for (const socket of sockets) socket.admit(toCallId(4), US);
  for (const callId of [4, 5, 6]) send(packet(callId));
  send(packet(1, 7));
  assert.deepEqual(sockets.map(received), [2, 0]);
  assert.deepEqual(
    sockets.map((socket) => socket.refused().unknownCall),
    [1, 1],
  );
  for (const socket of sockets) socket.close();
});

test("a socket that rests gets and counts nothing; another counts for it, and only then", () => {
  const [first, second] = [0, 1].map((worker) => openGuardedSocket({ worker, of: 2 })) as [
    RawSocket,
    RawSocket,
  ];
  const counted = () => [first, second].map((socket) => socket.refused().unknownCall);
  first.admit(toCallId(4), US);
  second.pause(true);
  second.admit(toCallId(5), US);
  for (const callId of [4, 5, 6, 7]) send(packet(callId));
  assert.deepEqual([first, second].map(received), [1, 0]);
  assert.deepEqual(counted(), [1, 0]);
  first.countFor(1, true);
  for (const callId of [4, 5, 6, 7]) send(packet(callId));
  send(Uint8Array.of(0x20, 0x01, 0x08, 0, 0, 0, 0, 7, 0, 0, 0, 0));
  assert.deepEqual([first, second].map(received), [1, 0]);
  assert.deepEqual(counted(), [4, 0]);
  assert.deepEqual([first.refused().notPptp, second.refused().notPptp], [1, 0]);
  first.countFor(1, false);
  second.pause(false);
  for (const callId of [4, 5, 6, 7]) send(packet(callId));
  assert.deepEqual([first, second].map(received), [1, 1]);
  assert.deepEqual(counted(), [5, 1]);
  for (const socket of [first, second]) socket.close();
});

test("GRE of other kinds ends in the kernel and is counted once; what RFC 2637 allows arrives", () => {
  const sockets = [0, 1].map((worker) => openGuardedSocket({ worker, of: 2 }));
  for (const socket of sockets) for (const callId of [6, 7]) socket.admit(toCallId(callId), US);
  const head = (flags: number, protocol: number, callId: number) =>
    Uint8Array.of(flags >>> 8, flags, protocol >>> 8, protocol, 0, 0, callId >>> 8, callId, 0, 0, 0, 0);
  for (const callId of [6, 7]) {
    for (const flags of [0x0000, 0x2000, 0x3002, 0xb001, 0x3101]) send(head(flags, 0x880b, callId));
    send(head(0x3001, 0x0800, callId));
  }
  assert.deepEqual(sockets.map(received), [0, 0]);
  assert.deepEqual(
    sockets.map((socket) => socket.refused().notPptp),
    [6, 6],
  );
  for (const flags of [0x2001, 0x3001, 0x2081, 0x3081]) send(head(flags, 0x880b, 7));
  assert.deepEqual(sockets.map(received), [0, 4]);
  for (const socket of sockets) socket.close();
});

test("options in the outer header move the call ID", () => {
  const tun = openTunTap("ut0");
  const [local, peer] = [parseIpv4("10.9.9.1")!, parseIpv4("10.9.9.2")!];
  tun.configure({ local, mtu: octets(1400), routes: [{ address: peer, prefix: 32 }] });
  const socket = openGuardedSocket({ worker: 0, of: 1 });
  socket.admit(toCallId(5), peer);
  const options = Uint8Array.of(1, 1, 1, 0); // three No-Operations, End of Options
  const bytes = ipv4Packet({ source: peer, destination: local, protocol: 47, payload: packet(5), options });
  const batch = new PacketBatch(1, SLOT);
  batch.bytes.set(bytes);
  batch.lengths[0] = bytes.length;
  assert.equal(tun.send(batch, 1), 1);
  assert.equal(received(socket), 1);
  socket.close();
  tun.close();
});

test("what comes to an address that is another server's does not arrive, and is not counted", () => {
  const addresses = ["127.0.0.3", "127.255.0.4", "127.0.0.5"].map((text) => parseIpv4(text)!);
  for (let count = 1; count <= addresses.length; count++) {
    const locals = addresses.slice(0, count);
    const socket = openGuardedSocket({ worker: 0, of: 1, locals });
    socket.admit(toCallId(7), US);
    for (const to of [...addresses, US, OTHER]) for (const callId of [7, 8]) send(packet(callId), US, to);
    send(packet(1, 7), US, OTHER);
    assert.equal(received(socket), count);
    assert.deepEqual(socket.refused(), { unknownCall: count, wrongPeer: 0, notPptp: 0 });
    socket.close();
  }
});

test("sixteen addresses are not too many for the kernel, and the highest is one of them", () => {
  const high = parseIpv4("255.255.255.254")!;
  const locals = Array.from({ length: 14 }, (_, i) => ipv4(high - i));
  const socket = openGuardedSocket({ worker: 0, of: 1, locals: [...locals, OTHER, US] });
  socket.admit(toCallId(7), US);
  for (const to of [US, OTHER, parseIpv4("127.0.0.3")!]) send(packet(7), US, to);
  assert.equal(received(socket), 2);
  socket.close();
});

test("a socket is guarded once", () => {
  const addon = loadAddon();
  const fd = addon.openRaw();
  addon.guardRaw(fd, 0, 1, new Uint32Array(0));
  assert.throws(() => addon.guardRaw(fd, 0, 1, new Uint32Array(0)), /guarded already/);
  addon.close(fd);
});

test("addresses of ours come and go while it is open; calls, counts and what has arrived stay", () => {
  const socket = openGuardedSocket({ worker: 0, of: 1, locals: [US] });
  socket.admit(toCallId(7), US);
  send(packet(8));
  send(packet(7), US, US);
  send(packet(7), US, OTHER);
  socket.listenOn([OTHER]);
  send(packet(7), US, US);
  send(packet(7), US, OTHER);
  send(packet(8), US, OTHER);
  assert.equal(received(socket), 2);
  socket.listenOn([US, OTHER]);
  send(packet(7), US, US);
  send(packet(7), US, OTHER);
  assert.equal(received(socket), 2);
  socket.listenOn([]);
  send(packet(7), US, parseIpv4("127.0.0.3")!);
  assert.equal(received(socket), 1);
  assert.deepEqual(socket.refused(), { unknownCall: 2, wrongPeer: 0, notPptp: 0 });
  socket.close();
  socket.listenOn([US]);
});
