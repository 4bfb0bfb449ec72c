import type { Records, User, UserRepository } from "../../store/store-types.ts";
import { MEMBERS_AT_ONCE } from "./limits.ts";

/** A call of a member. */
interface MemberCall {
  readonly user: User | undefined;
  /** True where the policy no longer allows the call, which begins to end. */
  userChanged(user: User): boolean;
  whenOver(): Promise<void>;
}

/** What a changed group is applied with. */
export interface GroupChangeParts {
  readonly calls: {
    all(): readonly MemberCall[];
    ofUser(userId: string): readonly MemberCall[];
  };
  readonly records: Pick<Records, "settled">;
  readonly usersRevision: { readonly number: number; changed(): void };
  readonly users: Pick<UserRepository, "some">;
  /** Resolves in a later turn of the event loop. */
  readonly turn: () => Promise<void>;
}

/**
 * Applies to every call of a group's members what the store says of them now. Some at a time, so that others
 * dial meanwhile; a user who is changed by hand in between is read again. Returns how many calls that ends,
 * once they are over.
 */
export async function groupChanged(groupId: string, parts: GroupChangeParts): Promise<number> {
  const { calls, usersRevision, turn } = parts;
  usersRevision.changed();
  const members = calls.all().flatMap(({ user }) => (user?.group?.id === groupId ? [user.id] : []));
  const ids = [...new Set(members)];
  const ending: MemberCall[] = [];
  for (let done = 0; done < ids.length; done += MEMBERS_AT_ONCE) {
    if (done > 0) await turn();
    for (const user of await asOfNow(ids.slice(done, done + MEMBERS_AT_ONCE), parts))
      ending.push(...calls.ofUser(user.id).filter((call) => call.userChanged(user)));
  }
  await Promise.all(ending.map((call) => call.whenOver()));
  await parts.records.settled();
  return ending.length;
}

/** What was read before a change that has been applied already would undo it. */
async function asOfNow(
  ids: readonly string[],
  { users, usersRevision }: GroupChangeParts,
): Promise<readonly User[]> {
  for (;;) {
    const { number } = usersRevision;
    const found = await users.some(ids);
    if (usersRevision.number === number) return found;
  }
}
