import type { Db } from "./database.ts";

/** Writes into the database which pacd has it, for an older one that finds it. */
export async function signDatabase(db: Db, version: string): Promise<void> {
  await db
    .insertInto("about")
    .values({ id: 1, writtenBy: version, backedUpAt: null })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ writtenBy: version }))
    .execute();
}

/** When a backup was last handed out whole; null: never. */
export async function lastBackup(db: Db): Promise<string | null> {
  const row = await db.selectFrom("about").select("backedUpAt").executeTakeFirst();
  return row?.backedUpAt ?? null;
}
