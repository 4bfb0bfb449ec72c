import { type Kysely, sql } from "kysely";

/** Who wrote the database last, for a pacd that does not know its schema, and when it was last backed up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE about (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  written_by TEXT NOT NULL,
  backed_up_at TEXT
) STRICT`.execute(db);
}
