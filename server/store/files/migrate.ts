import { dirname } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { type Migration, Migrator } from "kysely/migration";
import { AppError } from "../../errors/app-error.ts";
import type { Logger } from "../../platform/log.ts";
import type { Db } from "../database.ts";
import { isStoreUnavailable } from "../store-unavailable.ts";
import { copyDatabase, pathBefore } from "./copies.ts";
import { restoreCommand } from "./way-back.ts";

/** Every step by its name, in the order in which they run. */
export type Steps = Readonly<Record<string, Migration>>;

/** What has to be done to a database, and where what it was is kept. */
export interface Upgrade {
  readonly from: string;
  readonly to: string;
  /** The copy of before. */
  readonly copy: string;
  /** How many users it has: databases of before schema 0006 do not tell whether their log is missing. */
  readonly users: number;
}

/**
 * Looks which steps a database lacks, and copies it before any runs; undefined: none is due. Changes nothing
 * in the database. state-unusable where a newer pacd wrote it, or where there is no room for the copy.
 */
export async function prepareUpgrade(
  sqlite: SqliteDatabase.Database,
  path: string,
  steps: Steps,
  log: Pick<Logger, "info">,
): Promise<Upgrade | undefined> {
  const done = stepsDone(sqlite);
  refuseNewer(sqlite, path, done, steps);
  const due = Object.keys(steps).filter((step) => !done.includes(step));
  const [first] = due;
  const from = done.at(-1);
  if (first === undefined || from === undefined) return undefined;
  const users = sqlite.prepare<[], number>("SELECT count(*) FROM users").pluck().get() ?? 0;
  const upgrade = { from, to: due.at(-1)!, copy: pathBefore(path, first), users };
  log.info(upgrade, `${path} is brought to the schema of this pacd; what it was is kept in ${upgrade.copy}`);
  try {
    await copyDatabase(sqlite, upgrade.copy);
  } catch (error) {
    throw new AppError(
      "migration-failed",
      `${path} has to be brought from schema ${from} to ${upgrade.to}, and could not be copied to ${upgrade.copy} before that: ${reason(error)}. Nothing was changed. Where the disk is full, free as much as the database takes (df -h), and start again.`,
    );
  }
  return upgrade;
}

/** Runs what is due. Kysely's migrator has no transaction of its own on SQLite; the caller's covers it. */
export async function migrate(db: Db, steps: Steps): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...steps }) } });
  const { results, error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === "Error");
  throw failed === undefined ? error : new StepFailed(failed.migrationName, error);
}

/** One step of several did not work. */
class StepFailed extends Error {
  constructor(step: string, cause: unknown) {
    super(`step ${step} failed (${reason(cause)})`, { cause });
  }
}

/** What to say where the transaction of an upgrade came to nothing. */
export function notUpgraded(path: string, { from, to, copy }: Upgrade, error: unknown): unknown {
  // What has a sentence of its own, such as that the key does not fit.
  if (error instanceof AppError && !isStoreUnavailable(error)) return error;
  const why = error instanceof StepFailed ? error.message : reason(error);
  return new AppError(
    "migration-failed",
    `${path} could not be brought from schema ${from} to ${to}: ${why}. The database is as it was, and the pacd of before goes on with it; a copy is ${copy}.`,
  );
}

/** The names of the steps that a database has behind it; none where it is no database of pacd. */
export function stepsDone(sqlite: SqliteDatabase.Database): string[] {
  if (!hasTable(sqlite, "kysely_migration")) return [];
  return sqlite.prepare<[], string>("SELECT name FROM kysely_migration ORDER BY name").pluck().all();
}

/** state-unusable where a database has steps behind it that are not among `steps`. */
export function refuseNewer(
  sqlite: SqliteDatabase.Database,
  path: string,
  done: readonly string[],
  steps: Steps,
): void {
  const unknown = done.filter((step) => !Object.hasOwn(steps, step));
  const [first] = unknown;
  if (first === undefined) return;
  const by = writtenBy(sqlite);
  const newer = by === undefined ? "a newer pacd" : `pacd ${by}`;
  throw new AppError(
    "state-unusable",
    `${path} was written by ${newer}, a newer one, with schema ${unknown.at(-1)}; this pacd knows schemas up to ${Object.keys(steps).at(-1)}. Install ${newer} or a later one. To go back to this version, restore what was kept before the upgrade, ${restoreCommand(dirname(path), pathBefore(path, first))}, or a backup; what changed since then is lost.`,
  );
}

/** Version of the pacd that opened a database last; undefined before schema 0006. */
export function writtenBy(sqlite: SqliteDatabase.Database): string | undefined {
  if (!hasTable(sqlite, "about")) return undefined;
  return sqlite.prepare<[], string>("SELECT written_by FROM about").pluck().get();
}

const hasTable = (sqlite: SqliteDatabase.Database, name: string): boolean =>
  sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;

/** What the disk or SQLite says, for the sentence. */
function reason(error: unknown): string {
  if (isStoreUnavailable(error)) return error.message.replace(/\.$/, "");
  if (error instanceof SqliteDatabase.SqliteError) return `${error.message}, ${error.code}`;
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
