import { join } from "node:path";
import type { TestContext } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { Conditions } from "../../server/conditions/conditions.ts";
import type { Store } from "../../server/store/store-types.ts";
import { temporaryStore } from "./temporary-store.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** A store on a virtual clock, and what it says while its database fails. */
export interface FaultyStore {
  readonly store: Store;
  readonly directory: string;
  readonly clock: VirtualClock;
  readonly conditions: Conditions;
  /** Lines of the log at error. */
  readonly errors: string[];
  /** What holds now. */
  holding(): readonly string[];
}

export async function faultyStore(t: TestContext, directory?: string): Promise<FaultyStore> {
  const clock = new VirtualClock(Date.UTC(2026, 0, 2, 12));
  const errors: string[] = [];
  const ignore = () => {};
  const log = {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (fields: object, text: string) => void errors.push(`${text} ${JSON.stringify(fields)}`),
  };
  const conditions = new Conditions(clock, log);
  const opened = await temporaryStore(t, {
    clock,
    log,
    conditions,
    ...(directory === undefined ? {} : { directory }),
  });
  return { ...opened, clock, conditions, errors, holding: () => conditions.all().map(({ code }) => code) };
}

/**
 * Another program that holds the write lock of a database, until the returned function is called; again is
 * fine.
 */
export function lock(t: TestContext, directory: string): () => void {
  const other = new SqliteDatabase(join(directory, "pacd.db"));
  other.exec("BEGIN IMMEDIATE");
  t.after(() => other.close());
  return () => void (other.inTransaction && other.exec("ROLLBACK"));
}
