import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../database.ts";
import { isStoreUnavailable } from "../store-unavailable.ts";
import { USED_WRITTEN_AFTER } from "./limits.ts";
import type { TokenBook } from "./token-book.ts";

interface Parts {
  readonly db: Db;
  readonly clock: Pick<Clock, "after">;
  /** Waits for a lock, and not for the disk. */
  readonly writeLate: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * What the database learns of tokens later than pacd: when they were used, once a minute for all of them, and
 * what was revoked while it took nothing.
 */
export class LateWrites {
  readonly #parts: Parts;
  readonly #book: TokenBook;
  readonly #used = new Set<string>();
  readonly #revoked = new Set<string>();
  #waiting = false;

  constructor(parts: Parts, book: TokenBook) {
    this.#parts = parts;
    this.#book = book;
  }

  used(id: string, at: string, address: string): void {
    this.#book.change(id, { lastUsedAt: at, lastUsedAddress: address });
    this.#used.add(id);
    this.#later();
  }

  revoked(id: string): void {
    this.#revoked.add(id);
    this.#later();
  }

  /** Writes what there is. What the database does not take stays for the next time. */
  async settled(): Promise<void> {
    const [used, revoked] = [[...this.#used], [...this.#revoked]];
    if (used.length + revoked.length === 0) return;
    try {
      await this.#parts.writeLate(() => this.#write(used, revoked));
    } catch (error) {
      if (!isStoreUnavailable(error)) throw error;
      this.#later();
      return;
    }
    for (const id of used) this.#used.delete(id);
    for (const id of revoked) this.#revoked.delete(id);
  }

  async #write(used: readonly string[], revoked: readonly string[]): Promise<void> {
    await this.#parts.db.transaction().execute(async (work) => {
      for (const id of used) {
        const { lastUsedAt, lastUsedAddress } = this.#book.get(id) ?? {};
        if (lastUsedAt === undefined || lastUsedAddress === undefined) continue;
        await work.updateTable("tokens").set({ lastUsedAt, lastUsedAddress }).where("id", "=", id).execute();
      }
      if (revoked.length > 0) await work.deleteFrom("tokens").where("id", "in", revoked).execute();
    });
  }

  #later(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#parts.clock.after(USED_WRITTEN_AFTER, () => {
      this.#waiting = false;
      void this.settled();
    });
  }
}
