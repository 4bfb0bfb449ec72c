import type { Db } from "./database.ts";
import type { StaticAddressListener, WritableUsers } from "./store-types.ts";
import { singleWrites } from "./writes/single-writes.ts";

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

/** A repository as the database alone gives it, without the watch; all is written by `write`. */
export type UnwatchedUsers = Omit<
  WritableUsers,
  "watchStaticAddresses" | "create" | "update" | "setPassword" | "remove"
>;

/** The same repository with `watchStaticAddresses`, and the writes of one user. */
export async function withStaticAddresses(db: Db, users: UnwatchedUsers): Promise<WritableUsers> {
  const owners = db
    .selectFrom("users")
    .select(["id", "staticAddress"])
    .where("staticAddress", "is not", null);
  const addresses = new StaticAddresses(await owners.orderBy("staticAddress").execute());
  const write: WritableUsers["write"] = async (writes, terms) => {
    const report = await users.write(writes, terms);
    if (!report.stored) return report;
    const done = report.outcomes.flatMap((one) =>
      one.kind === "user" && one.did !== "refused" && one.did !== "unchanged" ? [one] : [],
    );
    // First what was given up: in a document who gets it may stand before who had it.
    for (const { before, after } of done)
      if (before !== undefined && before.staticAddress !== after?.staticAddress)
        addresses.set(before.id, null);
    for (const { after } of done) if (after !== undefined) addresses.set(after.id, after.staticAddress);
    return report;
  };
  return {
    ...users,
    write,
    ...singleWrites(write),
    watchStaticAddresses: (listener) => addresses.watch(listener),
  };
}
