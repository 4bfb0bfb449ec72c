import { Rc4 } from "../crypto/rc4.ts";
import { SessionKey } from "../crypto/session-key.ts";
import type { MppeDirection } from "./direction.ts";
import { COUNT_MASK, ENCRYPTED, FLUSHED, HEADER_OCTETS } from "./header.ts";
import { MAX_JUMP, MAX_REFUSED_IN_A_ROW } from "./limits.ts";

/** What became of a received frame. Only "ok" touches the frame or moves the keys. */
export type Opened =
  | "ok"
  /** The count is behind: a duplicate or a late packet. Its key is gone, and no key is ever used twice. */
  | "late"
  /** The count is further ahead than MAX_JUMP. */
  | "jump"
  /** "late" or "jump" more than MAX_REFUSED_IN_A_ROW times with no "ok" between: the tunnel cannot go on. */
  | "desynchronised"
  /** Bit D is clear. */
  | "not-encrypted"
  /** Bit A is clear: the peer thinks that it is in stateful mode. */
  | "not-stateless"
  /** No room for a header. */
  | "truncated";

/**
 * MPPE-128 stateless, the receiving side of one tunnel (RFC 3078). Per-packet code: no allocation. MPPE has no
 * integrity check: "ok" says that the count fits, not that the plaintext makes sense.
 */
export class Decryptor {
  readonly #key: SessionKey;
  readonly #cipher: Rc4;
  /** The count of the next packet if none is lost. */
  #expected = 0;
  #refused = 0;

  /** The key is copied. A key whose length does not go with its strength is a RangeError. */
  constructor(direction: MppeDirection) {
    this.#key = new SessionKey(direction.key, direction.strength);
    this.#cipher = new Rc4(this.#key.octets);
  }

  /**
   * Reads the header at `headerAt` and, if the packet may be decrypted, decrypts what follows it up to, not including,
   * `end`, in place. After "ok" the plaintext, from its PPP protocol field on, starts at `headerAt` + 2.
   */
  open(bytes: Uint8Array, headerAt: number, end: number): Opened {
    if (end - headerAt < HEADER_OCTETS || end > bytes.length) return "truncated";
    const header = (bytes[headerAt]! << 8) | bytes[headerAt + 1]!;
    if ((header & ENCRYPTED) === 0) return "not-encrypted";
    if ((header & FLUSHED) === 0) return "not-stateless";
    const ahead = ((header & COUNT_MASK) - this.#expected) & COUNT_MASK;
    if (ahead > MAX_JUMP) return this.#refuse(ahead);
    // One change for each lost packet and one for this (RFC 3078 §7.1).
    for (let changes = 0; changes <= ahead; changes++) this.#key.change();
    this.#cipher.setKey(this.#key.octets);
    this.#cipher.apply(bytes, headerAt + HEADER_OCTETS, end);
    this.#expected = ((header & COUNT_MASK) + 1) & COUNT_MASK;
    this.#refused = 0;
    return "ok";
  }

  /** More than half the ring ahead is behind. */
  #refuse(ahead: number): Opened {
    if (++this.#refused > MAX_REFUSED_IN_A_ROW) return "desynchronised";
    return ahead > (COUNT_MASK + 1) / 2 ? "late" : "jump";
  }
}
