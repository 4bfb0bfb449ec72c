import type { GroupField } from "./group-policy.ts";
import type { UserPolicy } from "./user-policy.ts";

/** How many sessions a user may have at once, and what says so. */
export interface SessionLimit {
  /** Null: any number. */
  readonly sessions: number | null;
  /** The user's own setting, the group's, the static address (which serves one), or users.max_sessions. */
  readonly from: "user" | "group" | "static-address" | "configuration";
}

/** Who is asked about, and what the group decided of that. */
interface Limited extends Pick<UserPolicy, "maxSessions" | "staticAddress"> {
  readonly fromGroup: readonly GroupField[];
}

/** `most`: users.max_sessions, for a user for whom no number was set; 0: any number. */
export function sessionLimit({ maxSessions, staticAddress, fromGroup }: Limited, most: number): SessionLimit {
  if (staticAddress !== null) return { sessions: 1, from: "static-address" };
  if (maxSessions !== null)
    return { sessions: maxSessions, from: fromGroup.includes("maxSessions") ? "group" : "user" };
  return { sessions: most === 0 ? null : most, from: "configuration" };
}
