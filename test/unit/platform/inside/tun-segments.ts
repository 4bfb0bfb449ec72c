import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { PacketBatch } from "../../../../server/platform/packet-batch.ts";
import { openTunTap } from "../../../../server/platform/tun-tap.ts";
import { hex } from "../../../../server/wire/bytes.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { ACK, PSH, type TcpSegment, tcpSegment } from "../../../support/packets/tcp-segment.ts";

/**
 * This host forwards between two TUNs. What one batch brings into the first leaves by the second within the
 * same call, and large pieces stay whole on the way.
 */
writeFileSync("/proc/sys/net/ipv4/ip_forward", "1");

const inward = openTunTap("ut7");
const outward = openTunTap("ut8");
after(() => {
  inward.close();
  outward.close();
});
const side = (local: string, network: string) => ({
  local: parseIpv4(local)!,
  mtu: octets(1400),
  routes: [{ address: parseIpv4(network)!, prefix: 24 }],
});
inward.configure(side("10.77.0.1", "10.77.1.0"));
outward.configure(side("10.88.0.1", "10.88.1.0"));

const SEGMENT: TcpSegment = {
  source: parseIpv4("10.77.1.2")!,
  destination: parseIpv4("10.88.1.2")!,
  sourcePort: 40000,
  destinationPort: 80,
  tos: 0,
  id: 1,
  dontFragment: true,
  ttl: 64,
  sequence: 0xffffff00,
  acknowledgment: 1,
  flags: ACK,
  window: 500,
  ipv4Options: new Uint8Array(0),
  tcpOptions: new Uint8Array(12).fill(1),
  payload: new Uint8Array(0),
};

/** Segments of a stream, each full but the last; forwarding has taken one hop from `ttl`. */
function stream(count: number, ttl: number, changes: Partial<TcpSegment> = {}): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => {
    const last = i === count - 1;
    const payload = Uint8Array.from({ length: last ? 700 : 1348 }, (_, at) => at * 31 + i);
    const sequence = SEGMENT.sequence + 1348 * i;
    const flags = last ? ACK | PSH : ACK;
    return tcpSegment({ ...SEGMENT, ...changes, ttl, id: 1 + i, sequence, flags, payload });
  });
}

function send(packets: readonly Uint8Array[]): number {
  const batch = new PacketBatch(packets.length, 2048);
  packets.forEach((packet, i) => {
    batch.bytes.set(packet, i * 2048);
    batch.offsets[i] = i * 2048;
    batch.lengths[i] = packet.length;
  });
  return inward.send(batch, packets.length);
}

/** All that one receive brings. */
function receive(capacity: number, slot = 2048, headroom = 40): Uint8Array[] {
  const batch = new PacketBatch(capacity, slot);
  const count = outward.receive(batch, headroom);
  return Array.from({ length: count }, (_, i) => {
    assert.equal(batch.offsets[i], i * slot + headroom);
    return batch.bytes.slice(batch.offsets[i]!, batch.offsets[i]! + batch.lengths[i]!);
  });
}

const texts = (packets: readonly Uint8Array[]) => packets.map(hex);
const counter = (name: string, which: string) =>
  Number(readFileSync(`/sys/class/net/${name}/statistics/${which}`, "utf8"));

test("a stream goes through the kernel as one packet, and comes out as it went in", () => {
  const before = [counter("ut7", "rx_packets"), counter("ut8", "tx_packets")];
  assert.equal(send(stream(40, 64)), 40);
  assert.deepEqual(texts(receive(64)), texts(stream(40, 63)));
  assert.deepEqual(
    [counter("ut7", "rx_packets"), counter("ut8", "tx_packets")].map((now, i) => now - before[i]!),
    [1, 1],
  );
});

test("what the slots have no room for comes with the next receive, behind it what came later", () => {
  const other = { sourcePort: 40001 };
  assert.equal(send([...stream(10, 64), ...stream(10, 64, other)]), 20);
  const got = [...receive(7), ...receive(7), ...receive(7)];
  assert.deepEqual(texts(got), texts([...stream(10, 63), ...stream(10, 63, other)]));
  assert.deepEqual(receive(7), []);
});

test("slots of another size and headroom are no matter on the way", () => {
  assert.equal(send(stream(6, 64)), 6);
  const got = [...receive(2, 4096, 0), ...receive(2, 1500, 100), ...receive(3, 1401, 1)];
  assert.deepEqual(texts(got), texts(stream(6, 63)));
});

test("slots larger than any packet take it as well", () => {
  assert.equal(send(stream(40, 64)), 40);
  assert.deepEqual(texts(receive(41, 70_000, 8)), texts(stream(40, 63)));
});

test("segments that do not fit the slots are lost, and nothing else is", () => {
  assert.equal(send([...stream(3, 64), ...stream(1, 64)]), 4);
  assert.deepEqual(texts(receive(8, 1000, 40)), texts(stream(1, 63)));
});

test("the watch calls back on each turn until all of a large packet is received", async () => {
  const got: Uint8Array[] = [];
  let calls = 0;
  const watched = openTunTap("ut9");
  watched.configure(side("10.99.0.1", "10.99.1.0"));
  const batch = new PacketBatch(1, 2048);
  const done = new Promise<void>((resolve) => {
    watched.onReadable(() => {
      calls++;
      const count = watched.receive(batch, 0);
      if (count === 1) got.push(batch.bytes.slice(0, batch.lengths[0]));
      if (got.length === 12) resolve();
    });
  });
  const changes = { destination: parseIpv4("10.99.1.2")! };
  assert.equal(send(stream(12, 64, changes)), 12);
  await done;
  assert.deepEqual(texts(got), texts(stream(12, 63, changes)));
  assert.equal(calls, 12);
  // Once nothing is left, it waits for the kernel again.
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.equal(calls, 12);
  watched.close();
});

test("while a large packet is received there is one call a turn, though the kernel has more", async () => {
  const watched = openTunTap("ut9");
  watched.configure(side("10.99.0.1", "10.99.1.0"));
  const batch = new PacketBatch(1, 2048);
  const turns: number[] = [];
  let turn = 0;
  const next = () => {
    turn++;
    if (turns.length < 9) setImmediate(next);
  };
  setImmediate(next);
  const done = new Promise<void>((resolve) => {
    watched.onReadable(() => {
      turns.push(turn);
      watched.receive(batch, 0);
      if (turns.length === 9) resolve();
    });
  });
  const changes = { destination: parseIpv4("10.99.1.2")! };
  for (const sourcePort of [1, 2, 3]) send(stream(3, 64, { ...changes, sourcePort }));
  await done;
  watched.close();
  turns.forEach((at, i) => {
    if (i % 3 !== 0) assert.notEqual(at, turns[i - 1], `turns ${turns}`);
  });
});

test("a watch that begins when part of a packet has been received is told of the rest", async () => {
  const late = openTunTap("ut9");
  late.configure(side("10.99.0.1", "10.99.1.0"));
  assert.equal(send(stream(3, 64, { destination: parseIpv4("10.99.1.2")! })), 3);
  const batch = new PacketBatch(1, 2048);
  assert.equal(late.receive(batch, 0), 1);
  await new Promise<void>((resolve) => late.onReadable(resolve));
  // Closed while there is something left.
  late.close();
});
