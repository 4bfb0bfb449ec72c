import assert from "node:assert/strict";
import { after, test } from "node:test";
import { PacketBatch } from "../../../../server/platform/packet-batch.ts";
import { openRawSocket } from "../../../../server/platform/raw-socket.ts";
import { openTunTap } from "../../../../server/platform/tun-tap.ts";
import { formatIpv4, ipv4, parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { succeed } from "../../../support/namespace.ts";
import { ipv4Packet } from "../../../support/packets/ipv4.ts";

const US = parseIpv4("10.9.9.1")!;
const OTHER = parseIpv4("10.9.9.2")!;
const NOWHERE = parseIpv4("192.0.2.1")!; // no route: ENETUNREACH
const GRE = 47;

succeed("ip", ["address", "add", "10.9.9.1/32", "dev", "lo"]);
succeed("ip", ["address", "add", "10.9.9.2/32", "dev", "lo"]);

const socket = openRawSocket();
after(() => socket.close());

/** Loopback delivers within the call that sends, so what was sent can be received at once. */
function exchange(
  packets: readonly { size: number; to: number; from: number }[],
  received: PacketBatch,
  headroom = 0,
) {
  const largest = Math.max(...packets.map((packet) => packet.size));
  const batch = new PacketBatch(packets.length, largest);
  packets.forEach((packet, i) => {
    batch.offsets[i] = i * largest;
    batch.lengths[i] = packet.size;
    batch.peers[i] = packet.to;
    batch.locals[i] = packet.from;
    batch.bytes.fill(i + 1, i * largest, i * largest + packet.size);
  });
  const taken = socket.send(batch, packets.length);
  return { taken, count: socket.receive(received, headroom) };
}

test("there is nothing to receive at first", () => {
  assert.equal(socket.receive(new PacketBatch(4, 256), 0), 0);
});

test("a packet arrives at its GRE header, with both outer addresses", () => {
  const received = new PacketBatch(4, 256);
  const { taken, count } = exchange([{ size: 16, to: OTHER, from: US }], received);
  assert.deepEqual([taken, count], [1, 1]);
  assert.deepEqual(
    [received.offsets[0], received.lengths[0], received.peers[0], received.locals[0]],
    [20, 16, US, OTHER],
  );
  assert.deepEqual(received.bytes.subarray(20, 36), new Uint8Array(16).fill(1));
});

test("the source is the local address asked for, and the kernel's choice for 0", () => {
  const received = new PacketBatch(4, 256);
  exchange(
    [
      { size: 4, to: US, from: OTHER },
      { size: 4, to: OTHER, from: 0 },
    ],
    received,
  );
  assert.deepEqual([...received.peers.subarray(0, 2)], [OTHER, OTHER]);
});

test("each of many local addresses is the source of what shall leave from it, alone and among others", () => {
  const many = [11, 12, 13, 14, 15, 16].map((last) => parseIpv4(`10.9.9.${last}`)!);
  for (const address of many) succeed("ip", ["address", "add", `${formatIpv4(address)}/32`, "dev", "lo"]);
  const received = new PacketBatch(8, 256);
  for (const from of [...many, ...many]) {
    const packets = [1, 2].map(() => ({ size: 4, to: OTHER, from }));
    assert.equal(exchange(packets, received).count, 2);
    assert.deepEqual([...received.peers.subarray(0, 2)], [from, from]);
  }
  const mixed = many.map((from) => ({ size: 4, to: OTHER, from }));
  assert.equal(exchange(mixed, received).count, 6);
  assert.deepEqual([...received.peers.subarray(0, 6)], many);
});

test("headroom stays free in every slot", () => {
  const received = new PacketBatch(2, 128);
  received.bytes.fill(0xee);
  const packets = [1, 2].map(() => ({ size: 8, to: OTHER, from: US }));
  assert.equal(exchange(packets, received, 32).count, 2);
  assert.deepEqual([...received.offsets], [52, 128 + 52]);
  for (const start of [0, 128])
    assert.ok(received.bytes.subarray(start, start + 32).every((octet) => octet === 0xee));
});

test("more packets than one system call carries arrive whole and in order", () => {
  const received = new PacketBatch(200, 128);
  const packets = Array.from({ length: 150 }, () => ({ size: 40, to: OTHER, from: US }));
  assert.deepEqual(exchange(packets, received), { taken: 150, count: 150 });
  for (let i = 0; i < 150; i++) assert.equal(received.bytes[received.offsets[i]!], i + 1);
});

test("what does not fit the batch comes with the next receive", () => {
  const received = new PacketBatch(2, 128);
  const packets = [1, 2, 3].map(() => ({ size: 8, to: OTHER, from: US }));
  assert.equal(exchange(packets, received).count, 2);
  assert.equal(socket.receive(received, 0), 1);
  assert.equal(socket.receive(received, 0), 0);
});

test("a packet longer than its slot is cut to the slot", () => {
  const received = new PacketBatch(1, 64);
  assert.equal(exchange([{ size: 300, to: OTHER, from: US }], received, 4).count, 1);
  assert.equal(received.offsets[0]! + received.lengths[0]!, 64);
});

test("a packet larger than the path is fragmented, not refused", () => {
  succeed("ip", ["link", "set", "lo", "mtu", "1500"]);
  const received = new PacketBatch(1, 4096);
  assert.deepEqual(exchange([{ size: 3000, to: OTHER, from: US }], received), { taken: 1, count: 1 });
  assert.equal(received.lengths[0], 3000);
});

test("packets that cannot be sent cost only themselves", () => {
  const received = new PacketBatch(8, 256);
  const { taken, count } = exchange(
    [
      { size: 8, to: NOWHERE, from: 0 },
      { size: 8, to: OTHER, from: US },
      { size: 8, to: OTHER, from: NOWHERE }, // not our address: EINVAL
      { size: 65536, to: OTHER, from: US }, // EMSGSIZE
      { size: 8, to: OTHER, from: US },
      { size: 8, to: NOWHERE, from: 0 },
    ],
    received,
  );
  assert.deepEqual([taken, count], [2, 2]);
  assert.deepEqual([received.bytes[received.offsets[0]!], received.bytes[received.offsets[1]!]], [2, 5]);
});

test("options in the outer header are stripped with it", () => {
  const tun = openTunTap("ut0");
  tun.configure({ local: ipv4(0x0a090a01), mtu: octets(1400), routes: [{ address: OTHER, prefix: 32 }] });
  // The kernel would take a packet from one of its own addresses for forged, hence a route to a third.
  const peer = parseIpv4("10.9.9.3")!;
  succeed("ip", ["route", "add", "10.9.9.3/32", "dev", "ut0"]);
  const batch = new PacketBatch(1, 256);
  const packet = ipv4Packet({
    source: peer,
    destination: US,
    protocol: GRE,
    payload: Uint8Array.of(0x30, 0x01, 0x88, 0x0b),
    options: Uint8Array.of(1, 1, 1, 0), // three No-Operations, End of Options
  });
  batch.bytes.set(packet);
  batch.lengths[0] = packet.length;
  assert.equal(tun.send(batch, 1), 1);
  const received = new PacketBatch(1, 256);
  assert.equal(socket.receive(received, 0), 1);
  assert.deepEqual(
    [received.offsets[0], received.lengths[0], received.peers[0], received.locals[0]],
    [24, 4, peer, US],
  );
  tun.close();
});

test("the watch calls back again until everything is received", async () => {
  const watched = openRawSocket();
  const received = new PacketBatch(1, 128);
  const packets = [1, 2, 3].map(() => ({ size: 8, to: OTHER, from: US }));
  let calls = 0;
  const done = new Promise<void>((resolve) => {
    watched.onReadable(() => {
      calls++;
      if (watched.receive(received, 0) === 1 && calls === 3) resolve();
    });
  });
  exchange(packets, new PacketBatch(3, 128));
  await done;
  watched.close();
  assert.equal(calls, 3);
});

test("a callback may close the socket it was called for", async () => {
  const watched = openRawSocket();
  await new Promise<void>((resolve) => {
    watched.onReadable(() => {
      watched.close();
      resolve();
    });
    exchange([{ size: 8, to: OTHER, from: US }], new PacketBatch(1, 128));
  });
  assert.equal(watched.receive(new PacketBatch(1, 128), 0), 0);
});

test("a closed socket receives and sends nothing, and closes again without harm", () => {
  const closed = openRawSocket();
  closed.close();
  closed.close();
  closed.onReadable(() => assert.fail());
  const batch = new PacketBatch(1, 128);
  assert.deepEqual([closed.receive(batch, 0), closed.send(batch, 1)], [0, 0]);
});
