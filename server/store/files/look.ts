import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { type RunMark, runMark } from "./run-mark.ts";

/** What lies in a state directory, as far as it tells whether something is missing. */
export interface FoundFiles {
  /** `pacd.db`; undefined: there is none. */
  readonly database: FoundDatabase | undefined;
  /** `pacd.db-wal`; undefined: there is none. */
  readonly log: FoundLog | undefined;
  readonly key: boolean;
  /** A restore that did not come to its end. */
  readonly restoring: boolean;
}

/** A database file, by its first page (https://sqlite.org/fileformat2.html §1.3, §1.6). */
export interface FoundDatabase {
  readonly octets: number;
  /** Holds no table: nothing has reached the file itself. */
  readonly blank: boolean;
  readonly mark: RunMark | undefined;
}

/** A log, by its first frame (the same document, §4.1). */
export interface FoundLog {
  readonly octets: number;
  /** Of the first page that it holds; undefined where that is another page, or has no mark. */
  readonly mark: RunMark | undefined;
  /** Does it hold a frame at all? */
  readonly frames: boolean;
}

/** Beside the database: the folder in which a restore lays out what it brings. */
export const RESTORING = "restore.unfinished";

const MAGIC = "SQLite format 3\0";
const USER_VERSION_AT = 60;
/** Of page 1: the header of the file comes first. */
const CELLS_AT = 100 + 3;
const LOG_HEADER = 32;
const FRAME_HEADER = 24;
const SALTS_IN_LOG = 16;
const SALTS_IN_FRAME = 8;

/**
 * Looks without SQLite, which would change what it finds. Never while this process has the database open:
 * closing a file gives up all locks on it. Throws as `node:fs` does.
 */
export function lookAt(directory: string): FoundFiles {
  const path = join(directory, "pacd.db");
  return {
    database: read(path, CELLS_AT + 2, database),
    log: read(`${path}-wal`, LOG_HEADER + FRAME_HEADER + USER_VERSION_AT + 4, log),
    key: exists(join(directory, "secret.key")),
    restoring: exists(join(directory, RESTORING)),
  };
}

function database(octets: number, head: Uint8Array): FoundDatabase {
  const whole = head.length === CELLS_AT + 2;
  const ours = whole && MAGIC === Buffer.from(head.subarray(0, MAGIC.length)).toString("latin1");
  if (!ours) return { octets, blank: octets === 0, mark: undefined };
  const at = view(head);
  return { octets, blank: at.getUint16(CELLS_AT) === 0, mark: runMark(at.getUint32(USER_VERSION_AT)) };
}

function log(octets: number, head: Uint8Array): FoundLog {
  if (head.length < LOG_HEADER + FRAME_HEADER) return { octets, frames: false, mark: undefined };
  const at = view(head);
  const salt = (where: number) => [at.getUint32(where), at.getUint32(where + 4)].join();
  // A frame with other salts is a leftover of before the log was begun anew.
  const frames = salt(SALTS_IN_LOG) === salt(LOG_HEADER + SALTS_IN_FRAME);
  const first = LOG_HEADER + FRAME_HEADER + USER_VERSION_AT;
  const marked = frames && head.length === first + 4 && at.getUint32(LOG_HEADER) === 1;
  return { octets, frames, mark: marked ? runMark(at.getUint32(first)) : undefined };
}

/** Undefined where there is no such file. */
function read<T>(path: string, octets: number, judge: (size: number, head: Uint8Array) => T): T | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const head = new Uint8Array(octets);
    const got = readSync(file, head, 0, octets, 0);
    return judge(fstatSync(file).size, head.subarray(0, got));
  } finally {
    closeSync(file);
  }
}

const view = (octets: Uint8Array) => new DataView(octets.buffer, octets.byteOffset, octets.length);

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
