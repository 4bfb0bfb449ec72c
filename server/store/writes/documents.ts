import { sql } from "kysely";
import { nameKey } from "../../names/user-name.ts";
import type { Db } from "../database.ts";
import type { GroupWrite, UserWrite, Write } from "./write-types.ts";

/** Removes all users but those of these names; undefined: nobody. By name. */
export async function removalsOfUsers(db: Db, stay: readonly string[] | undefined): Promise<UserWrite[]> {
  if (stay === undefined) return [];
  const keys = new Set(stay.map(nameKey));
  const rows = await db.selectFrom("users").select(["id", "nameKey"]).orderBy("name").execute();
  return rows
    .filter((row) => !keys.has(row.nameKey))
    .map(({ id }) => ({ kind: "user", do: "remove", ref: { id } }));
}

/** The same of groups; one that has users is refused. */
export async function removalsOfGroups(db: Db, stay: readonly string[] | undefined): Promise<GroupWrite[]> {
  if (stay === undefined) return [];
  const keys = new Set(stay.map(nameKey));
  const rows = await db.selectFrom("groups").select(["name", "nameKey"]).orderBy("name").execute();
  return rows
    .filter((row) => !keys.has(row.nameKey))
    .map(({ name }) => ({ kind: "group", do: "remove", ref: name, release: false }));
}

/**
 * Takes the static addresses of users who get other ones, or none, so that it does not matter who of them is
 * written first: two may swap. Returns what they had, by ID. Only where all is taken back if one is refused.
 */
export async function freeAddresses(db: Db, writes: readonly Write[]): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, string | null>();
  for (const write of writes)
    if (write.kind === "user" && write.do === "put")
      wanted.set(nameKey(write.user.name), write.user.staticAddress ?? null);
  const owners = await db
    .selectFrom("users")
    .select(["id", "nameKey", "staticAddress"])
    .where("staticAddress", "is not", null)
    .execute();
  const other = owners.filter(
    (row) => wanted.has(row.nameKey) && wanted.get(row.nameKey) !== row.staticAddress,
  );
  await sql`UPDATE users SET static_address = NULL
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(other.map(({ id }) => id))}))`.execute(db);
  return new Map(other.map(({ id, staticAddress }) => [id, staticAddress!]));
}
