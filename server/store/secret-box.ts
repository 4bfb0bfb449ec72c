import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from "node:crypto";

/** AES-256-GCM around small secrets, each bound to the place it is kept in. */
export interface SecretBox {
  /** A fresh random nonce each time: the same secret never seals to the same octets twice. */
  seal(secret: Uint8Array, place: Place): Uint8Array;
  /** Undefined where key, place or octets are not those it was sealed with. */
  open(sealed: Uint8Array, place: Place): Uint8Array | undefined;
}

/** Authenticated with the secret, so that a sealed value moved to another row or column does not open. */
export interface Place {
  /** The ID of the user, or what else names the row. */
  readonly row: string;
  readonly column: string;
}

/** AES-256 key, in octets. */
export const KEY_LENGTH = 32;

/** NIST SP 800-38D §5.2.1.1 recommends 96 bits. */
const NONCE_LENGTH = 12;
/** The full tag, SP 800-38D §5.2.1.2. */
const TAG_LENGTH = 16;

/** Ours: first octet of everything sealed, so that a later format can be told apart. */
const FORMAT = 1;
const HEADER_LENGTH = 1 + NONCE_LENGTH + TAG_LENGTH;

/** `octets`: 32 random ones, the key. Sealed: format, nonce, tag, ciphertext. */
export function createSecretBox(octets: Uint8Array): SecretBox {
  // Once: with the key in octets each opening takes 18 µs instead of 6.
  const key = createSecretKey(octets);
  return {
    seal(secret, place) {
      const nonce = randomBytes(NONCE_LENGTH);
      const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_LENGTH });
      cipher.setAAD(associated(place));
      const text = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([Uint8Array.of(FORMAT), nonce, cipher.getAuthTag(), text]);
    },
    open(sealed, place) {
      if (sealed.length < HEADER_LENGTH || sealed[0] !== FORMAT) return undefined;
      const nonce = sealed.subarray(1, 1 + NONCE_LENGTH);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_LENGTH });
      decipher.setAAD(associated(place));
      decipher.setAuthTag(sealed.subarray(1 + NONCE_LENGTH, HEADER_LENGTH));
      try {
        const secret = decipher.update(sealed.subarray(HEADER_LENGTH));
        decipher.final();
        return new Uint8Array(secret);
      } catch {
        return undefined;
      }
    },
  };
}

/** Neither part can hold a NUL, so no two places share their octets. */
const associated = ({ row, column }: Place): Buffer => Buffer.from(`${row}\0${column}`, "utf8");
