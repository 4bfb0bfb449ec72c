import assert from "node:assert/strict";
import { test } from "node:test";
import { UNLIMITED } from "../../../../server/data-plane/data-plane.ts";
import { MIN_RATE_BURST, RATE_BURST } from "../../../../server/data-plane/limits.ts";
import { RateLimit } from "../../../../server/data-plane/tunnel/rate-limit.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { Bench, INNER, NETWORK, SERVER, SPEC } from "../../../support/data-plane/bench.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";

const SECONDS = 12;

/**
 * Octets that pass in each tenth of a second, while `load` times the rate is offered in `step` milliseconds
 * at once.
 */
function offered(limit: RateLimit, rate: number, size: number, load: number, step: number): number[] {
  const passed = new Array<number>(SECONDS * 10).fill(0);
  let waiting = 0;
  for (let now = 0; now < SECONDS * 1000; now += step) {
    for (waiting += (rate / 8000) * load * step; waiting >= size; waiting -= size)
      if (limit.take(size, now)) passed[Math.floor(now / 100)]! += size;
  }
  return passed;
}

for (const [name, rate] of [
  ["64 kbit/s", 64e3],
  ["256 kbit/s", 256e3],
  ["1 Mbit/s", 1e6],
  ["10 Mbit/s", 10e6],
  ["100 Mbit/s", 100e6],
  ["1 Gbit/s", 1e9],
] as const) {
  for (const size of [64, 576, 1400]) {
    test(`${name} in packets of ${size} octets: within 5 % over any ten seconds of overload`, () => {
      for (const [load, step] of [
        [1.1, 1],
        [2, 7],
      ] as const) {
        const passed = offered(new RateLimit(rate, 0), rate, size, load, step);
        for (let from = 0; from + 100 <= passed.length; from += 1) {
          const bits = passed.slice(from, from + 100).reduce((sum, octets) => sum + octets * 8, 0);
          const error = bits / (rate * 10) - 1;
          assert.ok(Math.abs(error) <= 0.05, `${(error * 100).toFixed(2)} % from ${from / 10} s on`);
        }
      }
    });
  }
}

/** Octets that pass at one moment. */
function atOnce(limit: RateLimit, now: number): number {
  let octets = 0;
  while (limit.take(10, now)) octets += 10;
  return octets;
}

test("after silence a quarter of a second of the rate passes at once, and no more after a longer one", () => {
  const limit = new RateLimit(8e6, 0);
  assert.equal(atOnce(limit, 0), (8e6 / 8000) * RATE_BURST);
  assert.equal(atOnce(limit, 100), 100_000);
  assert.equal(atOnce(limit, 60_000), 250_000);
});

test("at the lowest rate two full packets pass at once, and then one in one and a half seconds", () => {
  const limit = new RateLimit(8e3, 0);
  assert.equal(MIN_RATE_BURST, 3000);
  assert.deepEqual(
    [0, 0, 0, 1499, 1500, 1501].map((now) => limit.take(1500, now)),
    [true, true, false, false, true, false],
  );
});

test("time that stands still or goes back gives nothing", () => {
  const limit = new RateLimit(8e6, 1000);
  atOnce(limit, 1000);
  assert.ok(!limit.take(1000, 1000));
  assert.ok(!limit.take(1000, 500));
  assert.ok(!limit.take(1001, 1001));
  assert.ok(limit.take(1000, 1001));
});

test("a limit that replaces another has what is left of it, up to its own burst", () => {
  const spent = new RateLimit(8e6, 0);
  atOnce(spent, 0);
  assert.equal(atOnce(new RateLimit(80e6, 10, spent), 10), 10_000);
  assert.equal(atOnce(new RateLimit(80e3, 10, new RateLimit(8e6, 0)), 10), 3000);
  assert.equal(atOnce(new RateLimit(80e6, 10, "none"), 10), 0);
});

const up = udpPacket({ source: INNER, destination: SERVER }, 1372);
const down = udpPacket({ source: SERVER, destination: INNER }, 1372);
const RATE = 1e6;
const limited = { traffic: { ...UNLIMITED, rateUp: RATE, rateDown: RATE / 2 } };

/** A client that sends, and a host that sends to it, at twice the rates for `ms` milliseconds. */
async function overload(bench: Bench, client: { data(inner: Uint8Array): void }, ms: number): Promise<void> {
  for (let spent = 0; spent < ms; spent += 50) {
    for (let i = 0; i < 9; i += 1) {
      client.data(up);
      bench.tun.deliver(down);
    }
    await bench.clock.advance(50);
  }
}

test("both ways keep to their own rate; what exceeds it is dropped and counted, and neither received nor sent", async () => {
  const bench = new Bench();
  const client = await bench.client({ network: limited });
  await overload(bench, client, 10_000);
  const { rxBytes, rxPackets, txBytes, txPackets, drops } = bench.plane.counters(SPEC.callId);
  assert.ok(Math.abs((rxBytes * 8) / (RATE * 10) - 1) <= 0.05, `${rxBytes} octets up`);
  assert.ok(Math.abs((txBytes * 8) / (RATE * 5) - 1) <= 0.05, `${txBytes} octets down`);
  assert.deepEqual(bench.drops(), { "rate-limit-up": 1800 - rxPackets, "rate-limit-down": 1800 - txPackets });
  assert.equal(drops, 3600 - rxPackets - txPackets);
  assert.equal(bench.tun.sent.length, rxPackets);
});

test("packets that have to be cut count once, as they came", async () => {
  const bench = new Bench();
  await bench.client({ network: { ...limited, mtu: NETWORK.mtu } });
  const large = udpPacket({ source: SERVER, destination: INNER }, 1472);
  // A burst of 62,500 bits is 41 packets of 1500 octets at a rate of 2 Mbit/s.
  bench.plane.setTrafficPolicy(SPEC.callId, { ...UNLIMITED, rateDown: 2e6 });
  await bench.clock.advance(250);
  for (let i = 0; i < 50; i += 1) bench.tun.deliver(large);
  await bench.settle();
  assert.deepEqual(bench.drops(), { "rate-limit-down": 9 });
  assert.equal(bench.plane.counters(SPEC.callId).txPackets, 82);
});

test("a change in the midst of a session takes effect at once, and brings no burst", async () => {
  const bench = new Bench();
  const client = await bench.client({ network: limited });
  await overload(bench, client, 1000);
  const before = bench.plane.counters(SPEC.callId).rxBytes;
  for (let change = 0; change < 40; change += 1) {
    bench.plane.setTrafficPolicy(SPEC.callId, { ...UNLIMITED, rateUp: change % 2 === 0 ? 64e3 : 65e3 });
    await overload(bench, client, 250);
  }
  const { rxBytes } = bench.plane.counters(SPEC.callId);
  // What is left of the old limit fits into one packet.
  assert.ok(Math.abs(((rxBytes - before) * 8) / (64.5e3 * 10) - 1) <= 0.05, `${rxBytes - before} octets`);
});

test("a limit that is set where there was none begins without a burst; lifted, it limits nothing", async () => {
  const bench = new Bench();
  const client = await bench.client();
  bench.plane.setTrafficPolicy(SPEC.callId, limited.traffic);
  client.data(up);
  await bench.settle();
  assert.deepEqual(bench.drops(), { "rate-limit-up": 1 });
  bench.plane.setTrafficPolicy(SPEC.callId, UNLIMITED);
  await overload(bench, client, 1000);
  assert.deepEqual(bench.drops(), { "rate-limit-up": 1 });
});

test("the network opened again in the same session brings no burst", async () => {
  const bench = new Bench();
  const client = await bench.client({ network: limited });
  await overload(bench, client, 1000);
  const { rxPackets } = bench.plane.counters(SPEC.callId);
  bench.plane.openNetwork(SPEC.callId, { ...NETWORK, ...limited });
  for (let i = 0; i < 10; i += 1) client.data(up);
  await bench.settle();
  assert.ok(bench.plane.counters(SPEC.callId).rxPackets - rxPackets <= 5);
});

test("the limit of one tunnel is not that of another; a call ID without a tunnel has none", async () => {
  const bench = new Bench();
  const other = await bench.client({ spec: { callId: toCallId(7) } });
  await bench.client({ network: limited });
  bench.plane.setTrafficPolicy(toCallId(8), limited.traffic);
  for (let i = 0; i < 64; i += 1) other.frame(new Uint8Array([0xff, 3, 0, 0x21]));
  await bench.settle();
  assert.deepEqual(bench.drops(), { "clear-text": 64 });
});
