import { COUNT_MASK, ENCRYPTED, FLUSHED, HEADER_OCTETS } from "./header.ts";
import type { KernelQueue } from "./kernel-queue.ts";
import { FAR } from "./limits.ts";
import { FREE, type Opened, type Opener, type Sealer } from "./mppe-types.ts";
import { ReceiveCount } from "./receive-count.ts";

/**
 * Stateless MPPE of one tunnel, sending (RFC 3078 §7.1): counts and headers here, keys and octets in the
 * queue.
 */
export class StatelessSealer implements Sealer {
  readonly #queue: KernelQueue;
  readonly #record: number;
  #count = 0;

  /** Key number `record` is this tunnel's, and fresh: RC4 keys must not repeat. */
  constructor(queue: KernelQueue, record: number) {
    this.#queue = queue;
    this.#record = record;
  }

  seal(bytes: Uint8Array, headerAt: number, end: number): void {
    const header = FLUSHED | ENCRYPTED | this.#count;
    bytes[headerAt] = header >>> 8;
    bytes[headerAt + 1] = header;
    this.#queue.add(this.#record, 1, bytes, headerAt + HEADER_OCTETS, end);
    this.#count = (this.#count + 1) & COUNT_MASK;
  }

  /** Every packet is flushed. */
  flush(): void {}
}

/** Stateless MPPE of one tunnel, receiving. */
export class StatelessOpener implements Opener {
  readonly queued = true;
  readonly #queue: KernelQueue;
  readonly #record: number;
  readonly #spare: number;
  readonly #count = new ReceiveCount();
  #owed = 0;

  /** Keys number `record`, which is fresh, and `spare`, for `mark`, are this tunnel's. */
  constructor(queue: KernelQueue, record: number, spare: number) {
    this.#queue = queue;
    this.#record = record;
    this.#spare = spare;
  }

  open(bytes: Uint8Array, headerAt: number, end: number, lost = 0, budget = FREE): Opened {
    const count = this.#count;
    const read = count.read(bytes, headerAt, end, lost);
    const judged = read === "ok" ? count.judgeStateless(budget) : read;
    if (judged !== "ok") return judged;
    if (count.missing > FAR) {
      count.acceptMissing();
      this.#owed = count.missing;
      return "far";
    }
    // One change for each lost packet and one for this (RFC 3078 §7.1).
    this.#queue.add(this.#record, count.missing + 1, bytes, headerAt + HEADER_OCTETS, end);
    return "ok";
  }

  continues(bytes: Uint8Array, headerAt: number): boolean {
    return this.#count.continues(bytes, headerAt);
  }

  pardon(): void {
    this.#count.pardon();
  }

  checkpoint(): void {
    this.#queue.copyKey(this.#record, this.#spare);
    this.#count.checkpoint();
  }

  rollBack(): void {
    this.#queue.copyKey(this.#spare, this.#record);
    this.#count.rollBack();
    this.#owed = 0;
  }

  get owed(): number {
    return this.#owed;
  }

  advance(most: number): void {
    const changes = Math.min(most, this.#owed);
    this.#owed -= changes;
    if (changes > 0) this.#queue.change(this.#record, changes);
  }

  /** Packets do not depend on each other. */
  distrust(): void {}
}
