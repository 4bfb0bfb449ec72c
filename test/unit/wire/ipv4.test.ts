import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIpv4, ipv4, parseIpv4 } from "../../../server/wire/ipv4.ts";
import { fc } from "../../support/fc.ts";

test("10.0.0.1 is 0x0a000001, and 255.255.255.255 is not negative", () => {
  assert.equal(parseIpv4("10.0.0.1"), 0x0a000001);
  assert.equal(parseIpv4("255.255.255.255"), 0xffffffff);
});

test("what is formatted is parsed again", () => {
  fc.assert(fc.property(fc.nat(0xffffffff), (n) => assert.equal(parseIpv4(formatIpv4(ipv4(n))), n)));
});

for (const text of [
  "",
  "10.0.0",
  "10.0.0.1.2",
  "10.0.0.256",
  "010.0.0.1",
  "10.0.0.1 ",
  "1e1.0.0.1",
  "::1",
  "10.0.0.-1",
]) {
  test(`"${text}" is no dotted quad`, () => assert.equal(parseIpv4(text), undefined));
}
