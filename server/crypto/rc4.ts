const IDENTITY = Uint8Array.from({ length: 256 }, (_, i) => i);

/**
 * RC4, the cipher of MPPE (RFC 3078 §5). Broken for anything new. Per-packet code: after construction neither
 * a new key nor encryption allocates.
 */
export class Rc4 {
  readonly #state = new Uint8Array(256);
  #i = 0;
  #j = 0;

  /** `key` of 1 to 256 octets. */
  constructor(key: Uint8Array) {
    this.setKey(key);
  }

  /** Starts the keystream of another key from its first octet. */
  setKey(key: Uint8Array): void {
    const state = this.#state;
    state.set(IDENTITY);
    const length = key.length;
    for (let i = 0, j = 0, k = 0; i < 256; i++) {
      const x = state[i]!;
      j = (j + x + key[k]!) & 255;
      state[i] = state[j]!;
      state[j] = x;
      if (++k === length) k = 0;
    }
    this.#i = 0;
    this.#j = 0;
  }

  /** Goes on in the keystream where `other` does. */
  follow(other: Rc4): void {
    this.#state.set(other.#state);
    this.#i = other.#i;
    this.#j = other.#j;
  }

  /**
   * Encrypts or decrypts `bytes` from octet `from` up to, not including, `to`, in place; the keystream goes
   * on.
   */
  apply(bytes: Uint8Array, from = 0, to = bytes.length): void {
    const state = this.#state;
    let i = this.#i;
    let j = this.#j;
    for (let at = from; at < to; at++) {
      i = (i + 1) & 255;
      const x = state[i]!;
      j = (j + x) & 255;
      const y = state[j]!;
      state[i] = y;
      state[j] = x;
      bytes[at]! ^= state[(x + y) & 255]!;
    }
    this.#i = i;
    this.#j = j;
  }
}
