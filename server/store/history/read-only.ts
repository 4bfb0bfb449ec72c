import SqliteDatabase from "better-sqlite3";
import { isAt } from "./filters.ts";

/** A connection of its own for reading the history; it never holds a transaction between two questions. */
export type History = SqliteDatabase.Database;

/** Ours: lists have fewer shapes than this that anybody asks for; a bound all the same. */
const MAX_STATEMENTS = 100;

type Statement = SqliteDatabase.Statement<unknown[], Readonly<Record<string, unknown>>>;

const statements = new WeakMap<History, Map<string, Statement>>();

/** Prepares each SQL text once: that takes longer than to find one session by an index. */
export function prepared(history: History, sql: string): Statement {
  const known = statements.get(history) ?? new Map<string, Statement>();
  statements.set(history, known);
  const statement = known.get(sql) ?? history.prepare<unknown[], Readonly<Record<string, unknown>>>(sql);
  if (known.size >= MAX_STATEMENTS) known.clear();
  known.set(sql, statement);
  return statement;
}

/**
 * Opens the database for reading. Nothing waits for a lock in the log's mode of SQLite but while a log is
 * made new, which is over at once; so it may wait a little, in the thread that asks.
 */
export function openHistory(path: string): History {
  const sqlite = new SqliteDatabase(path, { readonly: true, fileMustExist: true, timeout: 1000 });
  sqlite.pragma("query_only = ON");
  sqlite.pragma("trusted_schema = OFF");
  sqlite.function("is_in", { deterministic: true }, (address: unknown, place: unknown) =>
    typeof address === "string" && typeof place === "string" && isAt(place, address) ? 1 : 0,
  );
  return sqlite;
}
