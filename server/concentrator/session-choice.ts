import { nameKey } from "../names/user-name.ts";
import type { LiveSession } from "./calls/live-session.ts";

/** Which sessions an administrator means; what is said must all be so. At least one thing is. */
export interface SessionChoice {
  /** A user by name, in whatever spelling, or by ID. */
  readonly user?: string;
  readonly userId?: string;
  /** Where the client dialled from, or its address inside the tunnel. */
  readonly address?: string;
  /** The name of the user's group as it is now, in whatever spelling. */
  readonly group?: string;
  /** Every session. */
  readonly all?: true;
}

/** A session that may be meant. */
type Candidate = Pick<LiveSession, "user" | "userId" | "clientAddress" | "assignedAddress"> & {
  readonly group: string | undefined;
};

/** Is that one of them? Where nothing is said, none is. */
export function chooses(choice: SessionChoice): (session: Candidate) => boolean {
  const { user, userId, address, group, all } = choice;
  const [userKey, groupKey] = [keyOf(user), keyOf(group)];
  const said = [user, userId, address, group, all].some((one) => one !== undefined);
  return (session) =>
    said &&
    (userKey === undefined || nameKey(session.user) === userKey) &&
    (userId === undefined || session.userId === userId) &&
    (address === undefined || session.clientAddress === address || session.assignedAddress === address) &&
    (groupKey === undefined || keyOf(session.group) === groupKey);
}

const keyOf = (name: string | undefined) => (name === undefined ? undefined : nameKey(name));
