import type { UserPolicy } from "../../server/policy/user-policy.ts";
import type { Labels, UserChange } from "../../server/store/store-types.ts";
import { MERGE_PATCH_TYPE } from "../schemas/reference.ts";
import type { MergePatch } from "../schemas/user.ts";

/** A change of a user, as the store takes it; whether the password may be kept is for the route to find out. */
export type RequestedChange = Omit<UserChange, "recoverablePassword"> & {
  readonly recoverablePassword?: boolean;
};

/** Is this a merge patch, where null takes back? */
export const isMergePatch = (headers: { readonly "content-type"?: string | undefined }): boolean =>
  headers["content-type"]?.trim().toLowerCase().startsWith(MERGE_PATCH_TYPE) ?? false;

/**
 * What a request asks for. In a merge patch null takes back: a field of the policy is inherited again. In plain
 * JSON null is a value, which the user then has whatever the group says. `labels`: those that there are.
 */
export function changeOf(patch: MergePatch, merge: boolean, labels: Labels): RequestedChange {
  const { inherit, ...settings } = patch;
  const back = inherit ?? [];
  if (!merge) return { ...settings, ...(back.length === 0 ? {} : { inherit: back }) } as RequestedChange;
  const { recoverablePassword, group, comment, labels: asked, name, ...policy } = settings;
  const entries = Object.entries(policy);
  const inherited = entries.filter(([, value]) => value === null).map(([field]) => field as keyof UserPolicy);
  const all = [...back, ...inherited];
  return {
    ...Object.fromEntries(entries.filter(([, value]) => value !== null)),
    ...(name === undefined || name === null ? {} : { name }),
    ...(recoverablePassword === undefined ? {} : { recoverablePassword: recoverablePassword ?? false }),
    ...(group === undefined ? {} : { group }),
    ...(comment === undefined ? {} : { comment: comment ?? "" }),
    ...(asked === undefined ? {} : { labels: merged(labels, asked) }),
    ...(all.length === 0 ? {} : { inherit: all }),
  };
}

/** RFC 7396 §2, for an object of texts. */
function merged(labels: Labels, asked: Readonly<Record<string, string | null>> | null): Labels {
  const entries = Object.entries({ ...(asked === null ? {} : labels), ...asked });
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])),
  );
}
