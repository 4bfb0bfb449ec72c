import type { User, UserRepository } from "../user-types.ts";
import { onlyOutcome } from "./run-writes.ts";
import type { UserWrite, WritableUsers } from "./write-types.ts";

type SingleWrites = Pick<UserRepository, "create" | "update" | "setPassword" | "remove">;

/** The writes that are about one user, out of the one that takes any number. What refuses them is thrown. */
export function singleWrites(write: WritableUsers["write"]): SingleWrites {
  const one = async (single: UserWrite): Promise<User> => {
    const outcome = onlyOutcome(await write([single], { atomic: true, dryRun: false }), "user");
    return (outcome.after ?? outcome.before)!;
  };
  return {
    create: (user) => one({ kind: "user", do: "create", user }),
    update: (ref, change) => one({ kind: "user", do: "update", ref, change }),
    setPassword: (ref, change) => one({ kind: "user", do: "password", ref, change }),
    remove: (ref) => one({ kind: "user", do: "remove", ref }),
  };
}
