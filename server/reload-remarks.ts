import type { Config } from "./config/config-types.ts";
import { weakOptions } from "./config/weak-options.ts";
import { networkClashes } from "./network-clashes.ts";
import { readHostNetworks } from "./platform/host-networks.ts";
import type { UserRepository } from "./store/store-types.ts";

/** Ours: users that a remark names. */
const NAMED = 5;

/** Of users alone a configuration says nothing. */
const NO_USERS = { names: [], total: 0 };

/** Sentences about a configuration that is right and may not be meant so, against what counts now. */
export async function remarks(
  next: Config,
  now: Config,
  users: Pick<UserRepository, "withOtherPool">,
): Promise<readonly string[]> {
  const weakBefore = new Set(weakOptions(now, NO_USERS));
  const clashes = next.tunnel.allowOverlap ? networkClashes(next, readHostNetworks) : [];
  return [
    ...(await withoutPool(next, now, users)),
    ...weakOptions(next, NO_USERS).filter((sentence) => !weakBefore.has(sentence)),
    ...clashes,
  ];
}

/** Only where a pool goes: who has had none before is told by the dials. */
async function withoutPool(
  { pools }: Config,
  now: Config,
  users: Pick<UserRepository, "withOtherPool">,
): Promise<readonly string[]> {
  if ([...now.pools.keys()].every((name) => pools.has(name))) return [];
  const { names, total } = await users.withOtherPool([...pools.keys()], NAMED);
  if (total === 0) return [];
  const more = total > names.length ? ` and ${total - names.length} more` : "";
  const who = total === 1 ? "One user has" : `${total} users have`;
  return [
    `${who} a pool that is not there any more, and the next dial is refused: ${names.join(", ")}${more}. Give them another one: pacctl user set NAME --pool POOL, or --no-pool.`,
  ];
}
