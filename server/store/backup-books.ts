import { join } from "node:path";
import type SqliteDatabase from "better-sqlite3";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "./database.ts";
import { faultOf, storeUnavailable } from "./faults.ts";
import { copyDatabase } from "./files/copies.ts";
import { waitingForLock } from "./lock-wait.ts";
import type { BackupBooks } from "./store-types.ts";

/** What `backupBooks` works with. `lastAt`: as the database has it at the start. */
export interface BackupParts {
  readonly db: Db;
  readonly sqlite: SqliteDatabase.Database;
  readonly directory: string;
  readonly clock: Clock;
  readonly schema: string;
  readonly lastAt: string | null;
}

/** What backups need of the database. */
export function backupBooks({ db, sqlite, directory, clock, schema, lastAt }: BackupParts): BackupBooks {
  let last = lastAt;
  return {
    schema,
    get lastAt() {
      return last;
    },
    async copyTo(path) {
      try {
        await copyDatabase(sqlite, path);
      } catch (error) {
        const fault =
          faultOf(error) ?? ((error as NodeJS.ErrnoException).code === "ENOSPC" ? "full" : undefined);
        if (fault === undefined) throw error;
        throw storeUnavailable(fault, join(directory, "pacd.db"), (error as { code: string }).code);
      }
    },
    async handedOut() {
      const backedUpAt = clock.date().toISOString();
      last = backedUpAt;
      await waitingForLock(clock, () => db.updateTable("about").set({ backedUpAt }).execute());
    },
  };
}
