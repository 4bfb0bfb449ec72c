import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { md4 } from "../../../server/crypto/md4.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { decryptNewPassword, provesOldHash } from "../../../server/crypto/password-change.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { strictPrefixes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import { encryptBlock, passwordChange } from "../../support/password-change.ts";

// RFC 2759 §9 has no example of a change. Old password and its hash are of §9.2, the new one's DES keys of
// §9.3; MD4, RC4 and DES were done by OpenSSL 3.0.
const OLD = "clientPass";
const NEW = "MyPw";
const change = passwordChange(OLD, NEW);

test("a client's change is what OpenSSL makes of it", () => {
  const digest = createHash("sha256").update(change.encryptedPassword).digest("hex");
  assert.equal(digest, "eddc17a25ee79cd390251cb1386377a107f0bbdf64a0ee280beb9783f8b8c7e0");
  assert.equal(hex(change.encryptedPassword.subarray(504)), "4418b67fd1458c58ba343a7c");
  assert.equal(hex(change.encryptedHash), "6f69bbe9311fd36714e380e62855261d");
});

test("the new password comes out with the old hash, and the old hash is proved with the new one", () => {
  assert.deepEqual(decryptNewPassword(change.encryptedPassword, ntPasswordHash(OLD)), {
    ok: true,
    value: NEW,
  });
  assert.ok(provesOldHash(change.encryptedHash, ntPasswordHash(OLD), ntPasswordHash(NEW)));
});

test("reading a block leaves it as it was", () => {
  const copy = change.encryptedPassword.slice();
  decryptNewPassword(copy, ntPasswordHash(OLD));
  assert.deepEqual(copy, change.encryptedPassword);
});

test("whoever has another old password proves nothing", () => {
  for (const other of ["clientpass", "", NEW]) {
    const forged = passwordChange(other, NEW);
    assert.deepEqual(decryptNewPassword(forged.encryptedPassword, ntPasswordHash(OLD)), {
      ok: false,
      code: "bad-length",
      at: 512,
    });
    assert.ok(!provesOldHash(forged.encryptedHash, ntPasswordHash(OLD), ntPasswordHash(NEW)));
  }
});

test("a hash that is encrypted under another new password proves nothing", () => {
  const { encryptedHash } = passwordChange(OLD, "another");
  assert.ok(!provesOldHash(encryptedHash, ntPasswordHash(OLD), ntPasswordHash(NEW)));
});

test("a proof that differs in any octet is none", () => {
  for (let at = 0; at < 16; at++) {
    const forged = change.encryptedHash.with(at, change.encryptedHash[at]! ^ 1);
    assert.ok(!provesOldHash(forged, ntPasswordHash(OLD), ntPasswordHash(NEW)));
  }
});

test("a proof of another length is none", () => {
  for (const prefix of strictPrefixes(change.encryptedHash))
    assert.ok(!provesOldHash(prefix, ntPasswordHash(OLD), ntPasswordHash(NEW)));
});

for (const length of [1, 3, 511, 513, 514, 0x10008, 0xffffffff])
  test(`a length of ${length} inside the block is refused`, () => {
    const hash = ntPasswordHash(OLD);
    const block = encryptBlock(new Uint8Array(0), length, hash);
    assert.deepEqual(decryptNewPassword(block, hash), { ok: false, code: "bad-length", at: 512 });
  });

for (const length of [0, 2, 512])
  test(`a length of ${length} inside the block is taken`, () => {
    const hash = ntPasswordHash(OLD);
    const result = decryptNewPassword(encryptBlock(new Uint8Array(0), length, hash), hash);
    assert.ok(result.ok && result.value.length === length / 2);
  });

test("a block of another size is refused", () => {
  for (const size of [0, 1, 512, 515, 517])
    assert.deepEqual(decryptNewPassword(new Uint8Array(size), ntPasswordHash(OLD)), {
      ok: false,
      code: "bad-length",
      at: 0,
    });
});

test("any two passwords of up to 256 UTF-16 units change into each other, beyond ASCII too", () => {
  const password = fc.string({ unit: "binary", maxLength: 128 });
  fc.assert(
    fc.property(password, password, (from, to) => {
      const { encryptedPassword, encryptedHash } = passwordChange(from, to);
      const result = decryptNewPassword(encryptedPassword, ntPasswordHash(from));
      assert.deepEqual(result, { ok: true, value: to });
      assert.ok(provesOldHash(encryptedHash, ntPasswordHash(from), ntPasswordHash(to)));
    }),
    { examples: [["Grüße", "🔑🗝 пароль"]] },
  );
});

test("half a surrogate pair in a password is hashed as the client hashed it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 512 }), (random) => {
      const octets = random.subarray(0, random.length & ~1);
      const hash = ntPasswordHash(OLD);
      const result = decryptNewPassword(encryptBlock(octets, octets.length, hash), hash);
      assert.ok(result.ok);
      assert.deepEqual(ntPasswordHash(result.value), md4(octets));
    }),
  );
});

test("any octets decrypt or are refused", () => {
  const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  fc.assert(
    fc.property(octets(516), octets(16), octets(16), octets(16), (block, proof, a, b) => {
      const result = decryptNewPassword(block, a);
      if (result.ok) assert.ok(result.value.length <= 256);
      assert.equal(typeof provesOldHash(proof, a, b), "boolean");
    }),
  );
});
