import { closeSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { sql } from "kysely";
import type { Logger } from "../platform/log.ts";
import type { Db } from "./database.ts";
import { storeUnavailable } from "./faults.ts";
import type { WriteAheadLog } from "./files/write-ahead-log.ts";

/** A file by what stays when its name does not. */
interface Identity {
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
}

/**
 * Watches the database file and its log (`-wal`), which SQLite never looks at again once they are open:
 * deleted or replaced, it would go on writing into what nobody finds after a restart.
 */
export class DatabaseFile {
  readonly #path: string;
  readonly #writeAheadLog: Pick<WriteAheadLog, "trim" | "durable" | "end" | "closed">;
  readonly #file: Identity | undefined;
  #log: Identity | undefined;
  #leaving = false;

  /** Call when the database has just been opened. */
  constructor(path: string, writeAheadLog: Pick<WriteAheadLog, "trim" | "durable" | "end" | "closed">) {
    this.#path = path;
    this.#writeAheadLog = writeAheadLog;
    this.#file = identityOf(path);
    this.#log = identityOf(`${path}-wal`);
  }

  /**
   * Before each write. Throws store-unavailable where the file that is open is no longer the one at the path.
   */
  check(): void {
    if (this.#leaving) return;
    const log = identityOf(`${this.#path}-wal`);
    this.#log ??= log;
    if (this.#moved || !same(this.#log, log)) throw storeUnavailable("moved", this.#path);
    this.#writeAheadLog.trim(log?.size ?? 0);
  }

  /** Settles when everything written so far has reached the disk. not-yet-written. */
  durable(): Promise<void> {
    return this.#writeAheadLog.durable();
  }

  /** pacd ends: what is written from now on is kept by `close`. */
  leave(): void {
    this.#leaving = true;
  }

  /**
   * Closes the database. Where its file is no longer at its path, what is open is written there once more,
   * or, where another file has taken the place, to `pacd.db.kept` beside it; the log says so, or why that
   * failed.
   */
  async close(db: Db, log: Pick<Logger, "warn" | "error">): Promise<void> {
    const gone = identityOf(this.#path) === undefined;
    const kept = this.#moved ? `${this.#path}.kept` : undefined;
    this.#writeAheadLog.end();
    if (kept !== undefined) await writeCopy(db, kept, log);
    const logNow = identityOf(`${this.#path}-wal`);
    await db.destroy();
    if (kept === undefined) return this.#writeAheadLog.closed();
    // SQLite leaves the log of a file that was moved; it would be taken for one of the file that is there
    // next, and damage it.
    if (logNow === undefined || same(this.#log, logNow))
      for (const end of ["-wal", "-shm"]) rmSync(`${this.#path}${end}`, { force: true });
    if (gone && identityOf(kept) !== undefined) renameSync(kept, this.#path);
  }

  get #moved(): boolean {
    return !same(this.#file, identityOf(this.#path));
  }
}

/** SQLite writes into an empty file; made here, so that it is nobody else's to read. */
async function writeCopy(db: Db, path: string, log: Pick<Logger, "warn" | "error">): Promise<void> {
  try {
    rmSync(path, { force: true });
    closeSync(openSync(path, "wx", 0o600));
    await sql`VACUUM INTO ${path}`.execute(db);
    log.warn({ path }, "The database file was deleted or replaced: what pacd had is kept");
  } catch (error) {
    log.error({ err: error, path }, "The database file was deleted or replaced, and what pacd had is lost");
  }
}

function identityOf(path: string): Identity | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const same = (a: Identity | undefined, b: Identity | undefined): boolean =>
  a?.ino === b?.ino && a?.dev === b?.dev;
