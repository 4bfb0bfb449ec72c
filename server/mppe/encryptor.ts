import { Rc4 } from "../crypto/rc4.ts";
import { SessionKey } from "../crypto/session-key.ts";
import type { MppeDirection } from "./direction.ts";
import { COUNT_MASK, ENCRYPTED, FLAG, FLUSHED, HEADER_OCTETS, isFlag } from "./header.ts";
import type { Sealer } from "./mppe-types.ts";

/**
 * MPPE, the sending side of one tunnel (RFC 3078). Per-packet code without allocation; in stateless mode one
 * key change a packet, in stateful mode one in 256. Never give two of them the same start key, nor one of
 * them the packets of two tunnels: RC4 keys must not repeat.
 */
export class Encryptor implements Sealer {
  readonly #key: SessionKey;
  readonly #cipher: Rc4;
  readonly #stateless: boolean;
  #count = 0;
  #flushDue = false;

  /** The key is copied. A key whose length does not go with its strength is a RangeError. */
  constructor(direction: MppeDirection) {
    this.#key = new SessionKey(direction.key, direction.strength);
    this.#cipher = new Rc4(this.#key.octets);
    this.#stateless = direction.stateless;
  }

  /**
   * Stateful mode: the next packet can be decrypted by a receiver that has lost others (RFC 3078 §8.2). Said
   * several times before that packet, it counts once. In stateless mode every packet is such a one.
   *
   * The RFC starts RC4 anew with the key as it is: a key stream used twice (its §9). Linux changes the key
   * first, out of turn, and expects that of others. So the count goes on to that of the next flag packet,
   * where the key changes anyway: each receiver takes the packets between for lost, no key stream is used
   * twice, and Linux and the RFC agree.
   */
  flush(): void {
    this.#flushDue = !this.#stateless;
  }

  seal(bytes: Uint8Array, headerAt: number, end: number): void {
    if (this.#flushDue) this.#count |= FLAG;
    this.#flushDue = false;
    // Stateless: before every packet, the first included (RFC 3078 §7.1). Stateful: packet 0 uses the initial
    // key, and is not called flushed: Linux would change its key for it.
    const fresh = this.#stateless || isFlag(this.#count);
    if (fresh) {
      this.#key.change();
      this.#cipher.setKey(this.#key.octets);
    }
    const header = (fresh ? FLUSHED : 0) | ENCRYPTED | this.#count;
    bytes[headerAt] = header >>> 8;
    bytes[headerAt + 1] = header;
    this.#cipher.apply(bytes, headerAt + HEADER_OCTETS, end);
    this.#count = (this.#count + 1) & COUNT_MASK;
  }
}
