import { randomInt } from "node:crypto";
import { closeSync, fsyncSync, openSync, statSync, writeSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type SqliteDatabase from "better-sqlite3";
import { AppError } from "../../errors/app-error.ts";
import type { Clock } from "../../platform/clock.ts";
import { type Millis, seconds } from "../../wire/units.ts";
import { faultOf } from "../faults.ts";
import { MAX_COUNT, nextCount, type RunMark, runMark, userVersion } from "./run-mark.ts";

/** Ours: when a log is copied into the database, in octets; about SQLite's own thousand pages. */
const LARGE = 4 * 1024 * 1024;

/** Ours: an acknowledged change is in the database file itself after so long, and many of them at once. */
const COPIED_AFTER: Millis = seconds(1);

export interface LogParts {
  readonly sqlite: SqliteDatabase.Database;
  /** Of the database. */
  readonly path: string;
  readonly clock: Pick<Clock, "after">;
  /**
   * Returns once what was written into the file has reached the disk. Tests whose clock is virtual hand in
   * one that waits for no disk.
   */
  readonly sync?: (file: string) => Promise<void>;
}

/**
 * The log of SQLite (`-wal`): brings what was acknowledged to the disk, copies the log into the database in
 * good time, and marks both, so that a copy of one without the other is noticed (`run-mark.ts`).
 *
 * SQLite's `synchronous = FULL` would wait for the disk with the whole thread, for each write. Here a write
 * that is acknowledged waits alone, in the thread pool, and those that come together wait once (decision
 * 0027). SQLite's own copying is switched off: it would begin a log without a mark.
 */
export class WriteAheadLog {
  readonly #parts: LogParts;
  readonly #sync: (file: string) => Promise<void>;
  #mark: RunMark = { count: randomInt(1, MAX_COUNT), open: false };
  #file: FileHandle | undefined;
  #syncing: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  /** Octets from which on the log is copied; more where somebody else reads and it cannot be begun anew. */
  #large = LARGE;

  constructor(parts: LogParts) {
    this.#parts = parts;
    this.#sync = parts.sync ?? (() => this.#datasync());
  }

  /** Call when the database is open and outside any transaction. From then on it is marked as open. */
  begin(): void {
    const { sqlite } = this.#parts;
    sqlite.pragma("wal_autocheckpoint = 0");
    const found = runMark(sqlite.pragma("user_version", { simple: true }) as number);
    if (found !== undefined) this.#mark = found;
    // What an earlier run left goes into the file first: a log begins with its mark.
    if (!this.#truncated()) return;
    // To the disk, the entry of the new log in its directory as well.
    sqlite.pragma("synchronous = FULL");
    this.#beginLog();
    // Into the file too, which from now on says that it needs a log.
    if (this.#truncated()) this.#beginLog();
    sqlite.pragma("synchronous = NORMAL");
  }

  /** Settles when everything written so far has reached the disk. not-yet-written where the disk refuses. */
  async durable(): Promise<void> {
    try {
      await this.#flushed();
    } catch (error) {
      throw new AppError(
        "not-yet-written",
        `The change counts for the running pacd, but ${this.#parts.path}-wal could not be brought to the disk (${(error as NodeJS.ErrnoException).code}): a power cut would undo it. The disk may be failing: dmesg says more. Then ask again, to be sure.`,
      );
    }
    this.#cancel ??= this.#parts.clock.after(COPIED_AFTER, () => {
      this.#cancel = undefined;
      this.#copy();
    });
  }

  /** Copies a log that has grown large. `octets`: its size now. */
  trim(octets: number): void {
    if (octets < this.#large) return;
    this.#copy();
  }

  /** Says in the database that it needs no log; `closed` sees to it that this is so. */
  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#mark = { ...this.#mark, open: false };
    try {
      this.#write();
    } catch (error) {
      if (faultOf(error) === undefined) throw error;
    }
  }

  /**
   * After SQLite has closed the database, and copied the log: a full disk may have kept the mark out, whose
   * place in the file needs no room.
   */
  async closed(): Promise<void> {
    const { path } = this.#parts;
    await this.#file?.close();
    if (exists(`${path}-wal`) || !exists(path)) return;
    markClosed(path, this.#mark);
  }

  #copy(): void {
    try {
      if (this.#truncated()) this.#beginLog();
      else this.#large += LARGE;
    } catch (error) {
      if (faultOf(error) === undefined) throw error;
      // Whoever writes next is told; what is in the log stays there.
      this.#large += LARGE;
    }
  }

  /** Copies the log into the database and empties it. False: a transaction is open, or somebody reads. */
  #truncated(): boolean {
    const { sqlite } = this.#parts;
    if (sqlite.inTransaction) return false;
    const [{ busy } = { busy: 1 }] = sqlite.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    return busy === 0;
  }

  #beginLog(): void {
    this.#large = LARGE;
    this.#mark = { count: nextCount(this.#mark.count), open: true };
    this.#write();
  }

  #write(): void {
    this.#parts.sqlite.pragma(`user_version = ${userVersion(this.#mark)}`);
  }

  /** One sync for all who ask while another is under way: that one may have begun before their write. */
  #flushed(): Promise<void> {
    if (this.#syncing === undefined) {
      const syncing = this.#sync(`${this.#parts.path}-wal`).finally(() => {
        this.#syncing = undefined;
      });
      this.#syncing = syncing;
      return syncing;
    }
    this.#next ??= this.#syncing
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.#flushed();
      });
    return this.#next;
  }

  /** What was copied out of the log meanwhile is on the disk already: SQLite saw to that. */
  async #datasync(): Promise<void> {
    this.#file ??= await open(`${this.#parts.path}-wal`, "r");
    await this.#file.datasync();
  }
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Where SQLite keeps `user_version` in the file. */
const USER_VERSION_AT = 60;

/** Writes the mark into a database that nobody has open. */
function markClosed(path: string, mark: RunMark): void {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, userVersion({ ...mark, open: false }));
  const file = openSync(path, "r+");
  try {
    writeSync(file, octets, 0, octets.length, USER_VERSION_AT);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
