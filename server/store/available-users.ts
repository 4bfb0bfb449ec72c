import type { Conditions } from "../conditions/conditions.ts";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import type { Denials } from "./denials.ts";
import { waitingForLock } from "./lock-wait.ts";
import type { User, UserRef, UserRepository } from "./store-types.ts";
import { isStoreUnavailable } from "./store-unavailable.ts";

/** What the users of a database need so that they can be had while the database cannot. */
export interface AvailabilityParts {
  readonly users: UserRepository;
  readonly denials: Denials;
  readonly clock: Pick<Clock, "now" | "after">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  /** Throws store-unavailable where what is written would be lost. */
  readonly checkFile: () => void;
  /** Settles when what was written has reached the disk: only then is it acknowledged. */
  readonly durable: () => Promise<void>;
  /** A denial was added and wants to be written. */
  readonly denied: () => void;
}

/**
 * Users, for a database that at times is locked, full or broken. A lock is waited for, without standing
 * still. Whom an administrator disables or removes while nothing can be written is disabled at once for the
 * running server (`not-yet-written`), and in the database as soon as it takes it. What is asked for status
 * alone is answered as it was when it could last be read.
 */
export function availableUsers({
  users,
  denials,
  clock,
  conditions,
  checkFile,
  durable,
  denied,
}: AvailabilityParts): UserRepository {
  const seen = (user: User): User => (denials.has(user.id) ? { ...user, enabled: false } : user);

  async function read<T>(work: () => Promise<T>): Promise<T> {
    try {
      const answer = await waitingForLock(clock, work);
      conditions.clear("users-unreadable");
      return answer;
    } catch (error) {
      if (isStoreUnavailable(error))
        conditions.raise("users-unreadable", `${error.message} Until then nobody can log in.`);
      throw error;
    }
  }

  async function write<T>(work: () => Promise<T>): Promise<T> {
    const answer = await waitingForLock(clock, async () => {
      checkFile();
      return work();
    });
    await durable();
    return answer;
  }

  /** What cannot be read now, as it was the last time. */
  function remembered<A extends unknown[], T>(
    work: (...asked: A) => Promise<T>,
  ): (...asked: A) => Promise<T> {
    let last: { readonly answer: T } | undefined;
    return async (...asked) => {
      try {
        last = { answer: await read(() => work(...asked)) };
      } catch (error) {
        if (last === undefined || !isStoreUnavailable(error)) throw error;
      }
      return last.answer;
    };
  }

  /**
   * For the running server now, for the database when it takes it. Rethrows what is no fault of the database.
   */
  async function deny(ref: UserRef, removed: boolean, error: unknown): Promise<never> {
    if (!isStoreUnavailable(error)) throw error;
    const user = await read(() => users.find(ref));
    if (user === undefined) throw new AppError("user-not-found", "There is no such user.");
    denials.add({ userId: user.id, removed });
    denied();
    const what = removed ? "removed" : "disabled";
    throw new AppError(
      "not-yet-written",
      `${user.name} cannot log in any more, and sessions of that name are disconnected. The database does not know yet that the user is ${what}: pacd writes it as soon as it can, and forgets it if it is stopped before. ${error.message} Then ask again, to be sure.`,
      { name: user.name },
    );
  }

  return {
    create: (user) => write(() => users.create(user)),
    find: async (name) => {
      const user = await read(() => users.find(name));
      return user && seen(user);
    },
    list: async (page) => {
      const { items, ...rest } = await read(() => users.list(page));
      return { ...rest, items: items.map(seen) };
    },
    async update(name, change) {
      if (change.enabled === true && denials.size > 0) {
        const user = await read(() => users.find(name));
        if (user !== undefined) denials.lift(user.id);
      }
      try {
        const user = await write(() => users.update(name, change));
        if (change.enabled === false) denials.lift(user.id);
        return seen(user);
      } catch (error) {
        if (change.enabled !== false) throw error;
        return deny(name, false, error);
      }
    },
    async setPassword(name, change) {
      return seen(await write(() => users.setPassword(name, change)));
    },
    async remove(name) {
      try {
        const user = await write(() => users.remove(name));
        denials.lift(user.id);
        return user;
      } catch (error) {
        return deny(name, true, error);
      }
    },
    count: remembered(() => users.count()),
    watchStaticAddresses: (listener) => users.watchStaticAddresses(listener),
    sharing: (name) => users.sharing(name),
    credentials: async (name) => {
      const secrets = await read(() => users.credentials(name));
      return secrets && { ...secrets, user: seen(secrets.user) };
    },
    withoutEncryption: remembered((limit) => users.withoutEncryption(limit)),
    withOtherPool: (pools, limit) => read(() => users.withOtherPool(pools, limit)),
  };
}
