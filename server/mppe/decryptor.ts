import { Rc4 } from "../crypto/rc4.ts";
import { SessionKey } from "../crypto/session-key.ts";
import type { MppeDirection } from "./direction.ts";
import { FLUSHED, HEADER_OCTETS, isFlag } from "./header.ts";
import { MAX_LOST_FLUSHES } from "./limits.ts";
import { type Budget, FREE, type Opened, type Opener } from "./mppe-types.ts";
import { ReceiveCount } from "./receive-count.ts";

/** What a key that is tried costs, in key changes: one, and a key set-up of RC4. */
const TRIAL = 2;

/** Octets that are decrypted on trial: protocol and the version of IP. */
const PROBE_OCTETS = 3;

/**
 * MPPE, the receiving side of one tunnel (RFC 3078). Per-packet code: no allocation. MPPE has no integrity
 * check: "ok" says that the count fits, not that the plaintext makes sense.
 */
export class Decryptor implements Opener {
  readonly queued = false;
  readonly #key: SessionKey;
  readonly #cipher: Rc4;
  readonly #stateless: boolean;
  readonly #probe = new Uint8Array(PROBE_OCTETS);
  /** The key to go back to when a trial fails. */
  readonly #before: Uint8Array;
  readonly #count = new ReceiveCount();
  /** Stateful: is the cipher where the sender's is? */
  #inStep = true;
  /** Where it was at the last `mark`. */
  readonly #markedKey: Uint8Array;
  readonly #markedCipher: Rc4;
  #wasInStep = true;

  /** The key is copied. A key whose length does not go with its strength is a RangeError. */
  constructor(direction: MppeDirection) {
    this.#key = new SessionKey(direction.key, direction.strength);
    this.#cipher = new Rc4(this.#key.octets);
    this.#before = new Uint8Array(this.#key.octets.length);
    this.#markedKey = this.#key.octets.slice();
    this.#markedCipher = new Rc4(this.#key.octets);
    this.#stateless = direction.stateless;
  }

  open(bytes: Uint8Array, headerAt: number, end: number, lost = 0, budget = FREE): Opened {
    const read = this.#count.read(bytes, headerAt, end, lost);
    if (read !== "ok") return read;
    const from = headerAt + HEADER_OCTETS;
    return this.#stateless
      ? this.#openStateless(bytes, from, end, budget)
      : this.#openStateful(bytes, from, end, budget);
  }

  continues(bytes: Uint8Array, headerAt: number): boolean {
    return this.#count.continues(bytes, headerAt);
  }

  pardon(): void {
    this.#count.pardon();
  }

  checkpoint(): void {
    this.#count.checkpoint();
    this.#markedKey.set(this.#key.octets);
    this.#markedCipher.follow(this.#cipher);
    this.#wasInStep = this.#inStep;
  }

  rollBack(): void {
    this.#count.rollBack();
    this.#key.octets.set(this.#markedKey);
    this.#cipher.follow(this.#markedCipher);
    this.#inStep = this.#wasInStep;
  }

  /** Key changes are few in stateful mode, and never put off. */
  get owed(): number {
    return 0;
  }

  advance(): void {}

  distrust(): void {
    this.#inStep = this.#stateless;
  }

  #openStateless(bytes: Uint8Array, from: number, end: number, budget: Budget): Opened {
    const judged = this.#count.judgeStateless(budget);
    if (judged !== "ok") return judged;
    // One change for each lost packet and one for this (RFC 3078 §7.1).
    for (let changes = 0; changes <= this.#count.missing; changes++) this.#key.change();
    this.#cipher.setKey(this.#key.octets);
    this.#cipher.apply(bytes, from, end);
    return "ok";
  }

  /** RFC 3078 §8.2. The key follows the count even while packets cannot be decrypted. */
  #openStateful(bytes: Uint8Array, from: number, end: number, budget: Budget): Opened {
    const count = this.#count;
    if (count.isBehind) return count.refuse();
    if (count.missing > 0 && !budget.pays(count.flags)) return "over-budget";
    for (let changes = count.flags; changes > 0; changes--) this.#key.change();
    count.accept();
    // FreeBSD starts RC4 anew for a flag packet without saying so.
    if ((count.header & FLUSHED) !== 0 || isFlag(count.header)) this.#restart(bytes, from, end, budget);
    else if (count.missing > 0) this.#inStep = false;
    if (!this.#inStep) return "unsynchronised";
    this.#cipher.apply(bytes, from, end);
    return "ok";
  }

  /**
   * Starts RC4 anew with the key that the sender has. By the RFC that is the key as it stands. Linux has
   * changed it once more, and once more with each flushed packet that was lost; which key it was shows in
   * what the packet decrypts to.
   */
  #restart(bytes: Uint8Array, from: number, end: number, budget: Budget): void {
    const key = this.#key;
    this.#inStep = true;
    this.#before.set(key.octets);
    let sound = this.#yieldsIpv4(bytes, from, end);
    for (let changes = 0; !sound && changes <= MAX_LOST_FLUSHES && budget.pays(TRIAL); changes++) {
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
}
