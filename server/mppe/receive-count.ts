import { COUNT_MASK, ENCRYPTED, FLUSHED, flagsWithin, HEADER_OCTETS } from "./header.ts";
import { MAX_JUMP, MAX_REFUSED_IN_A_ROW } from "./limits.ts";
import type { Opened } from "./mppe-types.ts";

/** More than half the ring ahead is behind. */
const HALF = (COUNT_MASK + 1) / 2;

/**
 * The coherency counts of one direction, as its receiver sees them (RFC 3078 §3.1, §7.1): whether a packet may be opened,
 * and how many were lost before it. Knows no keys. Per-packet code: no allocation.
 */
export class ReceiveCount {
  /** The header that was read last. */
  header = 0;
  /** Packets that are missing before that one; more than half the ring means that it is behind. */
  missing = 0;
  /** The count of the next packet if none is lost. */
  #expected = 0;
  #refused = 0;

  /** Reads the header at `headerAt` of a packet that ends at `end`. */
  read(bytes: Uint8Array, headerAt: number, end: number): "ok" | "truncated" | "not-encrypted" {
    if (end - headerAt < HEADER_OCTETS || end > bytes.length) return "truncated";
    this.header = (bytes[headerAt]! << 8) | bytes[headerAt + 1]!;
    if ((this.header & ENCRYPTED) === 0) return "not-encrypted";
    this.missing = ((this.header & COUNT_MASK) - this.#expected) & COUNT_MASK;
    return "ok";
  }

  get isBehind(): boolean {
    return this.missing > HALF;
  }

  /** How many flag packets there are among those missing and the one that was read. */
  get flags(): number {
    return flagsWithin(this.#expected, this.missing);
  }

  /** Stateless mode: may the packet be opened? "ok" counts it. */
  judgeStateless(): Opened {
    if ((this.header & FLUSHED) === 0) return "not-stateless";
    if (this.missing > MAX_JUMP) return this.refuse();
    this.accept();
    return "ok";
  }

  accept(): void {
    this.#expected = (this.header + 1) & COUNT_MASK;
    this.#refused = 0;
  }

  refuse(): Opened {
    if (++this.#refused > MAX_REFUSED_IN_A_ROW) return "desynchronised";
    return this.isBehind ? "late" : "jump";
  }
}
