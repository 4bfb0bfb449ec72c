import { type RawBuilder, sql } from "kysely";
import { AppError } from "../errors/app-error.ts";
import { nameKey } from "../names/user-name.ts";
import type { Db } from "./database.ts";
import { NO_GROUP } from "./groups/group-rules.ts";
import { inherits } from "./groups/inheriting.ts";
import { pager } from "./paging.ts";
import type { Page, Paged, User, UserFilter, UserSort } from "./store-types.ts";
import { USER_COLUMNS, userOf } from "./user-rows.ts";

/** What comes before what: the value that is sorted by, and the name where several have the same. */
type Place = readonly [string, string];

const isPlace = (value: unknown): value is Place =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");

/** Nobody's moment comes before everybody's. Each has an index (`migrations/0009-groups.ts`). */
const BY: Readonly<Record<UserSort, RawBuilder<string>>> = {
  name: sql<string>`''`,
  createdAt: sql<string>`users.created_at`,
  lastLogInAt: sql<string>`coalesce(users.last_log_in_at, '')`,
  passwordExpiresAt: sql<string>`coalesce(users.password_expires_at, '')`,
};

const VALUE: Readonly<Record<UserSort, (user: User) => string>> = {
  name: () => "",
  createdAt: (user) => user.createdAt,
  lastLogInAt: (user) => user.lastLogInAt ?? "",
  passwordExpiresAt: (user) => user.passwordExpiresAt ?? "",
};

/** One page of the users who fit. invalid-request. */
export async function searchUsers(db: Db, page: Page & UserFilter): Promise<Paged<User>> {
  const { sort = "name", descending = false } = page;
  const pages = pager(
    `users-${sort}${descending ? "-down" : ""}`,
    isPlace,
    (user: User): Place => [VALUE[sort](user), user.name],
  );
  const after = pages.after(page);
  const direction = descending ? "desc" : "asc";
  let query = db
    .selectFrom("users")
    .select(USER_COLUMNS)
    .limit(page.limit + 1);
  for (const condition of conditions(page)) query = query.where(condition);
  // Few are expired: along the index of the order SQLite would fetch everybody, one here and one there.
  const few = page.expired?.is === true || page.passwordExpired?.is === true;
  if (sort !== "name") query = query.orderBy(few ? sql`+${BY[sort]}` : BY[sort], direction);
  query = query.orderBy("users.name", direction);
  if (after !== undefined) {
    const than = sql.raw(descending ? "<" : ">");
    query = query.where(
      sort === "name"
        ? sql<boolean>`users.name ${than} ${after[1]}`
        : sql<boolean>`(${BY[sort]}, users.name) ${than} (${after[0]}, ${after[1]})`,
    );
  }
  const users = (await query.execute()).map(userOf);
  return pages.cut(users, page, (user) => user);
}

function conditions(filter: UserFilter): readonly RawBuilder<boolean>[] {
  const { q, group, enabled, expired, passwordExpired, neverLoggedIn, among, notAmong, address } = filter;
  const is = (wanted: boolean | undefined, condition: RawBuilder<boolean>) =>
    wanted === undefined ? [] : [wanted ? condition : sql<boolean>`NOT ${condition}`];
  return [
    ...(q === undefined ? [] : [matches(q)]),
    ...(group === undefined ? [] : [inGroup(group)]),
    ...is(
      enabled === undefined ? undefined : !enabled,
      decided("enabled", (of) => sql`${of}.enabled = 0`),
    ),
    ...is(
      expired?.is,
      decided("validUntil", (of) => sql`${of}.valid_until <= ${expired?.at}`),
    ),
    ...is(passwordExpired?.is, sql`coalesce(users.password_expires_at <= ${passwordExpired?.at}, 0)`),
    ...is(neverLoggedIn, sql`(users.last_log_in_at IS NULL)`),
    ...(among === undefined ? [] : [sql<boolean>`users.id IN ${listed(among)}`]),
    ...(notAmong === undefined ? [] : [sql<boolean>`users.id NOT IN ${listed(notAmong)}`]),
    ...(address === undefined
      ? []
      : [sql<boolean>`(users.static_address = ${address.is} OR users.id IN ${listed(address.holders)})`]),
    ...(filter.labels ?? []).map(labelled),
  ];
}

/** A part of the name in whatever spelling, or of the comment without regard to the case of ASCII. */
function matches(q: string): RawBuilder<boolean> {
  if (q === "") throw new AppError("invalid-request", "q must not be empty.", { field: "q" });
  const comment = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`(instr(users.name_key, ${nameKey(q)}) > 0 OR users.comment LIKE ${comment} ESCAPE '\\')`;
}

const inGroup = (group: string): RawBuilder<boolean> =>
  nameKey(group) === NO_GROUP
    ? sql<boolean>`users.group_id IS NULL`
    : sql<boolean>`users.group_id = (SELECT groups.id FROM groups WHERE groups.name_key = ${nameKey(group)})`;

/** Does this hold for what applies? A column of `users` holds what was decided, or what nobody minds. */
function decided(
  field: Parameters<typeof inherits>[0],
  holds: (table: RawBuilder<unknown>) => RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql<boolean>`(coalesce(${holds(sql.raw("users"))}, 0) OR (${inherits(field)} AND coalesce(
    users.group_id IN (SELECT groups.id FROM groups WHERE ${holds(sql.raw("groups"))}), 0)))`;
}

const listed = (ids: readonly string[]) => sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;

function labelled({ key, value }: { readonly key: string; readonly value?: string | undefined }) {
  const text = value === undefined ? sql`` : sql` AND label.value = ${value}`;
  return sql<boolean>`(users.labels <> '{}' AND EXISTS (
    SELECT 1 FROM json_each(users.labels) AS label WHERE label.key = ${key}${text}))`;
}
