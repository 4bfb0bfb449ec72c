import { type RawBuilder, sql } from "kysely";
import { AppError } from "../errors/app-error.ts";
import { checkPolicy } from "../policy/check-policy.ts";
import { isGroupField } from "../policy/group-policy.ts";
import { UNRESTRICTED, type UserPolicy } from "../policy/user-policy.ts";
import type { Db, UserRow } from "./database.ts";
import { isGroup, noGroupSentence } from "./groups/group-lookup.ts";
import type { GroupRef, NewUser, UserChange } from "./store-types.ts";
import { policyColumns } from "./user-rows.ts";
import { checkComment, checkLabels } from "./user-rules.ts";

/** What is said of a new user, but for name and password. */
type Settings = Omit<NewUser, "name" | "password" | "recoverablePassword">;

/** The columns of a new user's settings. group-unknown, and what the checks throw. */
export async function columnsOfNew(db: Db, settings: Settings) {
  const { group, comment = "", labels = {}, ...policy } = settings;
  const checked = checkPolicy(policy);
  checkComment(comment);
  checkLabels(labels);
  return {
    ...policyColumns({ ...UNRESTRICTED, ...checked }),
    own: JSON.stringify(Object.keys(checked).filter((field) => isGroupField(field as keyof UserPolicy))),
    comment,
    labels: JSON.stringify(labels),
    groupId: (await groupIdOf(db, group)) ?? null,
    lastLogInAt: null,
    lastLogInAddress: null,
    lastLogInSession: null,
  };
}

/** The columns that a change writes. group-unknown, and what the checks throw. */
export async function columnsOfChange(
  db: Db,
  {
    group,
    comment,
    labels,
    inherit = [],
    ...policy
  }: Omit<UserChange, "name" | "recoverablePassword" | "mergeLabels">,
) {
  const checked = checkPolicy(policy);
  if (comment !== undefined) checkComment(comment);
  if (labels !== undefined) checkLabels(labels);
  const back = Object.fromEntries(inherit.map((field) => [field, UNRESTRICTED[field]]));
  const added = Object.keys(checked) as (keyof UserPolicy)[];
  return {
    ...policyColumns({ ...back, ...checked }),
    ...(added.length + inherit.length === 0 ? {} : { own: ownAfter(added, inherit) }),
    ...(comment === undefined ? {} : { comment }),
    ...(labels === undefined ? {} : { labels: JSON.stringify(labels) }),
    ...(group === undefined ? {} : { groupId: await groupIdOf(db, group) }),
  };
}

/**
 * The column `own` with these fields in it and without those; in the statement that writes their values, so
 * that two changes at once leave both in it.
 */
function ownAfter(
  added: readonly (keyof UserPolicy)[],
  taken: readonly (keyof UserPolicy)[],
): RawBuilder<string> {
  const named = (fields: readonly (keyof UserPolicy)[]) => JSON.stringify(fields.filter(isGroupField));
  return sql<string>`(SELECT json_group_array(field) FROM (
    SELECT value AS field FROM json_each(users.own)
      WHERE value NOT IN (SELECT value FROM json_each(${named(taken)}))
    UNION SELECT value FROM json_each(${named(added)})))`;
}

/** Undefined: nothing is said about the group. */
async function groupIdOf(db: Db, ref: GroupRef | null | undefined): Promise<UserRow["groupId"] | undefined> {
  if (ref === undefined || ref === null) return ref;
  const row = await db.selectFrom("groups").select("id").where(isGroup(ref)).executeTakeFirst();
  if (row === undefined) throw groupUnknown(noGroupSentence(ref));
  return row.id;
}

export const groupUnknown = (says: string) => new AppError("group-unknown", says, { field: "group" });
