import type { Db } from "./database.ts";

/** A connection that only reads, and is closed again. */
export interface Reader {
  readonly db: Db;
  close(): Promise<void>;
}

/**
 * Reads that do not wait for a long transaction. All else goes through one connection, one after the other,
 * so that a log-in would wait until a thousand users are written. While such a transaction is under way, a
 * second connection is open, which sees what is committed; it holds no lock between two reads.
 */
export class ReadsBeside {
  readonly #db: Db;
  readonly #open: () => Reader;
  #reader: Reader | undefined;
  #writes = 0;
  #reads = 0;

  constructor(db: Db, open: () => Reader) {
    this.#db = db;
    this.#open = open;
  }

  /** Does `work`, which keeps the one connection to itself for long. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#writes += 1;
    try {
      this.#reader ??= this.#open();
      return await work();
    } finally {
      this.#writes -= 1;
      await this.#closeUnused();
    }
  }

  async read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    if (this.#reader === undefined) return work(this.#db);
    this.#reads += 1;
    try {
      return await work(this.#reader.db);
    } finally {
      this.#reads -= 1;
      await this.#closeUnused();
    }
  }

  async #closeUnused(): Promise<void> {
    if (this.#writes + this.#reads > 0) return;
    const reader = this.#reader;
    this.#reader = undefined;
    await reader?.close();
  }
}
