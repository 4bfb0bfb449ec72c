import assert from "node:assert/strict";
import { test } from "node:test";
import { PppHeader } from "../../../server/ppp/ppp-header.ts";
import { bytes } from "../../support/bytes.ts";

const sound: readonly (readonly [string, Uint8Array, number, number])[] = [
  ["address, control and a protocol of two octets", bytes`ff03 0021 45`, 0x0021, 4],
  ["address, control and a protocol of one octet", bytes`ff03 21 45`, 0x0021, 3],
  ["a protocol of two octets alone", bytes`00fd 9000`, 0x00fd, 2],
  ["a protocol of one octet alone", bytes`fd 9000`, 0x00fd, 1],
  ["a control protocol", bytes`c021 0101`, 0xc021, 2],
  ["nothing behind the protocol", bytes`ff03 c021`, 0xc021, 4],
  ["ff without 03", bytes`ff05 00`, 0x00ff, 1],
];
for (const [name, frame, protocol, information] of sound) {
  test(`${name} is read`, () => {
    const header = new PppHeader();
    assert.ok(header.read(frame, 0, frame.length));
    assert.deepEqual([header.protocol, header.information], [protocol, information]);
  });
}

const malformed: readonly (readonly [string, Uint8Array])[] = [
  ["an empty frame", bytes``],
  ["address and control alone", bytes`ff03`],
  ["half a protocol", bytes`ff03 c0`],
  ["half a protocol without address and control", bytes`00`],
  ["an even protocol", bytes`ff03 0020 45`],
];
for (const [name, frame] of malformed) {
  test(`${name} is no frame`, () => assert.ok(!new PppHeader().read(frame, 0, frame.length)));
}

test("nothing is read past the given end", () => {
  assert.ok(!new PppHeader().read(bytes`ff03 c021`, 0, 3));
});
