import type { MppeDirection } from "./direction.ts";
import { KERNEL_BATCH, KERNEL_ENTRY, type MppeKernel } from "./kernel.ts";
import { eraseKeyRecord, KEY_RECORD, writeKeyRecord } from "./key-record.ts";

/** Where a packet lies that has no octets. */
const NOTHING = new Uint8Array(1);

/**
 * Stateless packets that wait for the kernel, and the keys of all tunnels. A packet is encrypted or decrypted
 * by the time `run` returns; it must stay where it lies until then. No allocation for a packet.
 */
export class KernelQueue {
  readonly #kernel: MppeKernel;
  readonly #records: Uint8Array;
  readonly #entries = new Uint32Array(KERNEL_BATCH * KERNEL_ENTRY);
  #bytes: Uint8Array = new Uint8Array(0);
  #count = 0;

  /** `records`: how many keys there may be at once. Their memory is taken when they are first written. */
  constructor(kernel: MppeKernel, records: number) {
    this.#kernel = kernel;
    this.#records = new Uint8Array(records * KEY_RECORD);
  }

  /** Key number `record` from here on. What waits still goes out under the key before. */
  setKey(record: number, direction: MppeDirection): void {
    this.run();
    writeKeyRecord(this.#records, record, direction);
  }

  /** Forgets key number `record`, and leaves no octet of it. */
  eraseKey(record: number): void {
    this.run();
    eraseKeyRecord(this.#records, record);
  }

  /** Key number `to` becomes what number `from` is once everything that waits is done. */
  copyKey(from: number, to: number): void {
    this.run();
    this.#records.copyWithin(to * KEY_RECORD, from * KEY_RECORD, (from + 1) * KEY_RECORD);
  }

  /** Key number `record` changes so many times, now, without a packet. */
  change(record: number, changes: number): void {
    this.run();
    this.add(record, changes, NOTHING, 0, 0);
    this.run();
  }

  /** One more packet: `bytes[from..end)`, after `changes` changes of its key. */
  add(record: number, changes: number, bytes: Uint8Array, from: number, end: number): void {
    if (this.#count === KERNEL_BATCH || bytes !== this.#bytes) this.run();
    const at = this.#count * KERNEL_ENTRY;
    this.#bytes = bytes;
    this.#entries[at] = record;
    this.#entries[at + 1] = changes;
    this.#entries[at + 2] = from;
    this.#entries[at + 3] = end - from;
    this.#count += 1;
  }

  /** Everything that waits is done. */
  run(): void {
    if (this.#count === 0) return;
    const count = this.#count;
    this.#count = 0;
    this.#kernel(this.#records, this.#bytes, this.#entries, count);
  }
}
