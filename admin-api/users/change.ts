import type { UserPolicy } from "../../server/policy/user-policy.ts";
import type { UserChange } from "../../server/store/store-types.ts";
import { MERGE_PATCH_TYPE } from "../schemas/reference.ts";
import type { MergePatch } from "../schemas/user.ts";

/** Is this a merge patch, where null takes back? */
export const isMergePatch = (headers: { readonly "content-type"?: string | undefined }): boolean =>
  headers["content-type"]?.trim().toLowerCase().startsWith(MERGE_PATCH_TYPE) ?? false;

/**
 * What a request asks for. In a merge patch null takes back: a field of the policy is inherited again. In
 * plain JSON null is a value, which the user then has whatever the group says.
 */
export function changeOf(patch: MergePatch, merge: boolean): UserChange {
  const { inherit, ...settings } = patch;
  const back = inherit ?? [];
  if (!merge) return { ...settings, ...(back.length === 0 ? {} : { inherit: back }) } as UserChange;
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
    ...(asked === undefined ? {} : asked === null ? { labels: {} } : { mergeLabels: asked }),
    ...(all.length === 0 ? {} : { inherit: all }),
  };
}
