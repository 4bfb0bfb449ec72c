import { GRE_OK, GreHeader, readGre } from "../../../server/gre/header.ts";
import type { GrePacket, Side } from "../../capture/captured.ts";
import { ORDER_WAIT } from "../limits.ts";

/** Ours: packets with a wrong checksum that wait for a better copy. */
const MAX_ASIDE = 16;

interface Aside {
  readonly from: Side;
  readonly sequence: number;
  readonly packet: GrePacket;
}

/**
 * Packets whose checksum is wrong wait a moment: over radio a damaged copy is often followed by a good one,
 * which is then preferred. Without one they go on as they are.
 */
export class PutAside {
  #aside: Aside[] = [];
  readonly #go: (from: Side, packet: GrePacket) => void;
  readonly #header = new GreHeader();

  constructor(go: (from: Side, packet: GrePacket) => void) {
    this.#go = go;
  }

  put(from: Side, packet: GrePacket): void {
    const copy = { ...packet, octets: packet.octets.slice() };
    const read =
      readGre(copy.octets, 0, copy.octets.length, this.#header) === GRE_OK && this.#header.hasSequence;
    if (!read) {
      this.#go(from, copy);
      return;
    }
    this.#aside.push({ from, sequence: this.#header.sequence, packet: copy });
    if (this.#aside.length > MAX_ASIDE) this.#release(this.#aside.splice(0, 1));
  }

  /** A good one with this number has come. */
  replaced(from: Side, sequence: number): void {
    if (this.#aside.length === 0) return;
    this.#aside = this.#aside.filter((one) => one.from !== from || one.sequence !== sequence);
  }

  /** Those that have waited long enough go on. */
  expire(now: number): void {
    if (this.#aside.length === 0) return;
    const due = this.#aside.filter(({ packet }) => now - packet.when.at > ORDER_WAIT);
    this.#aside = this.#aside.filter((one) => !due.includes(one));
    this.#release(due);
  }

  end(): void {
    this.#release(this.#aside.splice(0));
  }

  #release(list: readonly Aside[]): void {
    for (const { from, packet } of list) this.#go(from, packet);
  }
}
