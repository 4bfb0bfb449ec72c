import { Rc4 } from "../../../server/crypto/rc4.ts";
import { SessionKey } from "../../../server/crypto/session-key.ts";
import type { MppeDirection } from "../../../server/mppe/direction.ts";

/** How others do what RFC 3078 leaves open, or do it in their own way. */
export interface Habits {
  /** Each flushed packet changes the key: Linux. Otherwise RC4 starts anew with the key as it is: the RFC. */
  readonly flushChangesKey: boolean;
  /** Flag packets carry the flushed bit: all but FreeBSD. */
  readonly flagIsFlushed: boolean;
}

export const RFC: Habits = { flushChangesKey: false, flagIsFlushed: true };
export const LINUX: Habits = { flushChangesKey: true, flagIsFlushed: true };
export const FREEBSD: Habits = { flushChangesKey: false, flagIsFlushed: false };

const FLUSHED = 0x8000;
const ENCRYPTED = 0x1000;

/** A stateful sender as RFC 3078 §7.2 describes it, word by word; nothing of our encryptor. */
export class ModelSender {
  readonly #key: SessionKey;
  readonly #cipher: Rc4;
  readonly #habits: Habits;
  #count = 0;
  #flush = false;

  constructor({ key, strength }: MppeDirection, habits: Habits) {
    this.#key = new SessionKey(key, strength);
    this.#cipher = new Rc4(this.#key.octets);
    this.#habits = habits;
  }

  /** A Reset-Request has come. */
  flush(): void {
    this.#flush = true;
  }

  next(plain: Uint8Array): Uint8Array {
    const flag = this.#count % 256 === 255;
    let header = ENCRYPTED | this.#count;
    if (flag || (this.#flush && this.#habits.flushChangesKey)) this.#key.change();
    if (flag || this.#flush) this.#cipher.setKey(this.#key.octets);
    if (this.#flush || (flag && this.#habits.flagIsFlushed)) header |= FLUSHED;
    this.#flush = false;
    this.#count = (this.#count + 1) % 4096;
    const frame = Uint8Array.of(header >> 8, header, ...plain);
    this.#cipher.apply(frame, 2);
    return frame;
  }
}

/** A stateful receiver: RFC 3078 §8.2 to the letter, or as Linux does it. Nothing of our decryptor. */
export class ModelReceiver {
  readonly #key: SessionKey;
  readonly #cipher: Rc4;
  readonly #habits: Habits;
  /** The count of the last packet that was looked at. */
  #last = 4095;
  #discards = false;

  constructor({ key, strength }: MppeDirection, habits: Habits) {
    this.#key = new SessionKey(key, strength);
    this.#cipher = new Rc4(this.#key.octets);
    this.#habits = habits;
  }

  /** The plaintext; undefined where it sends a Reset-Request or waits for a flushed packet. */
  open(frame: Uint8Array): Uint8Array | undefined {
    const header = (frame[0]! << 8) | frame[1]!;
    const [flushed, count] = [(header & FLUSHED) !== 0, header & 0x0fff];
    // In step and a packet is missing: dropped, even one that is flushed.
    if (!this.#discards && count !== (this.#last + 1) % 4096) {
      if (this.#habits.flushChangesKey) this.#last = (this.#last + 1) % 4096;
      this.#discards = true;
      return undefined;
    }
    if (this.#discards && !flushed) return undefined;
    if (this.#habits.flushChangesKey) this.#asLinux(count, flushed);
    else this.#asRfc(count, flushed);
    this.#discards = false;
    this.#last = count;
    const plain = frame.slice(2);
    this.#cipher.apply(plain);
    return plain;
  }

  /** One change for every flag packet since the last, this one included. */
  #asRfc(count: number, flushed: boolean): void {
    let changed = false;
    for (let at = this.#last; at !== count; ) {
      at = (at + 1) % 4096;
      if (at % 256 !== 255) continue;
      this.#key.change();
      changed = true;
    }
    if (changed || flushed) this.#cipher.setKey(this.#key.octets);
  }

  /** One change for each block of 256 that it has left behind, and one because the packet is flushed. */
  #asLinux(count: number, flushed: boolean): void {
    if (this.#discards) {
      for (let block = this.#last >> 8; block !== count >> 8; block = (block + 1) % 16) this.#key.change();
    }
    if (flushed) this.#key.change();
    if (flushed) this.#cipher.setKey(this.#key.octets);
  }
}
