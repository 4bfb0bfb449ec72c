import assert from "node:assert/strict";
import { test } from "node:test";
import { MPPC_HISTORY, MppcDecompressor } from "../../../server/mppe/mppc-decompressor.ts";
import { decoded, fault } from "../../../server/wire/decoded.ts";
import { ascii, bytes, fromHex, strictPrefixes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import { freerdp } from "../crypto/vectors/freerdp.ts";

const bells = freerdp.find((vector) => vector.id === "mppc-8k-bells")!;
const compressed = fromHex(String(bells.expected["compressed"]));
const plain = fromHex(String(bells.inputs["plain"]));

/** Tokens written as bits, padded with zeros to whole octets. */
function tokens(...bits: readonly string[]): Uint8Array {
  const joined = bits.join("").replaceAll(" ", "");
  const padded = joined.padEnd(Math.ceil(joined.length / 8) * 8, "0");
  return Uint8Array.from(padded.match(/.{8}/g) ?? [], (octet) => Number.parseInt(octet, 2));
}

const A = "0 1000001";
const B = "0 1000010";

test(`${bells.source}, ${bells.id}`, () => {
  assert.deepEqual(new MppcDecompressor().decompress(compressed), decoded(plain));
});

for (const prefix of strictPrefixes(compressed)) {
  test(`bells cut at octet ${prefix.length} is a fault or the beginning of the plaintext`, () => {
    const result = new MppcDecompressor().decompress(prefix);
    if (result.ok) assert.deepEqual(result.value, plain.subarray(0, result.value.length));
    else assert.deepEqual(result, fault("truncated", prefix.length));
  });
}

test("a packet may refer to the packets before it", () => {
  const mppc = new MppcDecompressor();
  assert.deepEqual(mppc.decompress(tokens(A, B)), decoded(ascii("AB")));
  assert.deepEqual(mppc.decompress(tokens("1111 000010", "0")), decoded(ascii("ABA")));
});

test("a literal of 0x80 and more takes nine bits", () => {
  assert.deepEqual(
    new MppcDecompressor().decompress(tokens("10 1111111", "10 0000000")),
    decoded(bytes`ff80`),
  );
});

test("a copy may overlap what it produces", () => {
  const result = new MppcDecompressor().decompress(tokens(A, "1111 000001", "1110 0011"));
  assert.deepEqual(result, decoded(ascii("A".repeat(20))));
});

// RFC 2118 §4.2.2, the shortest and the longest of each row.
const LENGTHS: readonly (readonly [string, number])[] = [
  ["0", 3],
  ["10 00", 4],
  ["10 11", 7],
  ["110 000", 8],
  ["110 111", 15],
  ["1110 0000", 16],
  [`${"1".repeat(10)}0 ${"1".repeat(11)}`, 4095],
  [`${"1".repeat(11)}0 ${"0".repeat(12)}`, 4096],
  [`${"1".repeat(11)}0 ${"1".repeat(12)}`, 8191],
];

for (const [code, length] of LENGTHS) {
  test(`the length ${length} is ${code}`, () => {
    const result = new MppcDecompressor().decompress(tokens(A, "1111 000001", code));
    assert.equal(result.ok && result.value.length, length + 1);
  });
}

// RFC 2118 §4.2.1, the nearest and the farthest of each row, and one in the midst of the last.
const DISTANCES: readonly (readonly [string, number])[] = [
  ["1111 000001", 1],
  ["1111 111111", 63],
  ["1110 00000000", 64],
  ["1110 11111111", 319],
  ["110 0000000000000", 320],
  ["110 0000001010000", 400],
];

for (const [code, distance] of DISTANCES) {
  test(`the distance ${distance} is ${code}`, () => {
    // Each is a literal of 8 bits that stands for itself, and differs from its neighbours.
    const text = Uint8Array.from({ length: 400 }, (_, i) => (37 * i + (i >> 3)) & 0x7f);
    const mppc = new MppcDecompressor();
    assert.deepEqual(mppc.decompress(text), decoded(text));
    const expected = Uint8Array.from({ length: 3 }, (_, i) => text[400 - distance + (i % distance)]!);
    assert.deepEqual(mppc.decompress(tokens(code, "0")), decoded(expected));
  });
}

test("a copy from before anything was written is refused", () => {
  assert.equal(new MppcDecompressor().decompress(tokens("1111 000001", "0")).ok, false);
  assert.equal(new MppcDecompressor().decompress(tokens(A, "1111 000010", "0")).ok, false);
  assert.equal(new MppcDecompressor().decompress(tokens(A, "110 1111111111111", "0")).ok, false);
});

test("a distance of 0 is refused", () => {
  const mppc = new MppcDecompressor();
  assert.deepEqual(mppc.decompress(tokens(A, "1111 000000", "0")), fault("bad-value", 2));
  mppc.reset();
  mppc.decompress(tokens(A, B, A, B));
  mppc.toFront(); // now octets stand at the place itself
  assert.deepEqual(mppc.decompress(tokens("1111 000000", "0")), fault("bad-value", 1));
});

test("a length code of twelve ones is refused", () => {
  const endless = tokens(A, "1111 000001", "1".repeat(64));
  assert.deepEqual(new MppcDecompressor().decompress(endless), fault("bad-value", 3));
});

test("a packet that runs past the end of the history is refused", () => {
  const mppc = new MppcDecompressor();
  const longest = ["1111 000001", `${"1".repeat(11)}0 ${"1".repeat(12)}`] as const;
  assert.equal(mppc.decompress(tokens(A, ...longest)).ok, true); // exactly 8192
  assert.equal(mppc.decompress(tokens(A)).ok, false);
});

test("after toFront the history is still there, after reset it is not", () => {
  const mppc = new MppcDecompressor();
  const longest = ["1111 000001", `${"1".repeat(11)}0 ${"1".repeat(12)}`] as const;
  mppc.decompress(tokens(A, ...longest));
  mppc.toFront();
  assert.deepEqual(mppc.decompress(tokens("1111 000001", "0")), decoded(ascii("AAA"))); // wraps around
  mppc.reset();
  assert.equal(mppc.decompress(tokens("1111 000001", "0")).ok, false);
});

test("no packet of any octets throws or grows beyond the history", () => {
  const mppc = new MppcDecompressor();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (packet, front) => {
      if (front) mppc.toFront();
      const result = mppc.decompress(packet);
      if (result.ok) assert.ok(result.value.length <= MPPC_HISTORY);
      else mppc.reset();
    }),
  );
});

test("what literals say comes back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (text) => {
      const bits = Array.from(text, (octet) =>
        octet < 0x80
          ? `0${octet.toString(2).padStart(7, "0")}`
          : `10${(octet & 0x7f).toString(2).padStart(7, "0")}`,
      );
      assert.deepEqual(new MppcDecompressor().decompress(tokens(...bits)), decoded(text));
    }),
  );
});
