import { ntPasswordHash } from "../../server/crypto/nt-password-hash.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { nameKey } from "../../server/names/user-name.ts";
import { checkPolicy } from "../../server/policy/check-policy.ts";
import { UNRESTRICTED } from "../../server/policy/user-policy.ts";
import type { Page, Paged, User, UserRef, UserRepository } from "../../server/store/store-types.ts";
import { checkName, checkPassword } from "../../server/store/user-rules.ts";

/** Time of every record that the fake store writes. */
export const FAKE_TIME = "2026-03-01T10:00:00.000Z";

/**
 * Users in memory. Each call asks `check` first, which may throw. `passwords` are by the key of the user's
 * name.
 */
export function fakeUsers(passwords: Map<string, string>, check: () => void): UserRepository {
  const users = new Map<string, User>();
  let ids = 0;

  const key = nameKey;
  const byRef = (ref: UserRef) =>
    typeof ref === "string" ? users.get(key(ref)) : [...users.values()].find(({ id }) => id === ref.id);
  const existing = (ref: UserRef): User => {
    check();
    const user = byRef(ref);
    if (user === undefined) throw new AppError("user-not-found", `There is no user ${JSON.stringify(ref)}.`);
    return user;
  };
  /** Refuses what the database would; both ends of a user's time are known only here. */
  const keep = (user: User): User => {
    const { staticAddress } = checkPolicy(user);
    const other = [...users.values()].find(
      (one) => one.staticAddress === staticAddress && one.id !== user.id,
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
    async find(ref) {
      check();
      return byRef(ref);
    },
    async list(page) {
      check();
      return paged([...users.values()], page);
    },
    async update(ref, { name, recoverablePassword, ...policy }) {
      const user = existing(ref);
      if (name !== undefined && name !== user.name) {
        checkName(name);
        if (key(name) !== key(user.name) && users.has(key(name)))
          throw new AppError("user-exists", `There is a user ${name} already.`);
        passwords.set(key(name), passwords.get(key(user.name))!);
        users.delete(key(user.name));
      }
      return keep({
        ...user,
        ...(name === undefined ? {} : { name }),
        ...checkPolicy(policy),
        ...(recoverablePassword === undefined ? {} : { recoverablePassword }),
      });
    },
    async setPassword(ref, { password, recoverablePassword, ...policy }) {
      checkPassword(password);
      const { passwordExpiresAt } = checkPolicy(policy);
      const user = existing(ref);
      passwords.set(key(user.name), password);
      return keep({
        ...user,
        ...(passwordExpiresAt === undefined ? {} : { passwordExpiresAt }),
        ...(recoverablePassword === undefined ? {} : { recoverablePassword }),
      });
    },
    async remove(ref) {
      const user = existing(ref);
      users.delete(key(user.name));
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
    sharing: () => undefined,
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
