import { COUNT_MASK, ENCRYPTED, FLUSHED, HEADER_OCTETS } from "./header.ts";
import type { KernelQueue } from "./kernel-queue.ts";
import type { Opened, Opener, Sealer } from "./mppe-types.ts";
import { ReceiveCount } from "./receive-count.ts";

/** Stateless MPPE of one tunnel, sending (RFC 3078 §7.1): counts and headers here, keys and octets in the queue. */
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
  readonly #count = new ReceiveCount();

  /** Key number `record` is this tunnel's, and fresh. */
  constructor(queue: KernelQueue, record: number) {
    this.#queue = queue;
    this.#record = record;
  }

  open(bytes: Uint8Array, headerAt: number, end: number, lost = 0): Opened {
    const count = this.#count;
    const read = count.read(bytes, headerAt, end, lost);
    const judged = read === "ok" ? count.judgeStateless() : read;
    // One change for each lost packet and one for this (RFC 3078 §7.1).
    if (judged === "ok")
      this.#queue.add(this.#record, count.missing + 1, bytes, headerAt + HEADER_OCTETS, end);
    return judged;
  }

  /** Packets do not depend on each other. */
  distrust(): void {}
}
