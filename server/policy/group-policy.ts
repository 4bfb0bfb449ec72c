import { UNRESTRICTED, type UserPolicy } from "./user-policy.ts";

/** What a group can decide for its members: all but what belongs to one person. */
export type GroupPolicy = Omit<UserPolicy, "staticAddress" | "passwordExpiresAt">;
export type GroupField = keyof GroupPolicy;

/** What a group has decided; null: nothing about that field. */
export type DecidedPolicy = { readonly [Field in GroupField]: GroupPolicy[Field] | null };

/** Every field of a policy, in the order in which they are shown. */
export const POLICY_FIELDS = Object.keys(UNRESTRICTED) as readonly (keyof UserPolicy)[];

/** Those that a group can decide. */
export const GROUP_FIELDS = POLICY_FIELDS.filter(isGroupField);

export function isGroupField(field: keyof UserPolicy): field is GroupField {
  return field !== "staticAddress" && field !== "passwordExpiresAt";
}

/** A group about which nothing was decided. */
export const UNDECIDED = Object.fromEntries(GROUP_FIELDS.map((field) => [field, null])) as DecidedPolicy;

/** The policy that applies to one user, and which of its fields the group decided. */
export interface AppliedPolicy {
  readonly policy: UserPolicy;
  readonly fromGroup: readonly GroupField[];
}

/**
 * What is decided for the user counts before what the group decided, and that before what holds for
 * everybody. `user` has the latter wherever `own` does not name the field.
 */
export function appliedPolicy(
  user: UserPolicy,
  own: readonly (keyof UserPolicy)[],
  group: DecidedPolicy | undefined,
): AppliedPolicy {
  if (group === undefined) return { policy: user, fromGroup: [] };
  const fromGroup = GROUP_FIELDS.filter((field) => group[field] !== null && !own.includes(field));
  const inherited = Object.fromEntries(fromGroup.map((field) => [field, group[field]]));
  return { policy: { ...user, ...inherited }, fromGroup };
}
