import { AppError } from "../../server/errors/app-error.ts";
import { checkPolicy } from "../../server/policy/check-policy.ts";
import { UNRESTRICTED } from "../../server/policy/user-policy.ts";
import type {
  AttemptRecord,
  NewPassword,
  NewUser,
  Page,
  Paged,
  SessionRecord,
  Store,
  User,
  UserChange,
} from "../../server/store/store-types.ts";
import { checkName, checkPassword } from "../../server/store/user-rules.ts";

/** Time of every record that the fake store writes. */
export const FAKE_TIME = "2026-03-01T10:00:00.000Z";

/** A store in memory, and windows into it for tests. */
export interface FakeStore extends Store {
  /** Passwords as set, by user name in lower case. */
  readonly passwords: Map<string, string>;
  readonly sessionRecords: SessionRecord[];
  /** Newest first, as the store lists them. */
  readonly attemptRecords: AttemptRecord[];
  /** While set, every call throws it. */
  broken: Error | undefined;
}

export function fakeStore(): FakeStore {
  const users = new Map<string, User>();
  const hashes = new Map<string, Uint8Array>();
  const passwords = new Map<string, string>();
  const sessionRecords: SessionRecord[] = [];
  const attemptRecords: AttemptRecord[] = [];
  let ids = 0;

  const key = (name: string) => name.toLowerCase();
  const check = () => {
    if (store.broken !== undefined) throw store.broken;
  };
  const existing = (name: string): User => {
    check();
    const user = users.get(key(name));
    if (user === undefined) throw new AppError("user-not-found", `There is no user ${JSON.stringify(name)}.`);
    return user;
  };
  const checkFree = (address: string | null | undefined, name: string) => {
    const taken = [...users.values()].some(
      (user) => user.staticAddress === address && key(user.name) !== key(name),
    );
    if (typeof address === "string" && taken) {
      throw new AppError("address-taken", `${address} belongs to another user.`);
    }
  };
  const keep = (user: User): User => {
    users.set(key(user.name), user);
    return user;
  };

  const store: FakeStore = {
    passwords,
    sessionRecords,
    attemptRecords,
    broken: undefined,
    users: {
      async create({ name, password, recoverablePassword = false, ...policy }: NewUser) {
        check();
        checkName(name);
        checkPassword(password);
        const checked = checkPolicy(policy);
        if (users.has(key(name))) throw new AppError("user-exists", `There is a user ${name} already.`);
        checkFree(checked.staticAddress, name);
        passwords.set(key(name), password);
        ids += 1;
        return keep({
          ...UNRESTRICTED,
          ...checked,
          id: `u${ids}`,
          name,
          recoverablePassword,
          passwordChangedAt: FAKE_TIME,
          createdAt: FAKE_TIME,
          updatedAt: FAKE_TIME,
        });
      },
      async find(name) {
        check();
        return users.get(key(name));
      },
      async list(page) {
        check();
        return paged([...users.values()], page);
      },
      async update(name, { recoverablePassword, ...change }: UserChange) {
        const user = existing(name);
        const checked = checkPolicy(change);
        checkFree(checked.staticAddress, name);
        return keep({
          ...user,
          ...checked,
          ...(recoverablePassword === undefined ? {} : { recoverablePassword }),
        });
      },
      async setPassword(name, { password, ...change }: NewPassword) {
        checkPassword(password);
        const user = existing(name);
        passwords.set(key(name), password);
        return keep({ ...user, ...change });
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
      async staticAddresses() {
        return [...users.values()].flatMap((user) => user.staticAddress ?? []);
      },
      async credentials(name) {
        const user = users.get(key(name));
        return user === undefined ? undefined : { user, ntHashes: [new Uint8Array(16)], password: undefined };
      },
      async withoutEncryption(limit) {
        const names = [...users.values()]
          .filter((user) => user.encryption === "optional")
          .map(({ name }) => name);
        return { names: names.slice(0, limit), total: names.length };
      },
    },
    sessions: {
      async open() {},
      async progress() {},
      async close() {},
      async find(id) {
        return sessionRecords.find((record) => record.id === id);
      },
      async list(page) {
        return paged(sessionRecords, page);
      },
    },
    attempts: {
      async begin() {},
      async update() {},
      async find(id) {
        return attemptRecords.find((record) => record.id === id);
      },
      async list({ user, address, ...page }) {
        const fits = attemptRecords.filter(
          (record) =>
            (user === undefined || record.user === user) &&
            (address === undefined || record.clientAddress === address),
        );
        return paged(fits, page);
      },
    },
    tokens: {
      async put(name, hash) {
        hashes.set(name, hash);
      },
      async hashes() {
        return [...hashes.values()];
      },
    },
    async recover() {
      return { sessions: 0, attempts: 0 };
    },
    async ping() {
      check();
    },
    async close() {},
  };
  return store;
}

/** The cursor of the fake is the position of the next item. */
function paged<T>(all: readonly T[], { limit, cursor }: Page): Paged<T> {
  const from = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isInteger(from)) throw new AppError("invalid-request", "The cursor is not one of ours.");
  const items = all.slice(from, from + limit);
  return from + limit < all.length ? { items, next: String(from + limit) } : { items };
}
