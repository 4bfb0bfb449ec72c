import { constants, copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";

/** A database that lies in some state directory. */
export interface FoundUsers {
  /** How many it has; undefined where it cannot be read. */
  readonly users: number | undefined;
  /** When something was written last. */
  readonly changed: Date;
}

/**
 * The users of the database in a state directory, which stays as it is; undefined where there is none, or
 * where this process may not look. SQLite writes beside whatever it opens, so a copy is opened, which nobody
 * else may read, and which is gone afterwards.
 */
export function usersIn(directory: string): FoundUsers | undefined {
  const parts = ["pacd.db", "pacd.db-wal"].flatMap((name) => {
    const changed = changedAt(join(directory, name));
    return changed === undefined ? [] : [{ name, changed }];
  });
  if (parts[0]?.name !== "pacd.db") return undefined;
  const changed = new Date(Math.max(...parts.map((part) => part.changed.getTime())));
  const copy = mkdtempSync(join(tmpdir(), "pacd-look-"));
  try {
    for (const { name } of parts)
      copyFileSync(join(directory, name), join(copy, name), constants.COPYFILE_FICLONE);
    return { users: count(join(copy, "pacd.db")), changed };
  } catch {
    return { users: undefined, changed };
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Undefined also where another user's directory cannot be looked into. */
function changedAt(file: string): Date | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.mtime;
  } catch {
    return undefined;
  }
}

function count(file: string): number {
  const sqlite = new SqliteDatabase(file, { fileMustExist: true });
  try {
    return sqlite.prepare("SELECT count(*) FROM users").pluck().get() as number;
  } finally {
    sqlite.close();
  }
}
