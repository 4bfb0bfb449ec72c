import type { LiveSession } from "../../server/concentrator/calls/live-session.ts";
import type { User } from "../../server/store/store-types.ts";

/**
 * What is to be said of a static address that was just set: somebody else may have got it from a pool before.
 * That session keeps it until it ends, and until then the user's dials are refused.
 */
export function addressNotes(
  { id, staticAddress }: Pick<User, "id" | "staticAddress">,
  sessions: () => readonly LiveSession[],
): readonly string[] {
  if (staticAddress === null) return [];
  const held = sessions().filter((one) => one.assignedAddress === staticAddress && one.userId !== id);
  return held.map(({ user }) => `${staticAddress} is held now by ${user}, until that session ends.`);
}
