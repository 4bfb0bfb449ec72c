import { AppError } from "../../errors/app-error.ts";
import { spelled } from "../../names/spelled.ts";
import { nameKey } from "../../names/user-name.ts";
import { endsBeforeItBegins } from "../../policy/check-policy.ts";
import type { Db } from "../database.ts";
import { groupUnknown } from "../user-settings.ts";

/** Names whoever has the name, which may be spelled in another way. */
export async function nameTaken(db: Db, name: string): Promise<AppError> {
  const others = await db
    .selectFrom("users")
    .select("name")
    .where((e) => e.or([e("nameKey", "=", nameKey(name)), e("name", "=", name)]))
    .orderBy("nameRank")
    .execute();
  const who = others.map((other) => spelled(other.name)).join(" and ");
  const counts =
    "upper and lower case, fullwidth letters, and letters with their accent in one piece or two count as the same";
  return new AppError("user-exists", `There is a user of that name already, ${who}; ${counts}.`, {
    field: "name",
  });
}

/** Of a password that was not kept there is only a hash. */
export const passwordNeeded = (name: string) =>
  new AppError(
    "password-needed",
    `The password of ${JSON.stringify(name)} was not kept: set a new one with recoverablePassword: true ` +
      "(PUT on the user's password, or pacctl user password NAME --recoverable-password).",
    { field: "recoverablePassword" },
  );

/**
 * The database decides, not a question asked before: two requests at once cannot both win. `name`: the one
 * that was to be written.
 */
export const conflict = (db: Db, name: string | undefined) => async (error: unknown) => {
  const text = error instanceof Error ? error.message : "";
  if (name !== undefined && text.includes("UNIQUE") && text.includes("users.name"))
    throw await nameTaken(db, name);
  if (text.includes("UNIQUE") && text.includes("users.static_address"))
    throw new AppError("address-taken", "The static address belongs to another user.", {
      field: "staticAddress",
    });
  if (text.includes("CHECK") && text.includes("users_validity")) throw endsBeforeItBegins();
  // The group was removed in between.
  if (text.includes("FOREIGN KEY")) throw groupUnknown("There is no such group any more.");
  throw error;
};
