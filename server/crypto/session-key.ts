import { type MppeStrength, reduceKey, SHS_PAD1, SHS_PAD2, sessionKeyLength } from "./mppe-keys.ts";
import { Rc4 } from "./rc4.ts";
import { sha1Block, sha1Start } from "./sha1-block.ts";

/** Words of the two SHA-1 blocks that start key, pad, session key and pad fill with every strength. */
const WORDS = 32;

/**
 * The session key of one direction and how it changes (RFC 3078 §7.3). Constructed, it holds the initial
 * session key. Per-packet code: changing allocates nothing.
 */
export class SessionKey {
  /** The key as it stands; overwritten by `change`. */
  readonly octets: Uint8Array;
  readonly #strength: MppeStrength;
  /** SHA-1's padded input; only the session key in it ever changes. */
  readonly #input = new Int32Array(WORDS);
  readonly #keyWord: number;
  readonly #digest = new Int32Array(5);
  readonly #interim: Rc4;

  /** `start` is 16 octets for 128 bits, 8 for 40 and 56; RangeError otherwise. */
  constructor(start: Uint8Array, strength: MppeStrength = 128) {
    const length = sessionKeyLength(strength);
    if (start.length !== length) throw new RangeError(`a start key of ${start.length} octets, not ${length}`);
    this.#strength = strength;
    this.#keyWord = (length + SHS_PAD1.length) / 4;
    this.#layInput(start);
    this.octets = Uint8Array.from(start); // not slice: a Buffer would share the caller's memory
    this.#interim = new Rc4(start);
    this.#hash();
    reduceKey(this.octets, strength);
  }

  /**
   * Becomes another key of the same strength: its start key at `startAt` of `bytes`, the key as it stands at
   * `keyAt`.
   */
  resume(bytes: Uint8Array, startAt: number, keyAt: number): void {
    const key = this.octets;
    for (let i = 0; i < key.length; i += 4) this.#input[i >> 2] = wordAt(bytes, startAt + i);
    for (let i = 0; i < key.length; i++) key[i] = bytes[keyAt + i]!;
  }

  /**
   * The next key: SHA-1 of start key and this key, encrypted by RC4 under itself, then weakened where agreed.
   */
  change(): void {
    this.#hash();
    this.#interim.setKey(this.octets);
    this.#interim.apply(this.octets);
    reduceKey(this.octets, this.#strength);
  }

  /** GetNewKeyFromSHA (RFC 3078 §7.3), from `octets` into `octets`. */
  #hash(): void {
    const key = this.octets;
    const input = this.#input;
    const digest = this.#digest;
    for (let i = 0, word = this.#keyWord; i < key.length; i += 4, word++) input[word] = wordAt(key, i);
    sha1Start(digest);
    sha1Block(digest, input, 0);
    sha1Block(digest, input, WORDS / 2);
    for (let i = 0; i < key.length; i++) key[i] = digest[i >> 2]! >>> (24 - 8 * (i & 3));
  }

  /** Start key, SHSpad1, room for the session key, SHSpad2, and SHA-1's own padding (FIPS 180-4 §5.1.1). */
  #layInput(start: Uint8Array): void {
    const input = new Uint8Array(4 * WORDS);
    const length = 2 * (start.length + SHS_PAD1.length);
    input.set(start);
    input.set(SHS_PAD1, start.length);
    input.set(SHS_PAD2, length - SHS_PAD2.length);
    input[length] = 0x80;
    const view = new DataView(input.buffer);
    view.setUint32(input.length - 4, 8 * length);
    for (let word = 0; word < WORDS; word++) this.#input[word] = view.getInt32(4 * word);
  }
}

/** Four octets, the first the highest, as a signed number. */
const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
