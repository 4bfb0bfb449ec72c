import { COUNT_MASK, ENCRYPTED, FLUSHED, flagsWithin, HEADER_OCTETS } from "./header.ts";
import { MAX_JUMP, MAX_LOST, MAX_REFUSED_IN_A_ROW } from "./limits.ts";
import type { Budget, Opened } from "./mppe-types.ts";

const RING = COUNT_MASK + 1;

/** More than half the ring ahead is behind, unless so many are known to be lost. */
const HALF = RING / 2;

/**
 * The coherency counts of one direction, as its receiver sees them (RFC 3078 §3.1, §7.1): whether a packet
 * may be opened, and how many were lost before it. Knows no keys. Per-packet code: no allocation.
 */
export class ReceiveCount {
  /** The header that was read last. */
  header = 0;
  /** Packets that are missing before that one, as far as the count tells. */
  missing = 0;
  /** GRE's numbers bear out that so many are missing. */
  #certain = false;
  /** The count of the next packet if none is lost. */
  #expected = 0;
  #refused = 0;
  /** The budget has refused a packet, and none has been accepted since. */
  #overdrawn = false;
  #marked = 0;

  /** Does the packet whose header is at `headerAt` come right after the last one that was accepted? */
  continues(bytes: Uint8Array, headerAt: number): boolean {
    return ((((bytes[headerAt]! << 8) | bytes[headerAt + 1]!) - this.#expected) & COUNT_MASK) === 0;
  }

  /** Remembers the count as it stands, for `goBack`. */
  checkpoint(): void {
    this.#marked = this.#expected;
  }

  rollBack(): void {
    this.#expected = this.#marked;
  }

  /**
   * Reads the header at `headerAt` of a packet that ends at `end`. `lost`: how many GRE packets are missing
   * since the last that was accepted. All of them may have been MPPE packets, but for a few; the count says
   * how many, modulo 4096.
   */
  read(bytes: Uint8Array, headerAt: number, end: number, lost: number): "ok" | "truncated" | "not-encrypted" {
    if (end - headerAt < HEADER_OCTETS || end > bytes.length) return "truncated";
    this.header = (bytes[headerAt]! << 8) | bytes[headerAt + 1]!;
    if ((this.header & ENCRYPTED) === 0) return "not-encrypted";
    this.missing = ((this.header & COUNT_MASK) - this.#expected) & COUNT_MASK;
    this.#certain = this.missing <= lost;
    if (this.#certain) this.missing += RING * Math.floor((lost - this.missing) / RING);
    return "ok";
  }

  get isBehind(): boolean {
    return !this.#certain && this.missing > HALF;
  }

  /** How many flag packets there are among those missing and the one that was read. */
  get flags(): number {
    return flagsWithin(this.#expected, this.missing);
  }

  /**
   * Stateless mode: may the packet be opened, and is there enough left to pay for those missing? "ok" counts
   * it.
   */
  judgeStateless(budget: Budget): Opened {
    if ((this.header & FLUSHED) === 0) return "not-stateless";
    // Where the budget is why it has fallen behind, the budget it stays.
    if (this.missing > (this.#certain ? MAX_LOST : MAX_JUMP))
      return this.#certain && this.#overdrawn ? "over-budget" : this.refuse();
    if (this.missing > 0 && !budget.pays(this.missing)) {
      this.#overdrawn = true;
      return "over-budget";
    }
    this.accept();
    return "ok";
  }

  accept(): void {
    this.#expected = (this.header + 1) & COUNT_MASK;
    this.#refused = 0;
    this.#overdrawn = false;
  }

  /**
   * What was missing before the packet that was accepted last has been made up for, and that one is the next.
   */
  acceptMissing(): void {
    this.#expected = this.header & COUNT_MASK;
  }

  /** What was refused before is no sign any more that keys are out of step for good. */
  pardon(): void {
    this.#refused = 0;
  }

  refuse(): Opened {
    if (++this.#refused > MAX_REFUSED_IN_A_ROW) return "desynchronised";
    return this.isBehind ? "late" : "jump";
  }
}
