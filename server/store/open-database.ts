import { closeSync, constants, fchmodSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { CamelCasePlugin, Kysely, SqliteDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { MIGRATIONS } from "../../migrations/index.ts";
import { AppError } from "../errors/app-error.ts";
import type { Db, Tables } from "./database.ts";
import { DatabaseFile } from "./database-file.ts";
import { prepareOnce } from "./prepared-statements.ts";
import { isStoreUnavailable } from "./store-unavailable.ts";

/** How long the opening waits for another process that writes, such as a second start, in ms. */
const OPENING_TIMEOUT = 5000;

/**
 * Openings in this process, one after the other: SQLite's wait for a lock would block the very one that holds
 * it.
 */
let turn: Promise<unknown> = Promise.resolve();

/** The database, and what `prepare` made of it. */
export interface OpenDatabase<T> {
  readonly db: Db;
  readonly file: DatabaseFile;
  readonly prepared: T;
}

/**
 * Opens `pacd.db` in the state directory, both created where missing, runs the migrations that are due and
 * then `prepare`, all in one transaction: however many processes start at once, each step runs once and
 * wholly. From then on no statement waits for a lock: SQLite would stop the whole thread for it.
 * state-unusable where directory or file cannot be used.
 */
export function openDatabase<T>(
  directory: string,
  prepare: (db: Db) => Promise<T>,
): Promise<OpenDatabase<T>> {
  const opening = turn.then(() => open(directory, prepare));
  turn = opening.catch(() => undefined);
  return opening;
}

async function open<T>(directory: string, prepare: (db: Db) => Promise<T>): Promise<OpenDatabase<T>> {
  const path = join(directory, "pacd.db");
  try {
    const sqlite = connect(directory, path);
    const db = new Kysely<Tables>({
      dialect: new SqliteDialect({ database: prepareOnce(sqlite, path) }),
      plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    });
    try {
      sqlite.exec("BEGIN IMMEDIATE");
      await migrate(db);
      const prepared = await prepare(db);
      sqlite.exec("COMMIT");
      sqlite.pragma("busy_timeout = 0");
      return { db, file: new DatabaseFile(path), prepared };
    } catch (error) {
      sqlite.close(); // rolls back
      throw error;
    }
  } catch (error) {
    throw unusable(directory, error);
  }
}

function connect(directory: string, path: string): SqliteDatabase.Database {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // SQLite would create it with the umask's mode; the files of the WAL take over the mode of this one.
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  fchmodSync(file, 0o600);
  closeSync(file);
  const sqlite = new SqliteDatabase(path, { timeout: OPENING_TIMEOUT });
  sqlite.pragma("journal_mode = WAL");
  sqlite.pragma("synchronous = NORMAL");
  sqlite.pragma("foreign_keys = ON");
  sqlite.pragma("trusted_schema = OFF");
  return sqlite;
}

/** Kysely's migrator has no lock and no transaction of its own on SQLite; the caller's covers it. */
async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { results, error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === "Error");
  if (failed === undefined && String(error).includes("corrupted migrations"))
    throw new AppError("state-unusable", "pacd.db was written by a newer pacd; start that version.");
  throw error;
}

function unusable(directory: string, error: unknown): unknown {
  if (error instanceof AppError && !isStoreUnavailable(error)) return error;
  if (isStoreUnavailable(error)) return new AppError("state-unusable", error.message, { directory });
  const fromSystem = error instanceof Error && "syscall" in error;
  if (!fromSystem && !(error instanceof SqliteDatabase.SqliteError)) return error;
  return new AppError(
    "state-unusable",
    `The state directory ${directory} cannot be used: ${error.message}.`,
    {
      directory,
    },
  );
}
