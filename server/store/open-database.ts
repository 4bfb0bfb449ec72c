import { closeSync, constants, fchmodSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { CamelCasePlugin, Kysely, SqliteDialect } from "kysely";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { renameDurably } from "../platform/durable-files.ts";
import type { Logger } from "../platform/log.ts";
import type { Db, Tables } from "./database.ts";
import { DatabaseFile } from "./database-file.ts";
import { faultOf, storeUnavailable } from "./faults.ts";
import { forgetOldCopies } from "./files/copies.ts";
import { lookAt } from "./files/look.ts";
import { migrate, notUpgraded, prepareUpgrade, type Steps, type Upgrade } from "./files/migrate.ts";
import { missing } from "./files/missing.ts";
import { WriteAheadLog } from "./files/write-ahead-log.ts";
import { prepareOnce } from "./prepared-statements.ts";
import type { Reader } from "./reads-beside.ts";
import { isStoreUnavailable } from "./store-unavailable.ts";

/** How long the opening waits for another process that writes, such as a second start, in ms. */
const OPENING_TIMEOUT = 5000;

/**
 * Openings in this process, one after the other: SQLite's wait for a lock would block the very one that holds
 * it.
 */
let turn: Promise<unknown> = Promise.resolve();

export interface OpeningParts<T> {
  /** The state directory. */
  readonly directory: string;
  readonly clock: Pick<Clock, "after">;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  /** Every migration by its name. */
  readonly steps: Steps;
  /** Done with the newest schema, in the same transaction as the migrations. */
  readonly prepare: (db: Db) => Promise<T>;
  readonly sync?: (file: string) => Promise<void>;
}

/** The database, and what `prepare` made of it. */
export interface OpenDatabase<T> {
  readonly db: Db;
  readonly sqlite: SqliteDatabase.Database;
  readonly file: DatabaseFile;
  /** Another connection, for reads beside a long transaction. */
  readonly openReader: () => Reader;
  readonly prepared: T;
  /** The steps that ran now; undefined: none had to. */
  readonly upgrade: Upgrade | undefined;
}

/**
 * Opens `pacd.db` in the state directory, both created where missing, runs the migrations that are due and
 * then `prepare`, all in one transaction: however many processes start at once, each step runs once and
 * wholly. Of a database that gets a newer schema a copy is kept. From then on no statement waits for a lock:
 * SQLite would stop the whole thread for it.
 *
 * state-unusable where directory or file cannot be used, state-incomplete where something that belongs to the
 * database is missing, migration-failed where it is as it was before.
 */
export function openDatabase<T>(parts: OpeningParts<T>): Promise<OpenDatabase<T>> {
  const opening = turn.then(() => open(parts));
  turn = opening.catch(() => undefined);
  return opening;
}

async function open<T>(parts: OpeningParts<T>): Promise<OpenDatabase<T>> {
  const { directory, clock, log, steps, prepare, sync } = parts;
  const path = join(directory, "pacd.db");
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const found = lookAt(directory);
    const lacking = missing(directory, found);
    if (lacking !== undefined) throw lacking;
    if (found.database === undefined) await create(path, steps);
    // A backup that was under way when pacd was killed.
    for (const end of ["", ".tmp", ".tmp-journal"]) rmSync(`${path}.backup${end}`, { force: true });
    const sqlite = connect(path);
    try {
      const upgrade = await prepareUpgrade(sqlite, path, steps, log);
      const db = kysely(sqlite, path);
      const prepared = await inOneTransaction(sqlite, async () => {
        await migrate(db, steps);
        return prepare(db);
      }).catch((error) => {
        throw upgrade === undefined ? error : notUpgraded(path, upgrade, error);
      });
      const writeAheadLog = new WriteAheadLog({ sqlite, path, clock, ...(sync && { sync }) });
      writeAheadLog.begin();
      sqlite.pragma("busy_timeout = 0");
      if (upgrade !== undefined) forgetOldCopies(path);
      const file = new DatabaseFile(path, writeAheadLog);
      return { db, sqlite, file, openReader: () => openReader(path), prepared, upgrade };
    } catch (error) {
      sqlite.close();
      throw error;
    }
  } catch (error) {
    throw unusable(directory, error);
  }
}

async function inOneTransaction<T>(sqlite: SqliteDatabase.Database, work: () => Promise<T>): Promise<T> {
  sqlite.exec("BEGIN IMMEDIATE");
  try {
    const answer = await work();
    sqlite.exec("COMMIT");
    return answer;
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (sqlite.inTransaction) sqlite.exec("ROLLBACK");
    throw error;
  }
}

/**
 * A new database under another name first: one that is at its place is whole, so that an empty file there is
 * known to be a copy that failed.
 */
async function create(path: string, steps: Steps): Promise<void> {
  const draft = `${path}.new`;
  for (const end of ["", "-wal", "-shm"]) rmSync(`${draft}${end}`, { force: true });
  // Of a log that holds nothing, and of no database: missing() lets no other pass.
  for (const end of ["-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
  const sqlite = connect(draft);
  try {
    sqlite.pragma("synchronous = FULL");
    await migrate(kysely(sqlite, draft), steps);
    const writeAheadLog = new WriteAheadLog({ sqlite, path: draft, clock: { after: () => () => {} } });
    writeAheadLog.begin();
    writeAheadLog.end();
  } finally {
    sqlite.close();
  }
  renameDurably(draft, path);
}

const kysely = (sqlite: SqliteDatabase.Database, path: string): Db =>
  new Kysely<Tables>({
    dialect: new SqliteDialect({ database: prepareOnce(sqlite, path) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });

function openReader(path: string): Reader {
  const sqlite = new SqliteDatabase(path, { readonly: true, timeout: 0 });
  sqlite.pragma("trusted_schema = OFF");
  const db = kysely(sqlite, path);
  return { db, close: () => db.destroy() };
}

function connect(path: string): SqliteDatabase.Database {
  // SQLite would create it with the umask's mode; the files of the WAL take over the mode of this one.
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  fchmodSync(file, 0o600);
  closeSync(file);
  const sqlite = new SqliteDatabase(path, { timeout: OPENING_TIMEOUT });
  try {
    sqlite.pragma("journal_mode = WAL");
    sqlite.pragma("synchronous = NORMAL");
    sqlite.pragma("foreign_keys = ON");
    sqlite.pragma("trusted_schema = OFF");
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return sqlite;
}

function unusable(directory: string, error: unknown): unknown {
  if (error instanceof AppError && !isStoreUnavailable(error)) return error;
  if (isStoreUnavailable(error)) return new AppError("state-unusable", error.message, { directory });
  const fault = faultOf(error);
  if (fault !== undefined) {
    const { code } = error as { readonly code: string };
    const { message } = storeUnavailable(fault, join(directory, "pacd.db"), code);
    return new AppError("state-unusable", message, { directory });
  }
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
