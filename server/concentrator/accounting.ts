import type { Logger } from "../platform/log.ts";
import type { AttemptRecord, SessionCounters, SessionRecord, Store } from "../store/store-types.ts";

/**
 * Writes attempts and sessions to the store, off the road of a dial: nobody waits for a write. Writes of one dial keep
 * their order. A write that fails is logged and does not end anything.
 */
export class Accounting {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #tails = new Map<string, Promise<void>>();

  constructor(store: Store, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  begin(attempt: Parameters<Store["attempts"]["begin"]>[0]): void {
    this.#enqueue(attempt.id, () => this.#store.attempts.begin(attempt));
  }

  update(
    attemptId: string,
    change: Partial<Omit<AttemptRecord, "id" | "startedAt" | "clientAddress">>,
  ): void {
    this.#enqueue(attemptId, () => this.#store.attempts.update(attemptId, change));
  }

  open(session: Parameters<Store["sessions"]["open"]>[0]): void {
    this.#enqueue(session.attemptId, () => this.#store.sessions.open(session));
  }

  close(
    session: Pick<SessionRecord, "id" | "attemptId">,
    end: Parameters<Store["sessions"]["close"]>[1],
  ): void {
    this.#enqueue(session.attemptId, () => this.#store.sessions.close(session.id, end));
  }

  /** Interim counters of the sessions that are up. */
  progress(counters: readonly (SessionCounters & { readonly id: string })[]): void {
    if (counters.length > 0) this.#enqueue("progress", () => this.#store.sessions.progress(counters));
  }

  /** Resolves when everything asked for so far is written. */
  async settled(): Promise<void> {
    await Promise.all(this.#tails.values());
  }

  #enqueue(key: string, write: () => Promise<void>): void {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const tail = before.then(write).catch((error: unknown) => {
      this.#log.error({ err: error, key }, "A record could not be written to the database");
    });
    this.#tails.set(key, tail);
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    });
  }
}
