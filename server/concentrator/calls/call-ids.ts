/**
 * 0 is legal on the wire, but several clients use it as "none" in logs, and a zero key hides byte-order bugs.
 */
const FIRST = 1;
const LAST = 0xffff;

/**
 * Call IDs of ours (the key of incoming GRE, RFC 2637 §4.1): unique over all clients, because two clients
 * behind one NAT share their address, and random, because a guessed ID is half of what an injected packet
 * needs.
 */
export class CallIds {
  readonly #used = new Set<number>();
  readonly #random: () => number;

  /** `random` gives 16 random bits. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /**
   * One that `suits`, or any where none of these is left; none of them is likelier than the others as long as
   * few are taken. Undefined only when all 65,535 are taken.
   */
  take(suits: (id: number) => boolean): number | undefined {
    if (this.#used.size >= LAST) return undefined;
    const from = this.#random() & LAST;
    let any: number | undefined;
    // Stepping on from a random place ends after one round, however full the space is.
    for (let step = 0; step <= LAST; step++) {
      const id = (from + step) & LAST;
      if (id < FIRST || this.#used.has(id)) continue;
      if (suits(id)) return this.#claim(id);
      any ??= id;
    }
    return this.#claim(any!);
  }

  #claim(id: number): number {
    this.#used.add(id);
    return id;
  }

  release(id: number): void {
    this.#used.delete(id);
  }
}
