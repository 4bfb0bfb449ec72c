import assert from "node:assert/strict";
import { test } from "node:test";
import { desEncrypt, desKey } from "../../../server/crypto/des.ts";
import { Rc4 } from "../../../server/crypto/rc4.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { fromHex } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";

const aKey = fc.uint8Array({ minLength: 1, maxLength: 32 });
const data = fc.uint8Array({ maxLength: 600 });

test("RC4 undoes itself", () => {
  fc.assert(
    fc.property(aKey, data, (key, plain) => {
      const copy = plain.slice();
      new Rc4(key).apply(copy);
      new Rc4(key).apply(copy);
      assert.deepEqual(copy, plain);
    }),
  );
});

test("RC4 in pieces is RC4 in one", () => {
  fc.assert(
    fc.property(aKey, data, fc.nat(), (key, plain, n) => {
      const cut = n % (plain.length + 1);
      const [whole, pieces] = [plain.slice(), plain.slice()];
      new Rc4(key).apply(whole);
      const cipher = new Rc4(key);
      cipher.apply(pieces, 0, cut);
      cipher.apply(pieces, cut);
      assert.deepEqual(pieces, whole);
    }),
  );
});

test("RC4 leaves octets outside the range as they were", () => {
  const bytes = new Uint8Array(10).fill(0xaa);
  new Rc4(Uint8Array.of(1, 2, 3)).apply(bytes, 3, 7);
  assert.equal(hex(bytes.subarray(0, 3)) + hex(bytes.subarray(7)), "aa".repeat(6));
  assert.notEqual(hex(bytes.subarray(3, 7)), "aaaaaaaa");
});

test("a new key starts a new keystream, whatever went before", () => {
  fc.assert(
    fc.property(aKey, aKey, data, (first, second, plain) => {
      const [fresh, reused] = [plain.slice(), plain.slice()];
      new Rc4(second).apply(fresh);
      const cipher = new Rc4(first);
      cipher.apply(new Uint8Array(77));
      cipher.setKey(second);
      cipher.apply(reused);
      assert.deepEqual(reused, fresh);
    }),
  );
});

// The weak keys of DES (NIST SP 800-67 §3.4.2): encrypting twice gives back the plaintext.
for (const key of ["00000000000000", "ffffffffffffff"]) {
  test(`DES under the weak key ${key} undoes itself`, () => {
    const block = fromHex("0123456789abcdef");
    const once = desEncrypt(fromHex(key), block);
    assert.notDeepEqual(once, block);
    assert.deepEqual(desEncrypt(fromHex(key), once), block);
  });
}

test("every octet of a DES key has odd parity and carries seven bits of its own", () => {
  const seven = fc.uint8Array({ minLength: 7, maxLength: 7 });
  const bits = (octets: Uint8Array): string =>
    Array.from(octets, (octet) => octet.toString(2).padStart(8, "0")).join("");
  fc.assert(
    fc.property(seven, (key7) => {
      const key = desKey(key7);
      assert.equal(key.length, 8);
      for (const octet of key) assert.equal(bits(Uint8Array.of(octet)).replaceAll("0", "").length % 2, 1);
      const kept = Array.from(key, (octet) => bits(Uint8Array.of(octet)).slice(0, 7)).join("");
      assert.equal(kept, bits(key7));
    }),
  );
});
