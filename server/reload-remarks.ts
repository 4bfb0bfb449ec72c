import type { Config } from "./config/config-types.ts";
import { weakOptions } from "./config/weak-options.ts";
import { networkClashes } from "./network-clashes.ts";
import { readHostNetworks } from "./platform/host-networks.ts";
import type { Store } from "./store/store-types.ts";

/** Ours: users that a remark names. */
const NAMED = 5;

/** Of users alone a configuration says nothing. */
const NO_USERS = { names: [], total: 0 };

/** Sentences about a configuration that is right and may not be meant so, against what counts now. */
export async function remarks(
  next: Config,
  now: Config,
  store: Pick<Store, "users" | "groups">,
): Promise<readonly string[]> {
  const weakBefore = new Set(weakOptions(now, NO_USERS));
  const clashes = next.tunnel.allowOverlap ? networkClashes(next, readHostNetworks) : [];
  return [
    ...(await withoutPool(next, now, store)),
    ...weakOptions(next, NO_USERS).filter((sentence) => !weakBefore.has(sentence)),
    ...clashes,
  ];
}

/** Only where a pool goes: who has had none before is told by the dials. */
async function withoutPool(
  { pools }: Config,
  now: Config,
  { users, groups }: Pick<Store, "users" | "groups">,
): Promise<readonly string[]> {
  if ([...now.pools.keys()].every((name) => pools.has(name))) return [];
  const left = [...pools.keys()];
  const naming = await groups.withOtherPool(left);
  return [...usersWithout(await users.withOtherPool(left, NAMED)), ...groupsWithout(naming)];
}

function usersWithout({ names, total }: { readonly names: readonly string[]; readonly total: number }) {
  if (total === 0) return [];
  const more = total > names.length ? ` and ${total - names.length} more` : "";
  const who = total === 1 ? "One user has" : `${total} users have`;
  return [
    `${who} a pool that is not there any more, and the next dial is refused: ${names.join(", ")}${more}. Give them another one: pacctl user set NAME --pool POOL, or --no-pool.`,
  ];
}

function groupsWithout(names: readonly string[]) {
  if (names.length === 0) return [];
  const who = names.length === 1 ? "One group has" : `${names.length} groups have`;
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  return [
    `${who} a pool that is not there any more: ${names.slice(0, NAMED).join(", ")}${more}. Give them another one: pacctl group set NAME --pool POOL, or --no-pool.`,
  ];
}
