import { GROUP_FIELDS, POLICY_FIELDS } from "../../server/policy/group-policy.ts";
import { CSV_CELLS, guarded } from "../import/csv-columns.ts";
import { csvCell } from "../print/columns.ts";
import type { Schemas } from "../typed-api.ts";

type Plain = Readonly<Record<string, unknown>>;

/** Users and groups as `pacctl apply` takes them. */
export interface Exported {
  readonly groups: readonly Plain[];
  readonly users: readonly Plain[];
}

/** What was decided about users and groups; no password is in it, for pacd keeps none that could be. */
export const exported = (
  groups: readonly Schemas["Group"][],
  users: readonly Schemas["User"][],
): Exported => ({ groups: groups.map(groupOf), users: users.map(userOf) });

const groupOf = (group: Schemas["Group"]): Plain => ({
  name: group.name,
  ...(group.comment === "" ? {} : { comment: group.comment }),
  ...Object.fromEntries(
    GROUP_FIELDS.filter((field) => group[field] !== null).map((field) => [field, group[field]]),
  ),
});

function userOf(user: Schemas["User"]): Plain {
  const own = new Set<string>(user.own);
  return {
    name: user.name,
    ...(user.group === null ? {} : { group: user.group }),
    ...(user.comment === "" ? {} : { comment: user.comment }),
    ...(Object.keys(user.labels).length === 0 ? {} : { labels: user.labels }),
    ...Object.fromEntries(
      POLICY_FIELDS.filter((field) => own.has(field)).map((field) => [field, user[field]]),
    ),
    ...(user.recoverablePassword ? { recoverablePassword: true } : {}),
  };
}

/** Every column that an import reads, but the password. */
const COLUMNS = Object.keys(CSV_CELLS).filter((column) => column !== "password");

/** Users as CSV, which `pacctl user import --update` finds nothing to do in. */
export function usersCsv(users: readonly Plain[]): string {
  const cell = (user: Plain, column: string) =>
    user[column] === undefined ? "" : csvCell(guarded(CSV_CELLS[column]!.write(user[column] as never)));
  const rows = users.map((user) => COLUMNS.map((column) => cell(user, column)));
  return [COLUMNS, ...rows].map((cells) => `${cells.join(",")}\n`).join("");
}
