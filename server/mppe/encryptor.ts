import { Rc4 } from "../crypto/rc4.ts";
import { SessionKey } from "../crypto/session-key.ts";
import type { MppeDirection } from "./direction.ts";
import { COUNT_MASK, ENCRYPTED, FLUSHED, HEADER_OCTETS } from "./header.ts";

/**
 * MPPE-128 stateless, the sending side of one tunnel (RFC 3078). Per-packet code: one key change and no allocation a
 * packet. Never give two of them the same start key, nor one of them the packets of two tunnels: RC4 keys must not repeat.
 */
export class Encryptor {
  readonly #key: SessionKey;
  readonly #cipher: Rc4;
  #count = 0;

  /** The key is copied. A key whose length does not go with its strength is a RangeError. */
  constructor(direction: MppeDirection) {
    this.#key = new SessionKey(direction.key, direction.strength);
    this.#cipher = new Rc4(this.#key.octets);
  }

  /**
   * Writes the header at `headerAt` and encrypts what follows it up to, not including, `end`, in place. The plaintext
   * begins with the PPP protocol field. Room for the two octets of the header is the caller's.
   */
  seal(bytes: Uint8Array, headerAt: number, end: number): void {
    // Before every packet, the first included (RFC 3078 §7.1).
    this.#key.change();
    this.#cipher.setKey(this.#key.octets);
    const header = FLUSHED | ENCRYPTED | this.#count;
    bytes[headerAt] = header >>> 8;
    bytes[headerAt + 1] = header;
    this.#cipher.apply(bytes, headerAt + HEADER_OCTETS, end);
    this.#count = (this.#count + 1) & COUNT_MASK;
  }
}
