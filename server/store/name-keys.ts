import { sql } from "kysely";
import { nameKey } from "../names/user-name.ts";
import type { Db } from "./database.ts";

/**
 * The key of a name in the history: white space at its ends aside, so that who looks for the dials of a user
 * finds those too for which somebody typed a space too many.
 */
export const historyKey = (name: string): string => nameKey(name.trim());

/**
 * Makes the keys that are missing, or that another Unicode version made otherwise: of all users at each
 * start, of records once. Users who come to have one key keep their names and get ranks, the oldest 0. For a
 * transaction.
 */
export async function alignNameKeys(db: Db): Promise<void> {
  await alignUsers(db);
  await alignGroups(db);
  await alignHistory(db, "sessions");
  await alignHistory(db, "attempts");
}

async function alignUsers(db: Db): Promise<void> {
  const users = await db
    .selectFrom("users")
    .select(["id", "name", "nameKey", "nameRank"])
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
  const seen = new Map<string, number>();
  const aligned = users.map(({ id, name, nameKey: key, nameRank }) => {
    const wanted = nameKey(name);
    const rank = seen.get(wanted) ?? 0;
    seen.set(wanted, rank + 1);
    return { id, key: wanted, rank, kept: key === wanted && nameRank === rank };
  });
  if (aligned.every(({ kept }) => kept)) return;
  // First out of each other's way: a key may be free only after its owner has got another one.
  await sql`UPDATE users SET name_key = ' ' || id, name_rank = 0`.execute(db);
  await sql`UPDATE users SET name_key = news.value ->> 'key', name_rank = news.value ->> 'rank'
    FROM json_each(${JSON.stringify(aligned)}) AS news WHERE users.id = news.value ->> 'id'`.execute(db);
}

/** A group whose key another one has by now keeps an old one, and is found by its ID until one is renamed. */
async function alignGroups(db: Db): Promise<void> {
  for (const { id, name, nameKey: key } of await db
    .selectFrom("groups")
    .select(["id", "name", "nameKey"])
    .execute())
    if (key !== nameKey(name))
      await sql`UPDATE OR IGNORE groups SET name_key = ${nameKey(name)} WHERE id = ${id}`.execute(db);
}

async function alignHistory(db: Db, table: "sessions" | "attempts"): Promise<void> {
  const rows = await db
    .selectFrom(table)
    .select("user")
    .distinct()
    .where("userKey", "is", null)
    .where("user", "is not", null)
    .execute();
  for (const { user } of rows)
    if (user !== null)
      await db
        .updateTable(table)
        .set({ userKey: historyKey(user) })
        .where("userKey", "is", null)
        .where("user", "=", user)
        .execute();
}
