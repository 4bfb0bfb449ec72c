import assert from "node:assert/strict";
import { test } from "node:test";
import {
  destinationOf,
  headerLength,
  innerLength,
  isFirstFragment,
  mayNotFragment,
  protocolOf,
  signed,
  sourceOf,
} from "../../../server/ip/inner-packet.ts";
import { ipv4 } from "../../../server/wire/ipv4.ts";
import { bytes, strictPrefixes } from "../../support/bytes.ts";

const packet = bytes`
  4600 0020   Version 4, header of 24 octets, Total Length 32
  1234 4003   Identification, DF, fragment offset 3
  4011 0000   TTL, UDP
  0a4d000a    Source 10.77.0.10
  c0a80101    Destination 192.168.1.1
  01010100    Options
  0fa0 1388 0008 0000   UDP
`;

test("fields are read where they lie", () => {
  assert.equal(innerLength(packet, 0, packet.length), 32);
  assert.equal(headerLength(packet, 0), 24);
  assert.equal(protocolOf(packet, 0), 17);
  assert.equal(sourceOf(packet, 0), signed(ipv4(0x0a4d000a)));
  assert.equal(destinationOf(packet, 0), signed(ipv4(0xc0a80101)));
  assert.ok(mayNotFragment(packet, 0));
  assert.ok(!isFirstFragment(packet, 0));
});

test("octets behind the Total Length do not belong to the packet", () => {
  const padded = new Uint8Array(packet.length + 7);
  padded.set(packet);
  assert.equal(innerLength(padded, 0, padded.length), 32);
});

for (const prefix of strictPrefixes(packet)) {
  test(`truncated at octet ${prefix.length} is no packet`, () => {
    assert.equal(innerLength(prefix, 0, prefix.length), 0);
  });
}

const malformed = {
  "version 6": [0, 0x66],
  "a header of 16 octets": [0, 0x44],
  "a Total Length shorter than the header": [3, 23],
} as const;
for (const [name, [at, value]] of Object.entries(malformed)) {
  test(`${name} is no packet`, () => {
    const changed = packet.slice();
    changed[at] = value;
    assert.equal(innerLength(changed, 0, changed.length), 0);
  });
}
