import assert from "node:assert/strict";
import { test } from "node:test";
import { decoded, fault } from "../../../server/wire/decoded.ts";
import { Reader } from "../../../server/wire/reader.ts";
import { bytes, strictPrefixes } from "../../support/bytes.ts";

const record = bytes`
  01          u8
  0203        u16
  fffefdfc    u32, with the highest bit
  0a0b0c      three octets
`;

function read(reader: Reader) {
  return { a: reader.u8(), b: reader.u16(), c: reader.u32(), d: reader.octets(3) };
}

test("fields come out in order, big-endian and unsigned", () => {
  const reader = new Reader(record);
  assert.deepEqual(read(reader), { a: 1, b: 0x0203, c: 0xfffefdfc, d: bytes`0a0b0c` });
  assert.equal(reader.remaining, 0);
  assert.deepEqual(reader.end("all"), decoded("all"));
});

for (const prefix of strictPrefixes(record)) {
  test(`cut at octet ${prefix.length}: truncated, at the field that does not fit`, () => {
    const reader = new Reader(prefix);
    read(reader);
    const field = [0, 1, 3, 7].findLast((start) => start <= prefix.length);
    assert.deepEqual(reader.done("never"), fault("truncated", field!));
    assert.equal(reader.faulted, true);
  });
}

test("after a fault every read gives nothing, and loops over what remains end", () => {
  const reader = new Reader(bytes`01 02 03`);
  reader.u32();
  assert.deepEqual([reader.u8(), reader.u16(), reader.u32()], [0, 0, 0]);
  assert.equal(reader.octets(1).length, 0);
  assert.equal(reader.rest().length, 0);
  assert.equal(reader.sub(1).remaining, 0);
  assert.equal(reader.remaining, 0);
  assert.equal(reader.position, 0);
});

test("the first fault stands", () => {
  const reader = new Reader(bytes`01 02`);
  reader.u8();
  reader.fail("bad-value", 0);
  reader.u32();
  reader.fail("bad-magic");
  assert.deepEqual(reader.end("never"), fault("bad-value", 0));
});

test("octets left over are the fault bad-length to end(), and nothing to done()", () => {
  const reader = new Reader(bytes`01 02`);
  reader.u8();
  assert.deepEqual(reader.done(1), decoded(1));
  assert.deepEqual(reader.end(1), fault("bad-length", 1));
});

test("a range is read with offsets of the whole", () => {
  const reader = new Reader(record, 1, 3);
  assert.equal(reader.position, 1);
  assert.equal(reader.u16(), 0x0203);
  reader.u8();
  assert.deepEqual(reader.done(0), fault("truncated", 3));
});

test("a range beyond the octets is cut to them", () => {
  assert.equal(new Reader(record, 8, 99).remaining, 2);
  assert.equal(new Reader(record, 50, 99).remaining, 0);
  assert.equal(new Reader(record, 5, 2).remaining, 0);
});

test("sub() reads a part alone; its faults stay with it", () => {
  const reader = new Reader(record);
  const part = reader.sub(3);
  assert.equal(reader.position, 3);
  assert.equal(part.u16(), 0x0102);
  part.u32();
  assert.deepEqual(part.done(0), fault("truncated", 2));
  assert.equal(reader.u32(), 0xfffefdfc);
});

test("a negative length, as a hostile subtraction gives, is the fault bad-length", () => {
  for (const ask of [(r: Reader) => r.octets(-1), (r: Reader) => r.skip(-1), (r: Reader) => r.sub(-1)]) {
    const reader = new Reader(record);
    reader.u8();
    ask(reader);
    assert.deepEqual(reader.done(0), fault("bad-length", 1));
  }
});

test("octets() and rest() are views into the input", () => {
  const input = bytes`01 02 03`;
  const reader = new Reader(input);
  const [head, tail] = [reader.octets(1), reader.rest()];
  input.fill(9);
  assert.deepEqual([head, tail], [bytes`09`, bytes`09 09`]);
});
