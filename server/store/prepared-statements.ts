import type SqliteDatabase from "better-sqlite3";
import type { SqliteDatabase as KyselySqlite, SqliteStatement } from "kysely";

/** Ours: pacd's own queries have far fewer shapes; a bound all the same. */
const MAX_STATEMENTS = 200;

/**
 * Prepares each SQL text once. Kysely's driver prepares anew for every query: measured on a login (four statements),
 * 0.37 ms so and 0.24 ms with this.
 */
export function prepareOnce(sqlite: SqliteDatabase.Database): KyselySqlite {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      if (statements.size >= MAX_STATEMENTS) statements.clear();
      const statement: SqliteStatement = sqlite.prepare<unknown[]>(sql);
      statements.set(sql, statement);
      return statement;
    },
    close() {
      sqlite.close();
    },
  };
}
