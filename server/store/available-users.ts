import type { Conditions } from "../conditions/conditions.ts";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import type { Denials } from "./denials.ts";
import { waitingForLock } from "./lock-wait.ts";
import type { Outcome, User, UserRef, UserWrite, WritableUsers, Write, WriteReport } from "./store-types.ts";
import { isStoreUnavailable } from "./store-unavailable.ts";
import { singleWrites } from "./writes/single-writes.ts";

/** What the users of a database need so that they can be had while the database cannot. */
export interface AvailabilityParts {
  readonly users: WritableUsers;
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
}: AvailabilityParts): WritableUsers {
  const seen = (user: User): User => (denials.has(user.id) ? { ...user, enabled: false } : user);

  const seenIn = (outcome: Outcome): Outcome =>
    outcome.kind === "user" && outcome.did !== "refused" && outcome.after !== undefined
      ? { ...outcome, after: seen(outcome.after) }
      : outcome;

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

  /** Who was disabled or removed while the database took nothing has been written about again. */
  function lift(writes: readonly Write[], { outcomes, stored }: WriteReport): void {
    if (!stored || denials.size === 0) return;
    for (const [i, outcome] of outcomes.entries())
      if (outcome.kind === "user" && outcome.did !== "refused" && saysEnabled(writes[i]))
        denials.lift((outcome.after ?? outcome.before)!.id);
  }

  const writeAll: WritableUsers["write"] = async (writes, terms) => {
    const [only] = writes;
    const alone = writes.length === 1 && only?.kind === "user" && !terms.dryRun ? only : undefined;
    if (denials.size > 0 && alone?.do === "update" && alone.change.enabled === true) {
      const user = await read(() => users.find(alone.ref));
      if (user !== undefined) denials.lift(user.id);
    }
    try {
      const report = await write(() => users.write(writes, terms));
      lift(writes, report);
      return denials.size === 0 ? report : { ...report, outcomes: report.outcomes.map(seenIn) };
    } catch (error) {
      if (alone === undefined || !denies(alone)) throw error;
      return deny(alone.ref, alone.do === "remove", error);
    }
  };

  return {
    write: writeAll,
    ...singleWrites(writeAll),
    find: async (name) => {
      const user = await read(() => users.find(name));
      return user && seen(user);
    },
    some: async (ids) => (await read(() => users.some(ids))).map(seen),
    list: async (page) => {
      const { items, ...rest } = await read(() => users.list(page));
      return { ...rest, items: items.map(seen) };
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

/** Does this decide anew whether the user may log in? Undefined: the removal of whom no write names. */
const saysEnabled = (write: Write | undefined): boolean =>
  write === undefined ||
  write.do === "remove" ||
  write.do === "put" ||
  (write.do === "update" && write.change.enabled !== undefined);

/** Is this to keep somebody out? */
const denies = (write: UserWrite): write is UserWrite & { readonly do: "update" | "remove" } =>
  write.do === "remove" || (write.do === "update" && write.change.enabled === false);
