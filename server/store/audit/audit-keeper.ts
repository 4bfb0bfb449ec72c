import { randomUUID } from "node:crypto";
import type { Conditions } from "../../conditions/conditions.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import { nextTurn } from "../../platform/next-turn.ts";
import { type Millis, millis, seconds } from "../../wire/units.ts";
import type { Db } from "../database.ts";
import { isLocked, isStoreUnavailable } from "../store-unavailable.ts";
import { auditRepository } from "./audit-repository.ts";
import type { AuditEntry, AuditLog, AuditRecord, OwnEntry } from "./audit-types.ts";
import { RefusalFolding } from "./folding.ts";
import { difference, shown } from "./shown-values.ts";
import { WaitingRecords } from "./waiting-records.ts";
import { writeAudit } from "./write-audit.ts";

/** Ours: records that wait for a database; with what they hold at most some tens of megabytes. */
export const MAX_WAITING = 10_000;

/** In one statement, so that it holds up the event loop for some milliseconds. */
const AT_ONCE = 100;

/** After a write that failed: the wait doubles from the first of these to the second. */
const FIRST_RETRY: Millis = millis(25);
const LAST_RETRY: Millis = seconds(1);

/** A lock that is held for less is no condition. */
const LOCK_NOTICED_AFTER: Millis = seconds(1);

/** Refusals that are counted in a record are written so often at most. */
const COUNTED_AFTER: Millis = seconds(1);

/** Records that the log tells one by one when pacd ends without having written them. */
const LOST_NAMED = 100;

export interface AuditParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Pick<Logger, "error">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  /** Throws store-unavailable where what is written would be lost. */
  readonly checkFile: () => void;
  /** Settles when what was written has reached the disk. */
  readonly durable: () => Promise<void>;
  /** The highest place in the database. */
  readonly lastSeq: number;
}

/**
 * Takes records at any time, and writes those of one turn of the event loop together. What the database does
 * not take waits in memory, bounded, and is shown as if it were written.
 */
export class AuditKeeper implements AuditLog {
  readonly #parts: AuditParts;
  readonly #waiting: WaitingRecords;
  readonly #folding = new RefusalFolding();
  readonly #listeners = new Set<(record: AuditRecord) => void>();
  readonly find: AuditLog["find"];
  readonly list: AuditLog["list"];
  #dropped = 0;
  #wrote = 0;
  #writing: Promise<boolean> | undefined;
  #cancel: (() => void) | undefined;
  #retry = FIRST_RETRY;
  /** Why the last write failed, and since when none has succeeded; undefined: it did not. */
  #failing: { readonly why: string; readonly since: Millis } | undefined;

  constructor(parts: AuditParts) {
    this.#parts = parts;
    this.#waiting = new WaitingRecords(parts.lastSeq);
    const { find, list } = auditRepository(parts.db, this.#waiting);
    this.find = find;
    this.list = list;
  }

  add(entry: AuditEntry): void {
    const { clock } = this.#parts;
    const at = clock.date().toISOString();
    const place = entry.result === "refused" ? this.#folding.place(entry, clock.now()) : undefined;
    if (place?.into !== undefined) {
      this.#waiting.count(place.into, at);
      this.#writeWithin(COUNTED_AFTER);
    } else {
      const record = recordOf(entry, at);
      const waiting = this.#waiting.add(record);
      place?.counts(waiting);
      this.#writeWithin(millis(0));
      for (const listener of this.#listeners) listener(record);
    }
    this.#bound();
  }

  own({ action, target, before, after, details, result = "done", code }: OwnEntry): void {
    this.add({
      actor: { kind: "pacd", name: "pacd", id: null, role: null },
      from: { address: null, pid: null },
      requestId: null,
      action,
      target,
      before,
      after,
      effects: details,
      result,
      status: null,
      code: code ?? null,
    });
  }

  async settled(): Promise<boolean> {
    if (!(await this.#written())) return false;
    return this.#parts.durable().then(
      () => true,
      () => false,
    );
  }

  async end(): Promise<void> {
    const { log } = this.#parts;
    await this.#written();
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#waiting.size === 0) return;
    for (const { record } of this.#waiting.first(LOST_NAMED))
      log.error({ audit: record }, "This is not in the audit log");
    const why = this.#failing?.why ?? "";
    log.error({ lost: this.#waiting.size }, `pacd ends with audit records that could not be written. ${why}`);
  }

  watch(listener: (record: AuditRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  figures(): { readonly waiting: number; readonly written: number; readonly dropped: number } {
    return { waiting: this.#waiting.size, written: this.#wrote, dropped: this.#dropped };
  }

  async #written(): Promise<boolean> {
    while (this.#waiting.size > 0) {
      if (!(await this.#write())) return false;
      if (this.#waiting.size > 0) await nextTurn();
    }
    return true;
  }

  /** While writes fail, the next try has its time already. */
  #writeWithin(delay: Millis): void {
    if (this.#failing !== undefined && this.#cancel !== undefined) return;
    if (this.#cancel !== undefined && delay > 0) return;
    this.#cancel?.();
    this.#writeAfter(delay);
  }

  #writeAfter(delay: Millis): void {
    this.#cancel = this.#parts.clock.after(delay, () => {
      this.#cancel = undefined;
      void this.#write().then(() => {
        if (this.#waiting.size === 0 || this.#cancel !== undefined) return;
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
    const { db, checkFile, log } = this.#parts;
    const batch = this.#waiting.first(AT_ONCE).map((waiting) => ({ ...waiting, waiting }));
    if (batch.length === 0) return true;
    try {
      checkFile();
      await writeAudit(db, batch);
      for (const { waiting, version } of batch) this.#waiting.written(waiting, version);
      this.#wrote += batch.length;
    } catch (error) {
      if (isStoreUnavailable(error)) {
        this.#fails(error.message, isLocked(error));
        return false;
      }
      log.error({ err: error }, "Audit records could not be written");
      // One of them no disk will ever take, by a mistake of ours: the others must not wait for it.
      for (const { waiting } of batch) this.#waiting.remove(waiting);
      this.#lose(batch.length);
      return false;
    }
    this.#works();
    return true;
  }

  #works(): void {
    this.#failing = undefined;
    this.#retry = FIRST_RETRY;
    this.#parts.conditions.clear("audit-waiting");
    if (this.#waiting.size === 0) this.#parts.conditions.clear("audit-dropped");
  }

  #fails(why: string, locked: boolean): void {
    const { clock, conditions } = this.#parts;
    const since = this.#failing?.since ?? clock.now();
    this.#failing = { why, since };
    if (locked && clock.now() - since < LOCK_NOTICED_AFTER) return;
    conditions.raise(
      "audit-waiting",
      `${why} Until then ${this.#waiting.size} records of the audit log wait in memory, and are lost if pacd is killed.`,
    );
  }

  #bound(): void {
    if (this.#waiting.size <= MAX_WAITING) return;
    this.#waiting.drop();
    this.#lose(1);
  }

  #lose(count: number): void {
    this.#dropped += count;
    this.#parts.conditions.raise(
      "audit-dropped",
      `${this.#dropped} records of the audit log were given up since pacd started, refused requests first: so many waited for the database. The condition audit-waiting says what it lacks.`,
    );
  }
}

function recordOf(entry: AuditEntry, at: string): AuditRecord {
  const { actor, from, requestId, action, target, result, status, code } = entry;
  return {
    id: randomUUID(),
    at,
    lastAt: at,
    count: 1,
    actor,
    from,
    requestId,
    action,
    target: { kind: target.kind, name: target.name ?? null, id: target.id ?? null },
    ...difference(entry.before, entry.after),
    effects: shown(entry.effects),
    result,
    status,
    code,
  };
}
