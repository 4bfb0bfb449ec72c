import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { PacketBatch } from "../../../../server/platform/packet-batch.ts";
import { openTunInterface, openTunQueue } from "../../../../server/platform/tun-interface.ts";
import { openTunTap, type TunTap } from "../../../../server/platform/tun-tap.ts";
import { type Ipv4, parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { succeed } from "../../../support/namespace.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";

/**
 * This host forwards from a TUN to the interface: what comes in by one call is in a queue when the call
 * returns.
 */
writeFileSync("/proc/sys/net/ipv4/ip_forward", "1");

const outside = openTunTap("ut7");
after(() => outside.close());
outside.configure({
  local: parseIpv4("10.88.0.1")!,
  mtu: octets(1400),
  routes: [{ address: parseIpv4("10.88.1.0")!, prefix: 24 }],
});
const OUTSIDE = parseIpv4("10.88.1.2")!;

const settings = {
  local: parseIpv4("10.77.0.1")!,
  mtu: octets(1400),
  routes: [{ address: parseIpv4("10.77.0.0")!, prefix: 22 }],
};
const ANNA = parseIpv4("10.77.0.10")!;
const BERT = parseIpv4("10.77.0.11")!;
const exists = (name: string) => existsSync(`/sys/class/net/${name}`);

function send(port: TunTap, packets: readonly Uint8Array[]): void {
  const batch = new PacketBatch(packets.length, 256);
  packets.forEach((packet, i) => {
    batch.bytes.set(packet, i * 256);
    batch.offsets[i] = i * 256;
    batch.lengths[i] = packet.length;
  });
  assert.equal(port.send(batch, packets.length), packets.length);
}

const sendTo = (...addresses: readonly Ipv4[]) =>
  send(
    outside,
    addresses.map((destination) => udpPacket({ source: OUTSIDE, destination }, 16)),
  );

/** The last octets of the destinations of what is in a queue. */
function destinations(queue: TunTap): number[] {
  const batch = new PacketBatch(64, 256);
  const count = queue.receive(batch, 0);
  return Array.from({ length: count }, (_, i) => batch.bytes[batch.offsets[i]! + 19]!);
}

test("packets go to the queue that their destination is steered to, and else to the first", () => {
  const tun = openTunInterface("ut1", 3);
  assert.deepEqual([tun.name, tun.queues], ["ut1", 3]);
  const queues = [0, 1, 2].map(() => openTunQueue("ut1"));
  tun.configure(settings);
  const got = () => queues.map(destinations);

  sendTo(ANNA, BERT);
  assert.deepEqual(got(), [[10, 11], [], []]);
  tun.steer(ANNA, 1);
  tun.steer(BERT, 2);
  sendTo(ANNA, BERT, ANNA);
  assert.deepEqual(got(), [[], [10, 10], [11]]);
  tun.steer(ANNA, 2);
  tun.unsteer(BERT);
  tun.unsteer(BERT);
  sendTo(ANNA, BERT);
  assert.deepEqual(got(), [[11], [], [10]]);
  tun.unsteer(ANNA);
  sendTo(ANNA);
  assert.deepEqual(got(), [[10], [], []]);
  assert.throws(() => tun.steer(ANNA, 3), RangeError);

  // Whichever queue it is written to, a packet goes in.
  for (const queue of queues) send(queue, [udpPacket({ source: ANNA, destination: OUTSIDE }, 16)]);
  assert.equal(destinations(outside).length, 3);
  for (const port of [...queues, tun]) port.close();
  assert.ok(!exists("ut1"));
});

test("many addresses are steered at once", () => {
  const tun = openTunInterface("ut1", 2);
  const queues = [openTunQueue("ut1"), openTunQueue("ut1")];
  tun.configure(settings);
  const address = (i: number) => (ANNA + i) as Ipv4;
  for (let i = 0; i < 1000; i++) tun.steer(address(i), i % 2);
  sendTo(...Array.from({ length: 20 }, (_, i) => address(i * 49)));
  assert.deepEqual(
    queues.map((queue) => destinations(queue).length),
    [10, 10],
  );
  for (const port of [...queues, tun]) port.close();
});

test("with one queue nothing is steered, and all packets go there", () => {
  const tun = openTunInterface("ut1", 1);
  assert.equal(tun.queues, 1);
  const queue = openTunQueue("ut1");
  tun.configure(settings);
  tun.steer(ANNA, 0);
  tun.unsteer(ANNA);
  sendTo(ANNA, BERT);
  assert.deepEqual(destinations(queue), [10, 11]);
  tun.close();
  tun.close();
  tun.steer(ANNA, 0);
  // The queue alone keeps the interface.
  sendTo(ANNA);
  assert.deepEqual(destinations(queue), [10]);
  queue.close();
  assert.ok(!exists("ut1"));
});

test("the interface stays while it has no queue that is read", () => {
  const tun = openTunInterface("ut1", 2);
  openTunQueue("ut1").close();
  assert.ok(exists("ut1"));
  tun.close();
  assert.ok(!exists("ut1"));
});

test("what a full queue had no room for is counted", () => {
  const tun = openTunInterface("ut1", 1);
  const queue = openTunQueue("ut1");
  tun.configure(settings);
  succeed("ip", ["link", "set", "ut1", "txqueuelen", "20"]);
  assert.equal(tun.overflowed(), 0);
  sendTo(...Array.from({ length: 50 }, () => ANNA));
  const received = destinations(queue).length;
  assert.ok(received < 50);
  assert.equal(tun.overflowed(), 50 - received);
  queue.close();
  tun.close();
  assert.ok(tun.overflowed() <= 0, "the interface is gone");
});

test("a name in use is interface-in-use, whoever has it", () => {
  const inUse = (name: string) => ({
    code: "interface-in-use",
    message: `The network interface ${name} exists already: stop the other pacd, or choose another tunnel.interface.`,
  });
  assert.throws(() => openTunInterface("lo", 2), inUse("lo"));
  assert.throws(() => openTunInterface("ut7", 2), inUse("ut7")); // a TUN of one queue that is open
  const tun = openTunInterface("ut1", 2);
  assert.throws(() => openTunInterface("ut1", 2), inUse("ut1"));
  assert.throws(() => openTunTap("ut1"), inUse("ut1"));
  const queue = openTunQueue("ut1");
  assert.throws(() => openTunInterface("ut1", 1), inUse("ut1"));
  queue.close();
  tun.close();
});

test("a queue of no interface is interface-refused, and makes none", () => {
  assert.throws(() => openTunQueue("ut1"), { code: "interface-refused", message: /ut1 is gone/ });
  assert.ok(!exists("ut1"));
});

test("a persistent TUN that nobody has open is taken over, with its one queue", () => {
  succeed("ip", ["tuntap", "add", "dev", "ut1", "mode", "tun"]);
  const tun = openTunInterface("ut1", 2);
  assert.equal(tun.queues, 1);
  const queue = openTunQueue("ut1");
  tun.configure(settings);
  tun.steer(ANNA, 0);
  tun.unsteer(ANNA);
  sendTo(ANNA, BERT);
  assert.deepEqual(destinations(queue), [10, 11]);
  assert.equal(tun.overflowed(), 0);
  assert.throws(() => openTunQueue("ut1"), { code: "interface-in-use" });
  queue.close();
  tun.close();
  assert.ok(exists("ut1"));
  succeed("ip", ["link", "delete", "ut1"]);
});
