import assert from "node:assert/strict";
import { test } from "node:test";
import { networkContains, parseNetwork } from "../../../server/policy/networks.ts";
import { formatIpv4, ipv4, parseIpv4 } from "../../../server/wire/ipv4.ts";
import { formatNetwork } from "../../../server/wire/ipv4-network.ts";
import { fc } from "../../support/fc.ts";

const network = (text: string) => {
  const parsed = parseNetwork(text);
  assert.ok(parsed.ok, text);
  return parsed.value;
};

for (const [text, form = text] of [
  ["203.0.113.0/24"],
  ["0.0.0.0/0"],
  ["128.0.0.0/1"],
  ["255.255.255.255/32"],
  ["203.0.113.7", "203.0.113.7/32"],
  [" 203.0.113.7 ", "203.0.113.7/32"],
] as const)
  test(`${JSON.stringify(text)} is the network ${form}`, () => {
    assert.equal(formatNetwork(network(text)), form);
    assert.deepEqual(network(form), network(text));
  });

for (const text of [
  "",
  "/",
  "/24",
  "10.0.0.0/",
  "10.0.0.0/33",
  "10.0.0.0/-1",
  "10.0.0.0/08",
  "10.0.0.0/8/8",
  "10.0.0.0/255.0.0.0",
  "10.0.0",
  "10.0.0.256",
  "010.0.0.1",
  "10.0.0.1 /32",
  "::/0",
  "example.org",
  "x".repeat(100_000),
])
  test(`${JSON.stringify(text).slice(0, 30)} is no network, and one sentence shows what is`, () => {
    const parsed = parseNetwork(text);
    assert.ok(!parsed.ok);
    assert.match(parsed.says, / is not a network like 203\.0\.113\.0\/24 or 203\.0\.113\.7\.$/);
    assert.ok(parsed.says.length < 140);
  });

test("an address inside a network is refused, and the network named", () => {
  assert.deepEqual(parseNetwork("203.0.113.7/24"), {
    ok: false,
    says: "203.0.113.7/24 is an address inside a network: write 203.0.113.0/24 for the network, or 203.0.113.7 for the one address.",
  });
  for (const text of ["0.0.0.1/0", "255.255.255.255/31", "10.0.0.1/31"])
    assert.equal(parseNetwork(text).ok, false, text);
});

for (const [text, inside, outside] of [
  ["203.0.113.0/24", ["203.0.113.0", "203.0.113.255"], ["203.0.112.255", "203.0.114.0", "0.0.0.0"]],
  ["203.0.113.7", ["203.0.113.7"], ["203.0.113.6", "203.0.113.8"]],
  ["0.0.0.0/0", ["0.0.0.0", "127.0.0.1", "255.255.255.255"], []],
  ["128.0.0.0/1", ["128.0.0.0", "255.255.255.255"], ["127.255.255.255", "0.0.0.0"]],
  ["10.77.0.0/22", ["10.77.3.255"], ["10.77.4.0"]],
] as const)
  test(`${text} contains its first and last address and none beside them`, () => {
    for (const address of inside)
      assert.equal(networkContains(network(text), parseIpv4(address)!), true, address);
    for (const address of outside)
      assert.equal(networkContains(network(text), parseIpv4(address)!), false, address);
  });

test("a network contains exactly the addresses that share its first bits", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.integer({ min: 0, max: 32 }),
      fc.integer({ min: 0, max: 31 }),
      (n, prefix, bit) => {
        const size = 2 ** (32 - prefix);
        const first = ipv4(Math.floor(n / size) * size);
        const one = network(`${formatIpv4(first)}/${prefix}`);
        assert.equal(networkContains(one, ipv4(n)), true);
        assert.equal(networkContains(one, ipv4(n ^ (1 << bit))), bit < 32 - prefix);
      },
    ),
  );
});
