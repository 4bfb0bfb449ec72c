import type { UserPolicy } from "./user-policy.ts";

/** How many sessions a user may have at once, and what says so. */
export interface SessionLimit {
  /** Null: any number. */
  readonly sessions: number | null;
  /** The user's own setting, the static address (which serves one session), or users.max_sessions. */
  readonly from: "user" | "static-address" | "configuration";
}

/** `most`: users.max_sessions, for a user for whom no number was set; 0: any number. */
export function sessionLimit(
  { maxSessions, staticAddress }: Pick<UserPolicy, "maxSessions" | "staticAddress">,
  most: number,
): SessionLimit {
  if (staticAddress !== null) return { sessions: 1, from: "static-address" };
  if (maxSessions !== null) return { sessions: maxSessions, from: "user" };
  return { sessions: most === 0 ? null : most, from: "configuration" };
}
