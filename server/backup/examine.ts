import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { MIGRATIONS } from "../../migrations/index.ts";
import { AppError } from "../errors/app-error.ts";
import { stepsDone, writtenBy } from "../store/files/migrate.ts";
import { keyFits } from "../store/secret-key.ts";
import { damaged } from "./damaged.ts";
import { DATABASE } from "./files.ts";

/** What a database holds. */
export interface Contents {
  /** The newest step that it has behind it. */
  readonly schema: string;
  /** Version of the pacd that opened it last; null before schema 0006. */
  readonly writtenBy: string | null;
  readonly users: number;
  readonly sessions: number;
  readonly attempts: number;
  /** When the last dial on record began; null: there is none. */
  readonly lastDialAt: string | null;
}

/**
 * Opens the database in a folder, checks every page and index of it, and whether the key is the one that its
 * passwords are sealed with. It is not changed. Throws backup-damaged, backup-too-new and
 * secret-key-mismatch. `key` undefined: it is not asked.
 */
export function examine(folder: string, key: Uint8Array | undefined): Contents {
  const path = join(folder, DATABASE);
  let sqlite: SqliteDatabase.Database | undefined;
  try {
    sqlite = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
    const complaint = sqlite.pragma("integrity_check(1)", { simple: true });
    if (complaint !== "ok") throw damaged(`SQLite says of its database: ${complaint}`);
    return contents(sqlite, key);
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError)) throw error;
    throw damaged(`its database cannot be read (${error.message})`);
  } finally {
    sqlite?.close();
  }
}

function contents(sqlite: SqliteDatabase.Database, key: Uint8Array | undefined): Contents {
  const done = stepsDone(sqlite);
  const schema = done.at(-1);
  if (schema === undefined) throw damaged("its database is not one of pacd");
  const by = writtenBy(sqlite) ?? null;
  if (!done.every((step) => Object.hasOwn(MIGRATIONS, step)))
    throw new AppError(
      "backup-too-new",
      `The database has schema ${schema}${by === null ? "" : `, of pacd ${by}`}; this pacd knows schemas up to ${Object.keys(MIGRATIONS).at(-1)}. Install ${by === null ? "a newer pacd" : `pacd ${by} or a later one`} first.`,
    );
  const count = (table: string) =>
    sqlite.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  const users = count("users");
  if (key !== undefined && users > 0 && !keyFits(sqlite, key))
    throw new AppError(
      "secret-key-mismatch",
      "The secret key does not fit the database: nobody could log in. Take both from the same backup.",
    );
  return {
    schema,
    writtenBy: by,
    users,
    sessions: count("sessions"),
    attempts: count("attempts"),
    lastDialAt:
      sqlite.prepare<[], string | null>("SELECT max(started_at) FROM attempts").pluck().get() ?? null,
  };
}
