import { ntPasswordHash } from "../../server/crypto/nt-password-hash.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { checkPolicy } from "../../server/policy/check-policy.ts";
import { UNRESTRICTED } from "../../server/policy/user-policy.ts";
import type { Page, Paged, User, UserRepository } from "../../server/store/store-types.ts";
import { checkName, checkPassword } from "../../server/store/user-rules.ts";

/** Time of every record that the fake store writes. */
export const FAKE_TIME = "2026-03-01T10:00:00.000Z";

/** Users in memory. Each call asks `check` first, which may throw. `passwords` are by user name in lower case. */
export function fakeUsers(passwords: Map<string, string>, check: () => void): UserRepository {
  const users = new Map<string, User>();
  let ids = 0;

  const key = (name: string) => name.toLowerCase();
  const existing = (name: string): User => {
    check();
    const user = users.get(key(name));
    if (user === undefined) throw new AppError("user-not-found", `There is no user ${JSON.stringify(name)}.`);
    return user;
  };
  /** Refuses what the database would; both ends of a user's time are known only here. */
  const keep = (user: User): User => {
    const { staticAddress } = checkPolicy(user);
    const other = [...users.values()].find(
      (one) => one.staticAddress === staticAddress && key(one.name) !== key(user.name),
    );
    if (typeof staticAddress === "string" && other !== undefined)
      throw new AppError("address-taken", `${staticAddress} belongs to another user.`);
    users.set(key(user.name), user);
    return user;
  };

  return {
    async create({ name, password, recoverablePassword = false, ...policy }) {
      check();
      checkName(name);
      checkPassword(password);
      if (users.has(key(name))) throw new AppError("user-exists", `There is a user ${name} already.`);
      const user = keep({
        ...UNRESTRICTED,
        ...checkPolicy(policy),
        id: `u${ids + 1}`,
        name,
        recoverablePassword,
        passwordChangedAt: FAKE_TIME,
        createdAt: FAKE_TIME,
        updatedAt: FAKE_TIME,
      });
      ids += 1;
      passwords.set(key(name), password);
      return user;
    },
    async find(name) {
      check();
      return users.get(key(name));
    },
    async list(page) {
      check();
      return paged([...users.values()], page);
    },
    async update(name, { recoverablePassword, ...policy }) {
      const user = existing(name);
      return keep({
        ...user,
        ...checkPolicy(policy),
        ...(recoverablePassword === undefined ? {} : { recoverablePassword }),
      });
    },
    async setPassword(name, { password, recoverablePassword, ...policy }) {
      checkPassword(password);
      const { passwordExpiresAt } = checkPolicy(policy);
      const user = existing(name);
      passwords.set(key(name), password);
      return keep({
        ...user,
        ...(passwordExpiresAt === undefined ? {} : { passwordExpiresAt }),
        ...(recoverablePassword === undefined ? {} : { recoverablePassword }),
      });
    },
    async remove(name) {
      const user = existing(name);
      users.delete(key(name));
      return user;
    },
    async count() {
      check();
      return users.size;
    },
    // The concentrator's business, of which there is a fake as well.
    watchStaticAddresses() {},
    async credentials(name) {
      const user = users.get(key(name));
      if (user === undefined) return undefined;
      const password = passwords.get(key(name))!;
      return {
        user,
        ntHashes: [ntPasswordHash(password)],
        password: user.recoverablePassword ? password : undefined,
      };
    },
    async withoutEncryption(limit) {
      const names = [...users.values()]
        .filter((user) => user.encryption === "optional")
        .map((user) => user.name)
        .sort();
      return { names: names.slice(0, limit), total: names.length };
    },
  };
}

/** The cursor of the fake is the position of the next item. */
export function paged<T>(all: readonly T[], { limit, cursor }: Page): Paged<T> {
  const from = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isInteger(from)) throw new AppError("invalid-request", "The cursor is not one of ours.");
  const items = all.slice(from, from + limit);
  return from + limit < all.length ? { items, next: String(from + limit) } : { items };
}
