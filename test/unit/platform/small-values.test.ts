import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes, randomU16, randomU32 } from "../../../server/platform/random.ts";
import { isInterfaceName } from "../../../server/wire/interface-name.ts";
import { ipv4 } from "../../../server/wire/ipv4.ts";
import { formatNetwork } from "../../../server/wire/ipv4-network.ts";

test("random numbers stay in their range", () => {
  for (let i = 0; i < 1000; i++) {
    const [short, long] = [randomU16(), randomU32()];
    assert.ok(Number.isInteger(short) && short >= 0 && short <= 0xffff);
    assert.ok(Number.isInteger(long) && long >= 0 && long <= 0xffff_ffff);
  }
});

test("random octets are as many as asked for, in memory of their own", () => {
  const bytes = randomBytes(16);
  assert.equal(bytes.length, 16);
  assert.equal(bytes.buffer.byteLength, 16);
});

test("interface names are what the kernel takes without quoting", () => {
  for (const name of ["pac0", "a", "fifteen-octets-", "eth0.100", "_x"])
    assert.ok(isInterfaceName(name), name);
  for (const name of ["", "sixteen-octets-x", "a b", "a/b", "a:b", "pac%d", ".", "..", "-x", "é", "a\n"]) {
    assert.ok(!isInterfaceName(name), name);
  }
});

test("a network is written in CIDR form", () => {
  assert.equal(formatNetwork({ address: ipv4(0x0a4d0000), prefix: 22 }), "10.77.0.0/22");
});
