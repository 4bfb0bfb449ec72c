import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Destination,
  formatDestination,
  parseDestination,
} from "../../../server/policy/destinations.ts";
import { networkMask } from "../../../server/policy/networks.ts";
import { ipv4, parseIpv4 } from "../../../server/wire/ipv4.ts";
import { fc } from "../../support/fc.ts";

const parsed = (text: string): Destination => {
  const result = parseDestination(text);
  assert.ok(result.ok, result.ok ? "" : result.says);
  return result.value;
};

const refused = (text: string): string => {
  const result = parseDestination(text);
  assert.ok(!result.ok, `${text} was taken`);
  return result.says;
};

test("a network alone means all protocols", () => {
  const network = { address: parseIpv4("10.0.0.0"), prefix: 8 };
  assert.deepEqual(parsed("10.0.0.0/8"), { network, protocol: undefined, ports: [] });
});

test("an address, a protocol and ports", () => {
  assert.deepEqual(parsed("192.0.2.5 tcp 443,8000-8080"), {
    network: { address: parseIpv4("192.0.2.5"), prefix: 32 },
    protocol: 6,
    ports: [
      { first: 443, last: 443 },
      { first: 8000, last: 8080 },
    ],
  });
});

for (const [text, normal] of [
  ["10.0.0.0/8", "10.0.0.0/8"],
  ["  10.0.0.0 / 8  ", "10.0.0.0/8"],
  ["10.0.0.5/32", "10.0.0.5"],
  ["0.0.0.0/0 UDP 53", "0.0.0.0/0 udp 53"],
  ["10.0.0.0/8 icmp", "10.0.0.0/8 icmp"],
  ["10.0.0.0/8 proto 47", "10.0.0.0/8 gre"],
  ["10.0.0.0/8 proto 50", "10.0.0.0/8 proto 50"],
  ["10.0.0.0/8 proto 0", "10.0.0.0/8 proto 0"],
  ["10.0.0.0/8 proto 17 53", "10.0.0.0/8 udp 53"],
  ["192.0.2.5 tcp 8000 - 8080 , 443", "192.0.2.5 tcp 443,8000-8080"],
  ["192.0.2.5 tcp 80-90,85-100,101,443-443", "192.0.2.5 tcp 80-101,443"],
  ["192.0.2.5 tcp 1-1000,5", "192.0.2.5 tcp 1-1000"],
  ["192.0.2.5 tcp 0-65535", "192.0.2.5 tcp 0-65535"],
] as const) {
  test(`"${text}" is written "${normal}"`, () => assert.equal(formatDestination(parsed(text)), normal));
}

for (const [text, says] of [
  ["", /is not a destination like 10\.0\.0\.0\/8/],
  ["intranet", /"intranet" is not a network/],
  ["10.0.0.0/33", /"10\.0\.0\.0\/33" is not a network/],
  ["10.1.2.3/8", /write 10\.0\.0\.0\/8 for the network/],
  ["10.0.0.0/8 esp", /is not a destination/],
  ["10.0.0.0/8 443", /is not a destination/],
  ["10.0.0.0/8 proto", /is not a destination/],
  ["10.0.0.0/8 proto 256", /is not a destination/],
  ["10.0.0.0/8 proto 050", /is not a destination/],
  ["10.0.0.0/8 tcp 80 90", /is not a destination/],
  ["10.0.0.0/8 icmp 8", /only tcp and udp have ports/],
  ["10.0.0.0/8 proto 50 8", /only tcp and udp have ports/],
  ["10.0.0.0/8 tcp http", /"http" is not a port/],
  ["10.0.0.0/8 tcp 65536", /"65536" is not a port/],
  ["10.0.0.0/8 tcp 80,", /"" is not a port/],
  ["10.0.0.0/8 tcp 1-2-3", /"1-2-3" is not a port/],
  ["10.0.0.0/8 tcp 90-80", /write 80-90/],
  [`10.0.0.0/8 tcp ${Array.from({ length: 17 }, (_, i) => i * 2).join(",")}`, /17 port ranges; 16 at most/],
  [`10.0.0.0/8${" ".repeat(300)}`, /is not a destination/],
] as const) {
  test(`"${text.slice(0, 40)}" is refused, and the sentence shows what is right`, () => {
    assert.match(refused(text), says);
    assert.match(refused(text), /\.$/);
  });
}

const range = fc.tuple(fc.nat(0xffff), fc.nat(300)).map(([first, more]) => {
  return first === Math.min(0xffff, first + more) ? `${first}` : `${first}-${Math.min(0xffff, first + more)}`;
});
const where = fc.tuple(fc.nat(0xffffffff), fc.nat(32)).map(([address, prefix]) => {
  const dotted = ipv4(address & networkMask(prefix));
  return formatDestination({ network: { address: dotted, prefix }, protocol: undefined, ports: [] });
});
const what = fc.oneof(
  fc.constant(""),
  fc.nat(255).map((protocol) => ` proto ${protocol}`),
  fc
    .tuple(fc.constantFrom(" tcp ", " udp "), fc.array(range, { minLength: 1, maxLength: 16 }))
    .map(([protocol, ranges]) => protocol + ranges.join(",")),
);

test("the normal form means the same, and is its own normal form", () => {
  fc.assert(
    fc.property(where, what, (network, rest) => {
      const value = parsed(network + rest);
      const normal = formatDestination(value);
      assert.deepEqual(parsed(normal), value);
      assert.equal(formatDestination(parsed(normal)), normal);
    }),
  );
});

test("no text throws", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseDestination(text)));
});
