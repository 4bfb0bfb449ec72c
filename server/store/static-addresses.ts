import type { Db } from "./database.ts";
import type { StaticAddressListener, UserRepository } from "./store-types.ts";

/**
 * Which addresses belong to users, enabled or not, in memory: each dial and each look at the status asks, and
 * must not read ten thousand rows for it. Read once, then kept while users come, change and go.
 */
class StaticAddresses {
  /** By user ID. */
  readonly #ofUser = new Map<string, string>();
  readonly #listeners: StaticAddressListener[] = [];

  constructor(users: readonly { readonly id: string; readonly staticAddress: string | null }[]) {
    for (const { id, staticAddress } of users)
      if (staticAddress !== null) this.#ofUser.set(id, staticAddress);
  }

  /** The user's address is this one now; null: none. */
  set(id: string, address: string | null): void {
    const before = this.#ofUser.get(id);
    if (before === (address ?? undefined)) return;
    if (address === null) this.#ofUser.delete(id);
    else this.#ofUser.set(id, address);
    for (const tell of this.#listeners) {
      if (before !== undefined) tell(before, false);
      if (address !== null) tell(address, true);
    }
  }

  watch(listener: StaticAddressListener): void {
    for (const address of this.#ofUser.values()) listener(address, true);
    this.#listeners.push(listener);
  }
}

/** A repository without the watch, as the database alone gives it. */
export type UnwatchedUsers = Omit<UserRepository, "watchStaticAddresses">;

/** The same repository with `watchStaticAddresses`. */
export async function withStaticAddresses(db: Db, users: UnwatchedUsers): Promise<UserRepository> {
  const owners = db
    .selectFrom("users")
    .select(["id", "staticAddress"])
    .where("staticAddress", "is not", null);
  const addresses = new StaticAddresses(await owners.orderBy("staticAddress").execute());
  return {
    ...users,
    async create(user) {
      const created = await users.create(user);
      addresses.set(created.id, created.staticAddress);
      return created;
    },
    async update(user, change) {
      const changed = await users.update(user, change);
      addresses.set(changed.id, changed.staticAddress);
      return changed;
    },
    async remove(user) {
      const removed = await users.remove(user);
      addresses.set(removed.id, null);
      return removed;
    },
    watchStaticAddresses: (listener) => addresses.watch(listener),
  };
}
