import { desEncrypt } from "../../server/crypto/des.ts";
import { ntPasswordHash } from "../../server/crypto/nt-password-hash.ts";
import { Rc4 } from "../../server/crypto/rc4.ts";

const PASSWORD = 512;

/**
 * What a client does to change its password: RFC 2759 §8.9 to §8.13, for the fields of a Change-Password
 * packet.
 */
export function passwordChange(oldPassword: string, newPassword: string) {
  const [oldHash, newHash] = [ntPasswordHash(oldPassword), ntPasswordHash(newPassword)];
  const octets = Buffer.from(newPassword, "utf16le");
  return {
    encryptedPassword: encryptBlock(octets, octets.length, oldHash),
    encryptedHash: Uint8Array.of(
      ...desEncrypt(newHash.slice(0, 7), oldHash.slice(0, 8)),
      ...desEncrypt(newHash.slice(7, 14), oldHash.slice(8, 16)),
    ),
  };
}

/**
 * EncryptPwBlockWithPasswordHash (RFC 2759 §8.10); the filling, which a client draws by lot, counts up from 0
 * here.
 */
export function encryptBlock(password: Uint8Array, length: number, hash: Uint8Array): Uint8Array {
  const block = Uint8Array.from({ length: PASSWORD + 4 }, (_, i) => i);
  block.set(password, PASSWORD - password.length);
  new DataView(block.buffer).setUint32(PASSWORD, length, true);
  new Rc4(hash).apply(block);
  return block;
}
