import type { User } from "../../server/store/store-types.ts";
import { listedUserJson } from "../schemas/user.ts";
import type { Services } from "../services.ts";

/** A user as the audit compares them: without what follows from the rest. */
export function auditedUser(
  user: User | undefined,
  services: Pick<Services, "usersMaxSessions">,
): object | null {
  if (user === undefined) return null;
  const { from: _, sessionLimit: __, ...decided } = listedUserJson(user, services);
  return decided;
}
