import { historyKey } from "../name-keys.ts";
import type { AttemptChange, AttemptRecord, TraceEntry } from "../store-types.ts";
import { LAST_TIMES, RECORD_OCTETS } from "./limits.ts";

/** A dial as it stands in memory: from its beginning until its end is written. */
export interface WaitingAttempt {
  /** Its place in the order of dials. */
  readonly seq: number;
  record: Omit<AttemptRecord, "trace">;
  /** By which spellings of one name are found and folded together; null: there is no name. */
  userKey: string | null;
  /** JSON; undefined: written, or there is none. */
  trace: string | undefined;
  /** Has the database a row of it? */
  stored: boolean;
  /** Has it changed since it was written? */
  dirty: boolean;
  /** Goes up with each change. */
  version: number;
}

/** Did the dial end without ever having come up? Such ones fold. */
export const isRefused = ({ endedAt, sessionId }: Pick<AttemptRecord, "endedAt" | "sessionId">): boolean =>
  endedAt !== null && sessionId === null;

/**
 * Which refused dials are told as one: of one user, address and verdict. Of one name as well, since nobody's
 * is found with a user's where only white space at an end differs, and is of a kind of its own.
 */
const foldingKey = ({ userKey, record: { userId, clientAddress, verdict } }: WaitingAttempt): string =>
  JSON.stringify([userKey, userId, clientAddress, verdict]);

/** The last times of two refused dials that become one, newest first; `newer` and `older` likewise. */
export const lastTimesOf = (newer: readonly string[], older: readonly string[]): readonly string[] =>
  [...newer, ...older].slice(0, LAST_TIMES);

/** The earlier of two times; a wall clock may have been set back between them. */
export const earlierOf = (a: string, b: string): string => (a < b ? a : b);

/**
 * Dials whose end has not been written yet. In memory alone, and bounded by who calls `drop` and
 * `dropTraces`; refused dials of one user, address and verdict fold here as they do in the database.
 */
export class WaitingAttempts {
  /** In the order in which they began. */
  readonly #byId = new Map<string, WaitingAttempt>();
  readonly #dirty = new Set<WaitingAttempt>();
  /** Those that ended and are not written, oldest first: refused, by what they fold by, and others. */
  readonly #refused = new Map<string, WaitingAttempt>();
  readonly #ended = new Set<WaitingAttempt>();
  #octets = 0;
  #nextSeq: number;

  /** `lastSeq`: the highest place in the database. */
  constructor(lastSeq: number) {
    this.#nextSeq = lastSeq + 1;
  }

  get dirty(): number {
    return this.#dirty.size;
  }

  /** Of these, how many have ended. */
  get ended(): number {
    return this.#refused.size + this.#ended.size;
  }

  get octets(): number {
    return this.#octets + this.#dirty.size * RECORD_OCTETS;
  }

  begin({ id, startedAt, clientAddress }: Pick<AttemptRecord, "id" | "startedAt" | "clientAddress">): void {
    const record = {
      id,
      startedAt,
      endedAt: null,
      clientAddress,
      user: null,
      userId: null,
      sessionId: null,
      verdict: "in-progress",
      evidence: "",
      setupMs: null,
      count: 1,
      firstAt: startedAt,
      lastTimes: [startedAt],
    };
    const attempt: WaitingAttempt = {
      seq: this.#nextSeq++,
      record,
      userKey: null,
      trace: "[]",
      stored: false,
      dirty: false,
      version: 0,
    };
    this.#octets += 2;
    this.#byId.set(id, attempt);
    this.#touch(attempt);
  }

  /** Sets what is given. Changes nothing for an attempt that is unknown or whose end is written. */
  update(id: string, { trace, ...change }: AttemptChange): void {
    const attempt = this.#byId.get(id);
    if (attempt === undefined) return;
    attempt.record = { ...attempt.record, ...change };
    if (change.user !== undefined) attempt.userKey = change.user === null ? null : historyKey(change.user);
    if (trace !== undefined) this.#setTrace(attempt, JSON.stringify(trace));
    this.#touch(attempt);
    if (attempt.record.endedAt !== null) this.#hasEnded(attempt);
  }

  find(id: string): WaitingAttempt | undefined {
    return this.#byId.get(id);
  }

  /** Those that are not written, oldest first; `most` of them. */
  unwritten(most = Number.POSITIVE_INFINITY): readonly WaitingAttempt[] {
    return this.#dirty.size <= most ? [...this.#dirty] : [...this.#dirty].slice(0, most);
  }

  /** The database has it as it was at `version`. */
  written(attempt: WaitingAttempt, version: number): void {
    attempt.stored = true;
    if (attempt.version !== version) return;
    attempt.dirty = false;
    this.#dirty.delete(attempt);
    this.#setTrace(attempt, undefined);
    if (attempt.record.endedAt !== null) this.#forget(attempt);
  }

  /**
   * Gives up what has ended and never reached the database: refused dials first, oldest first. False: there
   * is none.
   */
  drop(): boolean {
    for (const ended of [this.#refused.values(), this.#ended])
      for (const attempt of ended) {
        if (attempt.stored) continue;
        this.remove(attempt);
        return true;
      }
    return false;
  }

  /** Gives up the oldest trace. False: there is none. */
  dropTrace(): boolean {
    for (const attempt of this.#dirty) {
      if (attempt.trace === undefined || attempt.trace === NO_TRACE) continue;
      this.#setTrace(attempt, NO_TRACE);
      return true;
    }
    return false;
  }

  /** Gives up one that the database will never take. */
  remove(attempt: WaitingAttempt): void {
    this.#dirty.delete(attempt);
    this.#setTrace(attempt, undefined);
    this.#forget(attempt);
  }

  #touch(attempt: WaitingAttempt): void {
    attempt.version++;
    attempt.dirty = true;
    this.#dirty.add(attempt);
  }

  #setTrace(attempt: WaitingAttempt, trace: string | undefined): void {
    this.#octets += (trace?.length ?? 0) - (attempt.trace?.length ?? 0);
    attempt.trace = trace;
  }

  #hasEnded(attempt: WaitingAttempt): void {
    if (!isRefused(attempt.record)) {
      this.#ended.add(attempt);
      return;
    }
    const key = foldingKey(attempt);
    const before = this.#refused.get(key);
    // What has a row already is folded in the database, which removes that row.
    if (before !== undefined && before !== attempt && !before.stored) this.#fold(attempt, before);
    // Two rows of one key: the older one waits among those that do not fold here.
    else if (before !== undefined && before !== attempt) this.#ended.add(before);
    this.#refused.delete(key);
    this.#refused.set(key, attempt);
  }

  #fold(attempt: WaitingAttempt, before: WaitingAttempt): void {
    const { record } = attempt;
    attempt.record = {
      ...record,
      count: record.count + before.record.count,
      firstAt: earlierOf(record.firstAt, before.record.firstAt),
      lastTimes: lastTimesOf(record.lastTimes, before.record.lastTimes),
    };
    this.remove(before);
  }

  #forget(attempt: WaitingAttempt): void {
    this.#byId.delete(attempt.record.id);
    this.#ended.delete(attempt);
    const key = foldingKey(attempt);
    if (this.#refused.get(key) === attempt) this.#refused.delete(key);
  }
}

const NO_TRACE = JSON.stringify([
  {
    at: 0,
    from: "pacd",
    layer: "pacd",
    text: "The trace was given up: too much waited for the database",
  } satisfies TraceEntry,
]);
