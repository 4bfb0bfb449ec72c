import { type Static, type TSchema, Type } from "typebox";
import { isGroupField, POLICY_FIELDS } from "../../server/policy/group-policy.ts";
import type { UserPolicy } from "../../server/policy/user-policy.ts";
import type { User as StoredUser } from "../../server/store/store-types.ts";
import { CLOSED, nullableString, oneOf } from "./reference.ts";

/** What decides a field of the policy that applies. */
const ORIGINS = ["user", "group", "configuration", "default"] as const;
type Origin = (typeof ORIGINS)[number];

const policyField = oneOf(POLICY_FIELDS, { description: "A field of the policy" });

/** Fields of the policy, by name. */
export const policyFields = (description: string) =>
  Type.Array(policyField, { description, uniqueItems: true, maxItems: POLICY_FIELDS.length });

const from = Object.fromEntries(
  POLICY_FIELDS.map((field) => [
    field,
    oneOf(
      ORIGINS.filter((origin) => origin !== "group" || isGroupField(field)),
      { description: `What decides ${field}` },
    ),
  ]),
) as { readonly [Field in keyof UserPolicy]: ReturnType<typeof oneOf<Origin>> };

/** Which group a user is in, and what of the policy that applies comes from there. */
export const inheritance = {
  group: nullableString({
    description: "The group whose policy counts where nothing was decided for the user; null: none",
    examples: ["staff"],
  }),
  groupId: nullableString({
    description: "The ID of that group, which stays when the group is renamed",
    format: "uuid",
  }),
  own: policyFields("What was decided for this user, whatever the group says"),
  from: Type.Object(from, {
    ...CLOSED,
    description:
      "What decides each field: the user's own policy, the group, a value of the configuration (pool, dns, maxSessions), " +
      "or nobody, so that the default holds",
  }),
} satisfies Record<string, TSchema>;

/** The same of a stored user. */
export const inheritanceOf = (user: StoredUser) => ({
  group: user.group?.name ?? null,
  groupId: user.group?.id ?? null,
  own: [...user.own],
  from: originsOf(user),
});

/** Where nobody decides these, what the configuration says is handed out. */
const CONFIGURED: ReadonlySet<keyof UserPolicy> = new Set(["pool", "dns", "maxSessions"]);

function originsOf({
  own,
  fromGroup,
}: Pick<StoredUser, "own" | "fromGroup">): Static<typeof inheritance.from> {
  const origin = (field: keyof UserPolicy): Origin => {
    if (own.includes(field)) return "user";
    if (isGroupField(field) && fromGroup.includes(field)) return "group";
    return CONFIGURED.has(field) ? "configuration" : "default";
  };
  return Object.fromEntries(POLICY_FIELDS.map((field) => [field, origin(field)])) as Record<
    keyof UserPolicy,
    Origin
  >;
}
