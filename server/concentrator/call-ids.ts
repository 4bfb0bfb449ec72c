/** 0 is legal on the wire, but several clients use it as "none" in logs, and a zero key hides byte-order bugs. */
const FIRST = 1;
const LAST = 0xffff;

/**
 * Call IDs of ours (the key of incoming GRE, RFC 2637 §4.1): unique over all clients, because two clients behind one NAT
 * share their address, and random, because a guessed ID is half of what an injected packet needs.
 */
export class CallIds {
  readonly #used = new Set<number>();
  readonly #random: () => number;

  /** `random` gives 16 random bits. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Undefined only when all 65,535 are taken. */
  take(): number | undefined {
    if (this.#used.size >= LAST) return undefined;
    let id = this.#random() & LAST;
    // Stepping on from a random place ends after one round, however full the space is.
    while (id < FIRST || this.#used.has(id)) id = (id + 1) & LAST;
    this.#used.add(id);
    return id;
  }

  release(id: number): void {
    this.#used.delete(id);
  }
}
