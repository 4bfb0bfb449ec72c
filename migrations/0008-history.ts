import { type Kysely, sql } from "kysely";

/** What is looked for in the history of sessions and dials. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS: readonly string[] = [];
