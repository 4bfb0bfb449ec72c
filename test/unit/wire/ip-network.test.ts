import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIpNetwork, ipNetworkHas, parseIp, parseIpNetwork } from "../../../server/wire/ip-network.ts";

const written = (text: string): string => {
  const network = parseIpNetwork(text);
  return typeof network === "string" ? network : formatIpNetwork(network);
};

for (const [text, form] of [
  ["192.0.2.0/24", "192.0.2.0/24"],
  [" 192.0.2.7 ", "192.0.2.7"],
  ["192.0.2.7/32", "192.0.2.7"],
  ["0.0.0.0/0", "0.0.0.0/0"],
  ["2001:DB8:0:0::/32", "2001:db8::/32"],
  ["::1", "::1"],
  ["::/0", "::/0"],
  ["fe80::1:0:0:2", "fe80::1:0:0:2"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
] as const)
  test(`${JSON.stringify(text)} is ${form}`, () => assert.equal(written(text), form));

for (const text of [
  "",
  "anna",
  "192.0.2",
  "192.0.2.0/33",
  "192.0.2.0/",
  "192.0.2.0/08",
  "1:2:3",
  "::1::",
  "1.2.3.4/1/2",
  "::/129",
  "[::1]",
  "::1%eth0",
])
  test(`${JSON.stringify(text)} is no network, in words`, () =>
    assert.match(written(text), /^(?:is not|has) a /));

test("an address inside a network is none, and both ways to mean it are shown", () => {
  assert.equal(
    written("192.0.2.7/24"),
    "is an address inside a network: write 192.0.2.0/24, or the one address without /24",
  );
  assert.match(written("2001:db8::1/64"), /write 2001:db8::\/64/);
});

for (const [network, address, has] of [
  ["192.0.2.0/24", "192.0.2.255", true],
  ["192.0.2.0/24", "192.0.3.0", false],
  ["192.0.2.0/24", "::ffff:192.0.2.1", true],
  ["0.0.0.0/0", "::1", false],
  ["::/0", "192.0.2.1", false],
  ["2001:db8::/33", "2001:db8:7fff::1", true],
  ["2001:db8::/33", "2001:db8:8000::1", false],
  ["::1", "::1", true],
] as const)
  test(`${network} ${has ? "has" : "does not have"} ${address}`, () => {
    const [place, ip] = [parseIpNetwork(network), parseIp(address)];
    assert.ok(typeof place !== "string" && ip !== undefined);
    assert.equal(ipNetworkHas(place, ip), has);
  });
