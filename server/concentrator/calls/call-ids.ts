import { type CallId, toCallId } from "../../wire/call-id.ts";

/**
 * 0 is legal on the wire, but several clients use it as "none" in logs, and a zero key hides byte-order bugs.
 */
const FIRST = 1;
const LAST = 0xffff;

/** The IDs that calls have now, as the registry of calls knows them. */
export interface TakenIds {
  readonly size: number;
  has(id: CallId): boolean;
}

/**
 * Finds call IDs of ours (the key of incoming GRE, RFC 2637 §4.1): unique over all clients, because two
 * clients behind one NAT share their address, and random, because a guessed ID is half of what an injected
 * packet needs.
 */
export class CallIds {
  readonly #taken: TakenIds;
  readonly #random: () => number;

  /** `random` gives 16 random bits. */
  constructor(taken: TakenIds, random: () => number) {
    this.#taken = taken;
    this.#random = random;
  }

  /**
   * A free one that `suits`, or any where none of these is left; none of them is likelier than the others as
   * long as few are taken. Undefined only when all 65,535 are taken.
   */
  free(suits: (id: CallId) => boolean): CallId | undefined {
    if (this.#taken.size >= LAST) return undefined;
    const from = this.#random() & LAST;
    let any: CallId | undefined;
    // Stepping on from a random place ends after one round, however full the space is.
    for (let step = 0; step <= LAST; step++) {
      const id = toCallId((from + step) & LAST);
      if (id < FIRST || this.#taken.has(id)) continue;
      if (suits(id)) return id;
      any ??= id;
    }
    return any;
  }
}
