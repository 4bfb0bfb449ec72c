import type { AttemptRecord, SessionRecord, Store } from "../../server/store/store-types.ts";
import { fakeUsers, paged } from "./fake-users.ts";

export { FAKE_TIME } from "./fake-users.ts";

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

/** Everything is written, and nothing was lost. */
export const NONE_WAITING = { waiting: 0, dropped: { attempts: 0, sessions: 0, traces: 0 } };

export function fakeStore(): FakeStore {
  const hashes = new Map<string, Uint8Array>();
  const passwords = new Map<string, string>();
  const sessionRecords: SessionRecord[] = [];
  const attemptRecords: AttemptRecord[] = [];
  const check = () => {
    if (store.broken !== undefined) throw store.broken;
  };

  const store: FakeStore = {
    passwords,
    sessionRecords,
    attemptRecords,
    broken: undefined,
    users: fakeUsers(passwords, check),
    sessions: {
      async find(id) {
        return sessionRecords.find((record) => record.id === id);
      },
      async hasBeenFrom(userId, clientAddress, since) {
        return sessionRecords.some(
          (record) =>
            record.userId === userId && record.clientAddress === clientAddress && record.connectedAt >= since,
        );
      },
      async list(page) {
        return paged(sessionRecords, page);
      },
    },
    attempts: {
      async find(id) {
        return attemptRecords.find((record) => record.id === id);
      },
      async list({ user, userId, address, ...page }) {
        const fits = attemptRecords.filter(
          (record) =>
            (user === undefined || record.user === user) &&
            (userId === undefined || record.userId === userId) &&
            (address === undefined || record.clientAddress === address),
        );
        return paged(fits, page);
      },
    },
    records: {
      begin() {},
      update() {},
      open() {},
      progress() {},
      close() {},
      async settled() {},
      async drain() {
        return NONE_WAITING;
      },
      figures: () => NONE_WAITING,
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
