import { GRE_OK, GreHeader, readGre } from "../../../server/gre/header.ts";
import type { GrePacket, Side } from "../../capture/captured.ts";
import { ORDER_WAIT } from "../limits.ts";

/** Ours: packets with a wrong checksum that wait for a better copy. */
const MAX_DAMAGED = 16;

interface DamagedPacket {
  readonly from: Side;
  readonly sequence: number;
  readonly packet: GrePacket;
}

/**
 * Packets whose checksum is wrong wait a moment: over radio a damaged copy is often followed by a good one,
 * which is then preferred. Without one they go on as they are.
 */
export class DamagedPackets {
  #waiting: DamagedPacket[] = [];
  readonly #pass: (from: Side, packet: GrePacket) => void;
  readonly #header = new GreHeader();

  constructor(pass: (from: Side, packet: GrePacket) => void) {
    this.#pass = pass;
  }

  add(from: Side, packet: GrePacket): void {
    const copy = { ...packet, octets: packet.octets.slice() };
    const read =
      readGre(copy.octets, 0, copy.octets.length, this.#header) === GRE_OK && this.#header.hasSequence;
    if (!read) {
      this.#pass(from, copy);
      return;
    }
    this.#waiting.push({ from, sequence: this.#header.sequence, packet: copy });
    if (this.#waiting.length > MAX_DAMAGED) this.#release(this.#waiting.splice(0, 1));
  }

  /** A good one with this number has come. */
  drop(from: Side, sequence: number): void {
    if (this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.filter((one) => one.from !== from || one.sequence !== sequence);
  }

  /** Those that have waited long enough go on. */
  expire(now: number): void {
    if (this.#waiting.length === 0) return;
    const due = this.#waiting.filter(({ packet }) => now - packet.when.at > ORDER_WAIT);
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    this.#release(due);
  }

  end(): void {
    this.#release(this.#waiting.splice(0));
  }

  #release(list: readonly DamagedPacket[]): void {
    for (const { from, packet } of list) this.#pass(from, packet);
  }
}
