import { isDeepStrictEqual } from "node:util";
import { GROUP_FIELDS, POLICY_FIELDS } from "../../server/policy/group-policy.ts";
import { UNRESTRICTED } from "../../server/policy/user-policy.ts";
import type { Group, Outcome, User } from "../../server/store/store-types.ts";

/** One field, as it was and as it is then. Null: there is none. */
export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

type Shown = Readonly<Record<string, unknown>>;

/** What administrators decide about a user, in the order in which it is shown. */
const userFields = (user: User): Shown => ({
  name: user.name,
  group: user.group?.name ?? null,
  comment: user.comment,
  labels: user.labels,
  ...Object.fromEntries(POLICY_FIELDS.map((field) => [field, user[field]])),
  own: user.own,
  recoverablePassword: user.recoverablePassword,
});

const groupFields = (group: Group): Shown => ({
  name: group.name,
  comment: group.comment,
  ...Object.fromEntries(GROUP_FIELDS.map((field) => [field, group[field]])),
});

/** Who is new differs from nobody in what was said of them. */
const NEW_USER: Shown = {
  ...UNRESTRICTED,
  name: null,
  group: null,
  comment: "",
  labels: {},
  own: [],
  recoverablePassword: false,
};
const NEW_GROUP: Shown = {
  name: null,
  comment: "",
  ...Object.fromEntries(GROUP_FIELDS.map((f) => [f, null])),
};

/** What a write has changed, or would change; nothing for what is removed. A password is never shown. */
export function changesOf(outcome: Exclude<Outcome, { did: "refused" }>): FieldChange[] {
  const { after, before } = outcome;
  if (after === undefined) return [];
  const [was, is] =
    outcome.kind === "user"
      ? [before === undefined ? NEW_USER : userFields(before as User), userFields(after as User)]
      : [before === undefined ? NEW_GROUP : groupFields(before as Group), groupFields(after as Group)];
  const changes = Object.keys(is)
    .filter((field) => !isDeepStrictEqual(was[field], is[field]))
    .map((field) => ({ field, from: before === undefined ? null : was[field], to: is[field] }));
  const password = { field: "password", from: before === undefined ? null : SECRET, to: SECRET };
  return outcome.password ? [...changes, password] : changes;
}

/** Stands for a password. */
const SECRET = "(secret)";

/** What a write is called before it is done. */
export const WOULD = {
  created: "create",
  changed: "change",
  unchanged: "nothing",
  removed: "remove",
} as const;
