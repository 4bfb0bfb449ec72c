import assert from "node:assert/strict";
import { test } from "node:test";
import { Reader } from "../../../server/wire/reader.ts";
import { Writer } from "../../../server/wire/writer.ts";
import { bytes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";

test("fields go out in order, big-endian", () => {
  const writer = new Writer().u8(1).u16(0x0203).u32(0xfffefdfc).octets(bytes`0a0b`).zeros(2);
  assert.equal(writer.length, 11);
  assert.deepEqual(writer.bytes(), bytes`01 0203 fffefdfc 0a0b 0000`);
});

for (const capacity of [0, 1, 2, 3, 5, 7, 11]) {
  test(`a capacity of ${capacity} grows as needed`, () => {
    const writer = new Writer(capacity).u8(1).u8(2).u16(0x0304).u32(0x05060708).octets(bytes`09 0a`).zeros(1);
    assert.deepEqual(writer.bytes(), bytes`0102 0304 05060708 090a 00`);
  });
}

test("a padded field ends in zeros, and what is longer is our bug", () => {
  assert.deepEqual(new Writer().padded(bytes`0102`, 4).u8(3).bytes(), bytes`0102 0000 03`);
  assert.deepEqual(new Writer().padded(bytes`0102`, 2).bytes(), bytes`0102`);
  assert.throws(() => new Writer().padded(bytes`010203`, 2), RangeError);
});

test("a length known late is patched in", () => {
  const writer = new Writer().u16(0).u8(7);
  assert.deepEqual(writer.patchU16(0, writer.length).bytes(), bytes`0003 07`);
  for (const at of [-1, 2, 3]) assert.throws(() => writer.patchU16(at, 0), RangeError);
});

for (const [field, max] of [
  ["u8", 0xff],
  ["u16", 0xffff],
  ["u32", 0xffffffff],
] as const) {
  test(`${field}: a value that does not fit is our bug and writes nothing`, () => {
    for (const value of [-1, max + 1, 0.5, Number.NaN]) {
      const writer = new Writer();
      assert.throws(() => writer[field](value), RangeError);
      assert.equal(writer.length, 0);
    }
    assert.equal(new Reader(new Writer()[field](max).bytes())[field](), max);
  });
}

test("bytes() is a copy", () => {
  const writer = new Writer().u8(1);
  const before = writer.bytes();
  writer.u8(2).patchU16(0, 0xffff);
  assert.deepEqual(before, bytes`01`);
});

test("a reader reads what a writer wrote", () => {
  fc.assert(
    fc.property(
      fc.nat(0xff),
      fc.nat(0xffff),
      fc.nat(0xffffffff),
      fc.uint8Array({ maxLength: 200 }),
      (a, b, c, d) => {
        const reader = new Reader(new Writer(1).u8(a).u16(b).u32(c).octets(d).bytes());
        assert.deepEqual([reader.u8(), reader.u16(), reader.u32(), reader.rest()], [a, b, c, d]);
        assert.equal(reader.end(0).ok, true);
      },
    ),
  );
});
