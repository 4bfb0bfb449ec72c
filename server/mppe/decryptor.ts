import { Rc4 } from "../crypto/rc4.ts";
import { SessionKey } from "../crypto/session-key.ts";
import type { MppeDirection } from "./direction.ts";
import { COUNT_MASK, ENCRYPTED, FLUSHED, flagsWithin, HEADER_OCTETS, isFlag } from "./header.ts";
import { MAX_JUMP, MAX_LOST_FLUSHES, MAX_REFUSED_IN_A_ROW } from "./limits.ts";

/** What became of a received frame. Only "ok" touches the frame. */
export type Opened =
  | "ok"
  /** The count is behind: a duplicate or a late packet. Its key is gone, and no key is ever used twice. */
  | "late"
  /** The count is further ahead than MAX_JUMP. */
  | "jump"
  /** "late" or "jump" more than MAX_REFUSED_IN_A_ROW times with no other between: the tunnel cannot go on. */
  | "desynchronised"
  /** Stateful: a packet before this one was lost, and so is its place in the key stream until a flushed packet comes. */
  | "unsynchronised"
  /** Bit D is clear. */
  | "not-encrypted"
  /** Stateless, but bit A is clear: the peer thinks that it is in stateful mode. */
  | "not-stateless"
  /** No room for a header. */
  | "truncated";

/** Octets that are decrypted on trial: protocol and the version of IP. */
const PROBE_OCTETS = 3;

/** More than half the ring ahead is behind. */
const HALF = (COUNT_MASK + 1) / 2;

/**
 * MPPE, the receiving side of one tunnel (RFC 3078). Per-packet code: no allocation. MPPE has no integrity check: "ok"
 * says that the count fits, not that the plaintext makes sense.
 */
export class Decryptor {
  readonly #key: SessionKey;
  readonly #cipher: Rc4;
  readonly #stateless: boolean;
  readonly #probe = new Uint8Array(PROBE_OCTETS);
  /** The key to go back to when a trial fails. */
  readonly #before: Uint8Array;
  /** The count of the next packet if none is lost. */
  #expected = 0;
  /** Stateful: is the cipher where the sender's is? */
  #inStep = true;
  #refused = 0;

  /** The key is copied. A key whose length does not go with its strength is a RangeError. */
  constructor(direction: MppeDirection) {
    this.#key = new SessionKey(direction.key, direction.strength);
    this.#cipher = new Rc4(this.#key.octets);
    this.#before = new Uint8Array(this.#key.octets.length);
    this.#stateless = direction.stateless;
  }

  /**
   * Reads the header at `headerAt` and, if the packet may be decrypted, decrypts what follows it up to, not including,
   * `end`, in place. After "ok" the plaintext, from its PPP protocol field on, starts at `headerAt` + 2.
   */
  open(bytes: Uint8Array, headerAt: number, end: number): Opened {
    if (end - headerAt < HEADER_OCTETS || end > bytes.length) return "truncated";
    const header = (bytes[headerAt]! << 8) | bytes[headerAt + 1]!;
    if ((header & ENCRYPTED) === 0) return "not-encrypted";
    const ahead = ((header & COUNT_MASK) - this.#expected) & COUNT_MASK;
    if (!this.#stateless) return this.#stateful(header, ahead, bytes, headerAt + HEADER_OCTETS, end);
    if ((header & FLUSHED) === 0) return "not-stateless";
    if (ahead > MAX_JUMP) return this.#refuse(ahead);
    // One change for each lost packet and one for this (RFC 3078 §7.1).
    for (let changes = 0; changes <= ahead; changes++) this.#key.change();
    this.#cipher.setKey(this.#key.octets);
    this.#cipher.apply(bytes, headerAt + HEADER_OCTETS, end);
    this.#expect(header);
    return "ok";
  }

  /** Stateful: what was decrypted makes no sense. Nothing more is, until a flushed packet comes. */
  distrust(): void {
    this.#inStep = this.#stateless;
  }

  /** RFC 3078 §8.2. The key follows the count even while packets cannot be decrypted. */
  #stateful(header: number, ahead: number, bytes: Uint8Array, from: number, end: number): Opened {
    if (ahead > HALF) return this.#refuse(ahead);
    for (let changes = flagsWithin(this.#expected, ahead); changes > 0; changes--) this.#key.change();
    this.#expect(header);
    // FreeBSD starts RC4 anew for a flag packet without saying so.
    if ((header & FLUSHED) !== 0 || isFlag(header)) this.#restart(bytes, from, end);
    else if (ahead > 0) this.#inStep = false;
    if (!this.#inStep) return "unsynchronised";
    this.#cipher.apply(bytes, from, end);
    return "ok";
  }

  /**
   * Starts RC4 anew with the key that the sender has. By the RFC that is the key as it stands. Linux has changed it once
   * more, and once more with each flushed packet that was lost; which key it was shows in what the packet decrypts to.
   */
  #restart(bytes: Uint8Array, from: number, end: number): void {
    const key = this.#key;
    this.#inStep = true;
    this.#before.set(key.octets);
    let sound = this.#yieldsIpv4(bytes, from, end);
    for (let changes = 0; !sound && changes <= MAX_LOST_FLUSHES; changes++) {
      key.change();
      sound = this.#yieldsIpv4(bytes, from, end);
    }
    if (!sound) key.octets.set(this.#before);
    this.#cipher.setKey(key.octets);
  }

  /** Would the packet begin with IPv4's protocol, and with IPv4, under the key as it stands? */
  #yieldsIpv4(bytes: Uint8Array, from: number, end: number): boolean {
    if (end - from < PROBE_OCTETS) return false;
    const probe = this.#probe;
    for (let i = 0; i < PROBE_OCTETS; i++) probe[i] = bytes[from + i]!;
    this.#cipher.setKey(this.#key.octets);
    this.#cipher.apply(probe);
    const first = probe[0]!;
    const second = probe[1]!;
    return (
      (first === 0x00 && second === 0x21 && probe[2]! >>> 4 === 4) || (first === 0x21 && second === 0x45)
    );
  }

  #expect(header: number): void {
    this.#expected = (header + 1) & COUNT_MASK;
    this.#refused = 0;
  }

  #refuse(ahead: number): Opened {
    if (++this.#refused > MAX_REFUSED_IN_A_ROW) return "desynchronised";
    return ahead > HALF ? "late" : "jump";
  }
}
