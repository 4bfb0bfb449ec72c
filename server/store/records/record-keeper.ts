import type { Conditions } from "../../conditions/conditions.ts";
import { AppError } from "../../errors/app-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import { nextTurn } from "../../platform/next-turn.ts";
import { type Millis, millis } from "../../wire/units.ts";
import type { Db } from "../database.ts";
import type { Denial, Denials } from "../denials.ts";
import type { Records, WaitingFigures } from "../store-types.ts";
import { isLocked, isStoreUnavailable } from "../store-unavailable.ts";
import { type AttemptKind, kindOf, pruneKind } from "./folding.ts";
import {
  FIRST_RETRY,
  LAST_RETRY,
  LOCK_NOTICED_AFTER,
  LOST_NAMED,
  MAX_ATTEMPTS_AT_ONCE,
  MAX_PRUNE_BATCH,
  MAX_SESSIONS_AT_ONCE,
  MAX_WAITING,
  MAX_WAITING_OCTETS,
} from "./limits.ts";
import type { WaitingAttempts } from "./waiting-attempts.ts";
import type { WaitingSessions } from "./waiting-sessions.ts";
import { type RecordBatch, writeRecords } from "./write-records.ts";

/** What the keeper works with. */
export interface KeeperParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  readonly attempts: WaitingAttempts;
  readonly sessions: WaitingSessions;
  readonly denials: Denials;
  /** How many ended dials stay of each kind. */
  readonly keep: number;
  /** Throws store-unavailable where what is written would be lost. */
  readonly checkFile: () => void;
  /** pacd ends: what is written from now on is not lost. */
  readonly leave: () => void;
  /** Disables or removes a user in the database. */
  readonly deny: (denial: Denial) => Promise<unknown>;
}

/**
 * Takes records at any time and writes what came in one turn of the event loop in one transaction. Where the
 * database takes none, they wait in memory and are written whole when it does again: in order, with their own
 * times, and bounded; what had to be given up is counted. Nobody waits for a write.
 */
export class RecordKeeper implements Records {
  readonly #parts: KeeperParts;
  readonly #dropped = { attempts: 0, sessions: 0, traces: 0 };
  /** Since it was last pruned. */
  readonly #ended: Record<AttemptKind, number> = { up: 0, "refused-known": 0, "refused-unknown": 0 };
  readonly #pruneBatch: number;
  #writing: Promise<boolean> | undefined;
  #cancel: (() => void) | undefined;
  #retry = FIRST_RETRY;
  /** Why the last write failed, and since when none has succeeded; undefined: it did not. */
  #failing: { readonly why: string; readonly since: Millis } | undefined;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#pruneBatch = Math.min(MAX_PRUNE_BATCH, Math.ceil(parts.keep / 10));
  }

  begin(attempt: Parameters<Records["begin"]>[0]): void {
    this.#parts.attempts.begin(attempt);
    this.#changed();
  }

  update(id: string, change: Parameters<Records["update"]>[1]): void {
    this.#parts.attempts.update(id, change);
    this.#changed();
  }

  open(session: Parameters<Records["open"]>[0]): void {
    this.#parts.sessions.open(session);
    this.#changed();
  }

  progress(counters: Parameters<Records["progress"]>[0]): void {
    for (const one of counters) this.#parts.sessions.progress(one);
    this.#changed();
  }

  close(id: string, end: Parameters<Records["close"]>[1]): void {
    this.#parts.sessions.close(id, end);
    this.#changed();
  }

  /** A denial was added. */
  denied(): void {
    this.#changed();
  }

  async settled(): Promise<void> {
    while (this.#waiting > 0 && (await this.#write())) {
      if (this.#waiting > 0) await nextTurn();
    }
  }

  async drain(within: Millis): Promise<WaitingFigures> {
    const { clock, leave } = this.#parts;
    const until = clock.now() + within;
    leave();
    for (;;) {
      await this.settled();
      if (this.#waiting === 0 || clock.now() >= until) break;
      await new Promise<void>((resolve) => clock.after(this.#retry, resolve));
    }
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#waiting > 0) this.#tellLoss();
    return this.figures();
  }

  figures(): WaitingFigures {
    return { waiting: this.#waiting, dropped: { ...this.#dropped } };
  }

  get #waiting(): number {
    const { attempts, sessions, denials } = this.#parts;
    return attempts.dirty + sessions.dirty + denials.size;
  }

  #changed(): void {
    this.#bound();
    // While writes fail, the next try has its time already.
    if (this.#cancel === undefined) this.#writeAfter(millis(0));
  }

  #writeAfter(delay: Millis): void {
    this.#cancel = this.#parts.clock.after(delay, () => {
      this.#cancel = undefined;
      void this.#write().then(() => {
        if (this.#waiting === 0 || this.#cancel !== undefined) return;
        this.#writeAfter(this.#failing === undefined ? millis(0) : this.#retry);
        if (this.#failing !== undefined) this.#retry = millis(Math.min(2 * this.#retry, LAST_RETRY));
      });
    });
  }

  /** Writes one batch. False: the database takes none now. */
  #write(): Promise<boolean> {
    this.#writing ??= this.#writeBatch().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeBatch(): Promise<boolean> {
    const { attempts, sessions, clock } = this.#parts;
    const batch: RecordBatch = {
      attempts: attempts.unwritten(MAX_ATTEMPTS_AT_ONCE),
      sessions: sessions.unwritten(MAX_SESSIONS_AT_ONCE),
      at: clock.date().toISOString(),
    };
    const error = (await this.#tryToWrite(batch)) ?? (await this.#writeDenials());
    if (error === undefined) this.#works();
    else if (isStoreUnavailable(error)) this.#fails(error.message, isLocked(error));
    else await this.#writeOneByOne(batch);
    if (error === undefined) await this.#prune();
    return !isStoreUnavailable(error);
  }

  /** Undefined: written. */
  async #tryToWrite(batch: RecordBatch): Promise<unknown> {
    const { db, attempts, sessions, checkFile } = this.#parts;
    const versions = [...batch.attempts, ...batch.sessions].map(({ version }) => version);
    try {
      checkFile();
      await writeRecords(db, batch);
    } catch (error) {
      return error;
    }
    for (const [index, attempt] of batch.attempts.entries()) {
      attempts.written(attempt, versions[index]!);
      if (attempt.record.endedAt !== null) this.#ended[kindOf(attempt.record)]++;
    }
    for (const [index, session] of batch.sessions.entries())
      sessions.written(session, versions[batch.attempts.length + index]!);
    return undefined;
  }

  /** What an administrator decided while the database took no writes. Undefined: the database knows. */
  async #writeDenials(): Promise<unknown> {
    const { denials, deny, log } = this.#parts;
    for (const denial of denials.all()) {
      try {
        await deny(denial);
      } catch (error) {
        if (isStoreUnavailable(error)) return error;
        // Somebody removed the user meanwhile; or it is a mistake of ours, and trying again will not mend it.
        if (!(error instanceof AppError))
          log.error({ err: error, ...denial }, "A user could not be disabled or removed");
      }
      denials.written(denial);
    }
    return undefined;
  }

  /** One of them cannot be written on any disk, by a mistake of ours. The others must not wait for it. */
  async #writeOneByOne({ attempts, sessions, at }: RecordBatch): Promise<void> {
    const nothing = { attempts: [], sessions: [], at };
    for (const attempt of attempts) {
      const error = await this.#tryToWrite({ ...nothing, attempts: [attempt] });
      if (error === undefined || isStoreUnavailable(error)) continue;
      this.#parts.attempts.remove(attempt);
      this.#dropped.attempts++;
      this.#parts.log.error(
        { err: error, attempt: attempt.record.id },
        "A record is lost by a mistake of pacd",
      );
    }
    for (const session of sessions) {
      const error = await this.#tryToWrite({ ...nothing, sessions: [session] });
      if (error === undefined || isStoreUnavailable(error)) continue;
      this.#parts.sessions.remove(session);
      this.#dropped.sessions++;
      this.#parts.log.error(
        { err: error, session: session.record.id },
        "A record is lost by a mistake of pacd",
      );
    }
  }

  #works(): void {
    const { conditions } = this.#parts;
    this.#failing = undefined;
    this.#retry = FIRST_RETRY;
    conditions.clear("records-waiting");
    if (this.#waiting === 0) conditions.clear("records-dropped");
  }

  #fails(why: string, locked: boolean): void {
    const { clock, conditions, denials } = this.#parts;
    const since = this.#failing?.since ?? clock.now();
    this.#failing = { why, since };
    if (locked && clock.now() - since < LOCK_NOTICED_AFTER) return;
    const users = denials.size === 0 ? "" : `, ${denials.size} users who were disabled or removed among them`;
    conditions.raise(
      "records-waiting",
      `${why} Until then ${this.#waiting} records wait in memory${users}, and are lost if pacd is killed.`,
    );
  }

  /** Gives up what is too much. */
  #bound(): void {
    const { attempts, sessions, conditions } = this.#parts;
    const before = this.#lost;
    while (
      attempts.ended + sessions.ended > MAX_WAITING ||
      attempts.octets + sessions.octets > MAX_WAITING_OCTETS
    ) {
      if (attempts.drop()) this.#dropped.attempts++;
      else if (attempts.dropTrace()) this.#dropped.traces++;
      else if (sessions.drop()) this.#dropped.sessions++;
      else break;
    }
    if (this.#lost === before) return;
    const { attempts: dials, sessions: accounts, traces } = this.#dropped;
    conditions.raise(
      "records-dropped",
      `So much waited for the database that records were given up: ${dials} of dials, ${accounts} of sessions, ${traces} traces since pacd started. The condition records-waiting says what the database lacks.`,
    );
  }

  get #lost(): number {
    return this.#dropped.attempts + this.#dropped.sessions + this.#dropped.traces;
  }

  async #prune(): Promise<void> {
    const { db, keep, log } = this.#parts;
    for (const room of Object.keys(this.#ended) as AttemptKind[]) {
      if (this.#ended[room] < this.#pruneBatch) continue;
      this.#ended[room] = 0;
      // What is not forgotten now is forgotten with the next ones.
      await pruneKind(db, room, keep).catch((error: unknown) => {
        if (!isStoreUnavailable(error)) log.error({ err: error, room }, "Old dials could not be forgotten");
      });
    }
  }

  /** At the end of pacd, what it could not write: sessions one by one, as somebody accounts for them. */
  #tellLoss(): void {
    const { attempts, sessions, denials, log } = this.#parts;
    for (const { record } of sessions.unwritten(LOST_NAMED))
      log.error({ session: record }, "This session is not on record");
    const why = this.#failing?.why ?? "";
    const lost = { attempts: attempts.dirty, sessions: sessions.dirty, users: denials.size };
    log.error(lost, `pacd ends with records that could not be written. ${why}`);
    for (const { userId, removed } of denials.all().slice(0, LOST_NAMED))
      log.error(
        { userId, removed },
        "This user was disabled or removed for the running pacd only: do it again",
      );
  }
}
