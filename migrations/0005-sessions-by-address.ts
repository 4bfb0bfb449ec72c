import { type Kysely, sql } from "kysely";

/** Where a user has connected from, for the log-in of a user whose password others are guessing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE INDEX sessions_by_address ON sessions (user_id, client_address, connected_at)`.execute(db);
}
