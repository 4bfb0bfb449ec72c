import assert from "node:assert/strict";
import { test } from "node:test";
import { UNLIMITED } from "../../../../server/data-plane/data-plane.ts";
import { DestinationFilter } from "../../../../server/data-plane/tunnel/destination-filter.ts";
import { parseDestination } from "../../../../server/policy/destinations.ts";
import { networkContains } from "../../../../server/policy/networks.ts";
import { ipv4 } from "../../../../server/wire/ipv4.ts";
import { bytes } from "../../../support/bytes.ts";
import { address, Bench, INNER, SPEC } from "../../../support/data-plane/bench.ts";
import { fc } from "../../../support/fc.ts";
import { ipv4Packet } from "../../../support/packets/ipv4.ts";

const rules = (...texts: readonly string[]) =>
  texts.map((text) => {
    const parsed = parseDestination(text);
    assert.ok(parsed.ok);
    return parsed.value;
  });

interface To {
  readonly to: string;
  readonly protocol?: number;
  readonly port?: number;
  readonly fragmentOffset?: number;
  readonly options?: Uint8Array;
  /** Octets behind the header of IPv4. */
  readonly length?: number;
}

/**
 * Behind the header: source port 443, which no rule may take for the destination's, then the destination
 * port.
 */
function packet({ to, protocol = 6, port = 0, length = 20, ...more }: To): Uint8Array {
  const payload = new Uint8Array(Math.max(4, length));
  payload.set([443 >>> 8, 443 & 0xff, port >>> 8, port & 0xff]);
  return ipv4Packet({
    source: INNER,
    destination: address(to),
    protocol,
    payload: payload.slice(0, length),
    ...more,
  });
}

function allows(texts: readonly string[], to: To): boolean {
  const inner = packet(to);
  // Not at the beginning of the memory, and with something behind it that is not of the packet.
  const memory = new Uint8Array(inner.length + 40).fill(0xff);
  memory.set(inner, 16);
  return new DestinationFilter(rules(...texts)).allows(memory, 16, 16 + inner.length);
}

const [TCP, UDP, ICMP, ESP] = [6, 17, 1, 50];
const WEB = "192.0.2.5 tcp 443,8000-8080";

for (const [fact, texts, to, expected] of [
  ["the first address of a network", ["10.0.0.0/8"], { to: "10.0.0.0" }, true],
  ["the last address of a network", ["10.0.0.0/8"], { to: "10.255.255.255" }, true],
  ["the address before a network", ["10.0.0.0/8"], { to: "9.255.255.255" }, false],
  ["the address behind a network", ["10.0.0.0/8"], { to: "11.0.0.0" }, false],
  ["a network above 127", ["192.0.2.0/24"], { to: "192.0.2.200" }, true],
  ["another single address", ["192.0.2.5"], { to: "192.0.2.4" }, false],
  ["any address", ["0.0.0.0/0"], { to: "203.0.113.9" }, true],
  ["the second rule", ["10.0.0.0/8", "192.0.2.5"], { to: "192.0.2.5" }, true],
  ["a single port", [WEB], { to: "192.0.2.5", port: 443 }, true],
  ["the first port of a range", [WEB], { to: "192.0.2.5", port: 8000 }, true],
  ["the last port of a range", [WEB], { to: "192.0.2.5", port: 8080 }, true],
  ["a port behind a range", [WEB], { to: "192.0.2.5", port: 8081 }, false],
  ["the source port alone", [WEB], { to: "192.0.2.5", port: 80 }, false],
  ["the port of another rule", [WEB, "192.0.2.6 tcp 80"], { to: "192.0.2.5", port: 80 }, false],
  ["a port of another protocol", [WEB], { to: "192.0.2.5", protocol: UDP, port: 443 }, false],
  ["ICMP against a rule with ports", [WEB], { to: "192.0.2.5", protocol: ICMP, port: 443 }, false],
  ["ICMP", ["10.0.0.0/8 icmp"], { to: "10.1.1.1", protocol: ICMP }, true],
  ["TCP against a rule for ICMP", ["10.0.0.0/8 icmp"], { to: "10.1.1.1", protocol: TCP }, false],
  ["a protocol by its number", ["10.0.0.0/8 proto 50"], { to: "10.1.1.1", protocol: ESP }, true],
  ["protocol 0", ["10.0.0.0/8 proto 0"], { to: "10.1.1.1", protocol: TCP }, false],
  ["the highest port", ["10.0.0.0/8 tcp 65535"], { to: "10.1.1.1", port: 65535 }, true],
  ["TCP too short for ports", [WEB], { to: "192.0.2.5", port: 443, length: 3 }, false],
  ["TCP of nothing but ports", [WEB], { to: "192.0.2.5", port: 443, length: 4 }, true],
  ["TCP too short for ports where none matter", ["192.0.2.5 tcp"], { to: "192.0.2.5", length: 2 }, true],
  ["a later fragment", [WEB], { to: "192.0.2.5", port: 80, fragmentOffset: 185 }, true],
  ["a later fragment to elsewhere", [WEB], { to: "192.0.2.6", fragmentOffset: 185 }, false],
  [
    "a later fragment of another protocol",
    [WEB],
    { to: "192.0.2.5", protocol: UDP, fragmentOffset: 1 },
    false,
  ],
  ["ports behind options", [WEB], { to: "192.0.2.5", port: 443, options: bytes`01 01 01 00` }, true],
  ["wrong ports behind options", [WEB], { to: "192.0.2.5", port: 444, options: bytes`01 01 01 00` }, false],
  ["a loose source route", ["0.0.0.0/0"], { to: "192.0.2.5", options: bytes`01 8307 04 0a000001` }, false],
  ["a strict source route", ["0.0.0.0/0"], { to: "192.0.2.5", options: bytes`8907 04 0a000001 00` }, false],
  [
    "the octet of a source route inside another option",
    ["0.0.0.0/0"],
    { to: "192.0.2.5", options: bytes`44 04 83 89` },
    true,
  ],
  [
    "an option that is longer than the header",
    ["0.0.0.0/0"],
    { to: "192.0.2.5", options: bytes`44 09 05 00` },
    false,
  ],
  ["an option of length 0", ["0.0.0.0/0"], { to: "192.0.2.5", options: bytes`44 00 05 00` }, false],
  [
    "what stands behind the end of the options",
    ["0.0.0.0/0"],
    { to: "192.0.2.5", options: bytes`00 83 00 00` },
    true,
  ],
] as const) {
  test(`${fact} ${expected ? "passes" : "is denied"}`, () => assert.equal(allows(texts, to), expected));
}

test("64 rules of 16 port ranges: each port of each passes, and those between do not", () => {
  const ports = Array.from({ length: 16 }, (_, i) => i * 4000 + 1).join(",");
  const texts = Array.from({ length: 64 }, (_, i) => `10.0.${i}.0/24 tcp ${ports}`);
  const filter = new DestinationFilter(rules(...texts));
  const passes = (to: To) => {
    const inner = packet(to);
    return filter.allows(inner, 0, inner.length);
  };
  for (let rule = 0; rule < 64; rule += 1) {
    for (let i = 0; i < 16; i += 1) {
      assert.ok(passes({ to: `10.0.${rule}.9`, port: i * 4000 + 1 }));
      assert.ok(!passes({ to: `10.0.${rule}.9`, port: i * 4000 + 2 }));
    }
  }
});

const rule = fc
  .tuple(
    fc.constantFrom("0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3"),
    fc.constantFrom("", " tcp", " udp", " icmp", " proto 50", " tcp 1-3,7", " udp 5-65535", " tcp 65535"),
  )
  .map(([where, what]) => where + what);

test("any rules and packet: the same answer as from the rules as they stand", () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      fc.constantFrom("10.1.2.3", "10.1.9.9", "10.200.0.1", "192.0.2.1", "8.8.8.8"),
      fc.constantFrom(TCP, UDP, ICMP, ESP),
      fc.constantFrom(0, 1, 4, 5, 7, 65535),
      fc.constantFrom(0, 1, 100),
      fc.constantFrom(0, 3, 4, 20),
      (texts, to, protocol, port, fragmentOffset, length) => {
        const expected = rules(...texts).some(
          (one) =>
            networkContains(one.network, ipv4(address(to))) &&
            (one.protocol === undefined || one.protocol === protocol) &&
            (one.ports.length === 0 ||
              fragmentOffset > 0 ||
              (length >= 4 && one.ports.some(({ first, last }) => port >= first && port <= last))),
        );
        assert.equal(allows(texts, { to, protocol, port, fragmentOffset, length }), expected);
      },
    ),
    { numRuns: 2000 },
  );
});

test("what is denied never reaches the TUN, is counted by its reason, and uses up no rate", async () => {
  const bench = new Bench();
  const traffic = { ...UNLIMITED, rateUp: 64e3, destinations: rules("10.0.0.0/8 tcp 80") };
  const client = await bench.client({ network: { traffic } });
  for (let i = 0; i < 50; i += 1) client.data(packet({ to: "192.0.2.5", length: 1300 }));
  client.data(packet({ to: "10.0.0.1", port: 80 }));
  await bench.settle();
  assert.deepEqual(bench.drops(), { "destination-denied": 50 });
  assert.equal(bench.plane.counters(SPEC.callId).drops, 50);
  assert.equal(bench.plane.counters(SPEC.callId).rxPackets, 1);
  assert.deepEqual(
    bench.tun.sent.map((sent) => sent.bytes),
    [packet({ to: "10.0.0.1", port: 80 })],
  );
});

test("destinations change in the midst of a session, and an empty list means anywhere", async () => {
  const bench = new Bench();
  const client = await bench.client();
  for (const [destinations, reaches] of [
    [[], 1],
    [rules("10.0.0.0/8"), 1],
    [rules("192.0.2.0/24"), 2],
    [[], 3],
  ] as const) {
    bench.plane.setTrafficPolicy(SPEC.callId, { ...UNLIMITED, destinations });
    client.data(packet({ to: "192.0.2.5" }));
    await bench.settle();
    assert.equal(bench.tun.sent.length, reaches);
  }
});

test("what comes for the client is not compared with them", async () => {
  const bench = new Bench();
  await bench.client({ network: { traffic: { ...UNLIMITED, destinations: rules("10.0.0.0/8") } } });
  const inner = packet({ to: "10.77.0.10" });
  inner.set([192, 0, 2, 5], 12);
  bench.tun.deliver(inner);
  await bench.settle();
  assert.equal(bench.plane.counters(SPEC.callId).txPackets, 1);
});
