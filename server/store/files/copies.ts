import { closeSync, openSync, readdirSync, rmSync, statSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { runMark, userVersion } from "./run-mark.ts";

/** Ours: pages of 4 KiB that are copied at once. Between two portions everything else has its turn. */
const PAGES_AT_ONCE = 100;

/** Ours: pages that wait for the disk at most, about 4 MB. */
const PAGES_UNSYNCED = 1000;

/** Ours: databases of before a migration that are kept. Each is as large as the database was. */
const KEPT = 3;

/**
 * Copies an open database, with what its log holds, into a new file that needs no log and nobody else may
 * read: whole or not at all. What is written meanwhile is in it. Throws SqliteError, and as `node:fs` does.
 */
export async function copyDatabase(sqlite: SqliteDatabase.Database, path: string): Promise<void> {
  const draft = `${path}.tmp`;
  try {
    remove(draft);
    closeSync(openSync(draft, "wx", 0o600));
    await sqlite.backup(draft, { progress: paced(draft) });
    closeCopy(draft);
    // In the thread pool: each may take a while, and pacd may be serving.
    await synced(draft);
    await rename(draft, path);
    await synced(dirname(path));
  } catch (error) {
    remove(draft);
    throw error;
  }
}

/**
 * How many pages come next. SQLite brings the whole copy to the disk at its end, with the thread that serves:
 * of 42 MB that took 35 ms. So it is brought there in the thread pool meanwhile, and the end waits for that.
 */
function paced(draft: string): (progress: { readonly remainingPages: number }) => number {
  let syncing = false;
  let unsynced = 0;
  let lastSynced = false;
  const sync = () => {
    syncing = true;
    unsynced = 0;
    // What goes wrong is told by the sync of SQLite's own, at the end.
    const over = () => {
      syncing = false;
    };
    synced(draft).then(over, over);
  };
  return ({ remainingPages }) => {
    const last = remainingPages <= PAGES_AT_ONCE;
    if (!syncing && (unsynced >= PAGES_UNSYNCED || (last && !lastSynced))) {
      lastSynced = last;
      sync();
    }
    if (syncing && (last || unsynced >= PAGES_UNSYNCED)) return 0;
    unsynced += PAGES_AT_ONCE;
    return PAGES_AT_ONCE;
  };
}

async function synced(path: string): Promise<void> {
  const file = await open(path, "r");
  await file.sync().finally(() => file.close());
}

/** The mark of an open database came along, and the way its log is kept: this file has none. */
export function closeCopy(path: string): void {
  const copy = new SqliteDatabase(path);
  try {
    // The whole file is brought to the disk afterwards, at once.
    copy.pragma("synchronous = OFF");
    copy.pragma("journal_mode = DELETE");
    const mark = runMark(copy.pragma("user_version", { simple: true }) as number);
    if (mark?.open) copy.pragma(`user_version = ${userVersion({ ...mark, open: false })}`);
  } finally {
    copy.close();
  }
}

/** Where the database of before a step is kept: `pacd.db.before-0006`. */
export const pathBefore = (path: string, step: string): string => `${path}.before-${step.slice(0, 4)}`;

/** Removes all but the newest copies of before a migration. */
export function forgetOldCopies(path: string): void {
  const folder = dirname(path);
  const beginning = `${basename(path)}.before-`;
  const copies = readdirSync(folder)
    .filter((name) => name.startsWith(beginning) && /^\d{4}$/.test(name.slice(beginning.length)))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of copies.slice(KEPT)) rmSync(old, { force: true });
}

function remove(path: string): void {
  for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
}
