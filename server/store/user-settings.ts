import { AppError } from "../errors/app-error.ts";
import { nameKey } from "../names/user-name.ts";
import { checkPolicy } from "../policy/check-policy.ts";
import { isGroupField } from "../policy/group-policy.ts";
import { UNRESTRICTED, type UserPolicy } from "../policy/user-policy.ts";
import { compiledOnce } from "./compiled-statements.ts";
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
    own: ownText(Object.keys(checked)),
    comment,
    labels: JSON.stringify(labels),
    groupId: (await groupIdOf(db, group)) ?? null,
    lastLogInAt: null,
    lastLogInAddress: null,
    lastLogInSession: null,
  };
}

/**
 * The columns that a change writes. `own`: that column as it is. group-unknown, and what the checks throw.
 */
export async function columnsOfChange(
  db: Db,
  {
    group,
    comment,
    labels,
    inherit = [],
    ...policy
  }: Omit<UserChange, "name" | "recoverablePassword" | "mergeLabels">,
  own: string,
) {
  const checked = checkPolicy(policy);
  if (comment !== undefined) checkComment(comment);
  if (labels !== undefined) checkLabels(labels);
  const back = Object.fromEntries(inherit.map((field) => [field, UNRESTRICTED[field]]));
  const added = Object.keys(checked);
  const taken: ReadonlySet<string> = new Set(inherit);
  const left =
    added.length + taken.size === 0 ? [] : (JSON.parse(own) as string[]).filter((one) => !taken.has(one));
  return {
    ...policyColumns({ ...back, ...checked }),
    ...(added.length + inherit.length === 0 ? {} : { own: ownText([...left, ...added]) }),
    ...(comment === undefined ? {} : { comment }),
    ...(labels === undefined ? {} : { labels: JSON.stringify(labels) }),
    ...(group === undefined ? {} : { groupId: await groupIdOf(db, group) }),
  };
}

/** The column `own`: of these fields those that a group could decide. */
const ownText = (fields: readonly string[]): string =>
  JSON.stringify([...new Set(fields)].filter((field) => isGroupField(field as keyof UserPolicy)).sort());

/** Undefined: nothing is said about the group. */
async function groupIdOf(db: Db, ref: GroupRef | null | undefined): Promise<UserRow["groupId"] | undefined> {
  if (ref === undefined || ref === null) return ref;
  const row =
    typeof ref === "string"
      ? (
          await compiledOnce(db, "group by name", { key: nameKey(ref) }, (db, at) =>
            db.selectFrom("groups").select("id").where("nameKey", "=", at("key")),
          )
        ).rows[0]
      : await db.selectFrom("groups").select("id").where(isGroup(ref)).executeTakeFirst();
  if (row === undefined) throw groupUnknown(noGroupSentence(ref));
  return row.id;
}

export const groupUnknown = (says: string) => new AppError("group-unknown", says, { field: "group" });
