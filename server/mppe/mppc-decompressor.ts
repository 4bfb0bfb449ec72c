import { type Decoded, decoded, fault } from "../wire/decoded.ts";
import { BitReader } from "./bit-reader.ts";

/** Octets of history that both sides of MPPC keep; a power of two (RFC 2118 §4). */
export const MPPC_HISTORY = 8192;

/** No token is shorter than a literal of 8 bits: fewer bits left are padding (RFC 2118 §4.1). */
const SHORTEST_TOKEN = 8;

/** The longest run of ones before a length: it announces 4096 to 8191 octets (RFC 2118 §4.2.2). */
const LONGEST_LENGTH_PREFIX = 11;

/**
 * The receiving side of MPPC (RFC 2118), which Windows can put beneath MPPE. Memory is bounded by the
 * history, whatever the peer sends.
 *
 * `bad-value`: a copy from history that was never written, or a packet that runs past the end of the history.
 * `truncated`: the packet ends inside a token. After a fault the history is of no use until `reset`.
 */
export class MppcDecompressor {
  readonly #history = new Uint8Array(MPPC_HISTORY);
  /** Where the next octet goes. */
  #position = 0;
  /** Octets written since `reset`: a copy may come from these alone. */
  #filled = 0;

  /** An empty history: bit A of a packet (RFC 2118 §3.1). */
  reset(): void {
    this.#position = 0;
    this.#filled = 0;
  }

  /**
   * The next packet goes to the front of the history: bit B (RFC 2118 §3.1). What was there stays until
   * overwritten.
   */
  toFront(): void {
    this.#position = 0;
  }

  /** The plaintext of one packet whose bit C is set, as a copy: at most MPPC_HISTORY octets. */
  decompress(packet: Uint8Array): Decoded<Uint8Array> {
    const bits = new BitReader(packet);
    const start = this.#position;
    while (bits.left >= SHORTEST_TOKEN) {
      const fits = this.#token(bits);
      if (bits.exhausted) return fault("truncated", packet.length);
      if (!fits) return fault("bad-value", bits.octet);
    }
    return decoded(this.#history.slice(start, this.#position));
  }

  /**
   * A literal (RFC 2118 §4.1) or a copy with its distance (§4.2.1). False where it has no place in the
   * history.
   */
  #token(bits: BitReader): boolean {
    if (bits.take(1) === 0) return this.#append(bits.take(7));
    if (bits.take(1) === 0) return this.#append(0x80 | bits.take(7));
    if (bits.take(1) === 0) return this.#copy(320 + bits.take(13), copyLength(bits));
    if (bits.take(1) === 0) return this.#copy(64 + bits.take(8), copyLength(bits));
    return this.#copy(bits.take(6), copyLength(bits));
  }

  #append(octet: number): boolean {
    if (this.#position >= MPPC_HISTORY) return false;
    this.#history[this.#position++] = octet;
    this.#filled = Math.max(this.#filled, this.#position);
    return true;
  }

  /**
   * Octet by octet, since a copy may overlap what it produces; the distance wraps around the history's front.
   */
  #copy(distance: number, length: number): boolean {
    if (distance === 0 || distance >= MPPC_HISTORY || length === 0) return false;
    for (let i = 0; i < length; i++) {
      const from = (this.#position - distance) & (MPPC_HISTORY - 1);
      if (from >= this.#filled || !this.#append(this.#history[from]!)) return false;
    }
    return true;
  }
}

/**
 * Length of match (RFC 2118 §4.2.2): n ones and a zero announce n + 1 bits of a length that begins with 1. 0
 * is illegal.
 */
function copyLength(bits: BitReader): number {
  let ones = 0;
  while (bits.take(1) === 1) {
    if (++ones > LONGEST_LENGTH_PREFIX) return 0;
  }
  return ones === 0 ? 3 : (1 << (ones + 1)) | bits.take(ones + 1);
}
