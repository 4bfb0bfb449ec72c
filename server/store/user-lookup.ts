import { type RawBuilder, sql } from "kysely";
import { spelled } from "../names/spelled.ts";
import { nameKey } from "../names/user-name.ts";
import type { UserRef } from "./store-types.ts";

/**
 * The one user that is meant, for any statement on `users`. By name: whose name has the same key; where
 * several have, the one whose name is spelled so, ASCII case aside, which is what counted before there were
 * keys.
 */
export function isUser(ref: UserRef): RawBuilder<boolean> {
  if (typeof ref !== "string") return sql<boolean>`users.id = ${ref.id}`;
  return isNamed(ref, nameKey(ref));
}

/** The same by a name and its key, or the places where they will be. */
export const isNamed = (name: string, key: string): RawBuilder<boolean> =>
  sql<boolean>`users.name_key = ${key} AND (users.name = ${name}
    OR NOT EXISTS (SELECT 1 FROM users AS other WHERE other.name_key = ${key} AND other.id <> users.id))`;

/**
 * One sentence for user-not-found. `sharing`: whose name it could be, where it is several users' and none is
 * spelled so.
 */
export function nobodySentence(ref: UserRef, sharing: readonly string[] | undefined): string {
  if (typeof ref !== "string") return `There is no user with the ID ${JSON.stringify(ref.id)}.`;
  if (sharing === undefined) return `There is no user ${JSON.stringify(ref)}.`;
  const users = sharing.map(spelled).join(" and ");
  return `The users ${users} have names that count as one, and none is spelled ${spelled(ref)}; spell the one that you mean exactly.`;
}
