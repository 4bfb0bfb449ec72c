import { sql } from "kysely";
import type { PacdEvent } from "../../events/register.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import { nextTurn } from "../../platform/next-turn.ts";
import { type Millis, millis } from "../../wire/units.ts";
import type { Db } from "../database.ts";
import { FIRST_RETRY, LAST_RETRY } from "../records/limits.ts";
import { isStoreUnavailable } from "../store-unavailable.ts";
import { type EventRow, fits, fitting, rowOf } from "./event-filter.ts";
import type { EventQuery, EventStore, EventsKept, KeptEvent } from "./event-types.ts";
import { EVENTS_AT_ONCE, FORGOTTEN_EVENTS, KEEP_EVENTS, MAX_WAITING_EVENTS } from "./limits.ts";

/** In ms. */
const DAY = 86_400_000;

export interface EventKeeperParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Pick<Logger, "error">;
  /** The highest number in the database. */
  readonly lastId: number;
  /** Throws store-unavailable where what is written would be lost. */
  readonly checkFile: () => void;
}

/**
 * Takes events at any time and writes what came in one turn of the event loop in one transaction. Where the
 * database takes none they wait in memory, bounded: of those that are too many the oldest give way to a row
 * that says how many they were.
 */
export class EventKeeper implements EventStore {
  readonly #parts: EventKeeperParts;
  #waiting: EventRow[] = [];
  /** The first of those that wait are being written. */
  #inFlight = 0;
  #dropped = 0;
  #kept: () => EventsKept = () => ({ keep: KEEP_EVENTS, days: 0 });
  /** Written since it was looked for old ones; at first as many as it takes to look. */
  #written = FORGOTTEN_EVENTS;
  #writing: Promise<boolean> | undefined;
  #cancel: (() => void) | undefined;
  #retry: Millis = FIRST_RETRY;
  #failing = false;

  constructor(parts: EventKeeperParts) {
    this.#parts = parts;
  }

  get lastId(): number {
    return this.#parts.lastId;
  }

  retain(kept: () => EventsKept): void {
    this.#kept = kept;
  }

  add(event: PacdEvent): void {
    this.#waiting.push(rowOf(event));
    if (this.#waiting.length > MAX_WAITING_EVENTS) this.#giveUpOldest();
    // While writes fail, the next try has its time already.
    if (this.#cancel === undefined) this.#writeAfter(millis(0));
  }

  async read(query: EventQuery): Promise<readonly KeptEvent[]> {
    const { after, from, limit } = query;
    const before = [...this.#waiting];
    let select = this.#parts.db
      .selectFrom("events")
      .select(["id", "at", "type", "data"])
      .where("id", ">", after)
      .where((of) => fitting(of, query))
      .orderBy("id")
      .limit(limit);
    if (from !== undefined) select = select.where("at", ">=", from);
    const stored = (await select.execute()) as KeptEvent[];
    // Some of these may have been written meanwhile, and more may have come.
    const waiting = [...before, ...this.#waiting].filter((row) => fits(row, query));
    const byId = new Map([...stored, ...waiting.map(shown)].map((event) => [event.id, event]));
    return [...byId.values()].sort((a, b) => a.id - b.id).slice(0, limit);
  }

  async count({ upTo, ...query }: Parameters<EventStore["count"]>[0]): Promise<number> {
    const filter = { ...query, limit: 1 };
    const waiting = [...this.#waiting];
    // Those that wait may be in the database a moment later.
    const written = waiting[0] === undefined ? upTo : Math.min(upTo, waiting[0].id - 1);
    const { count } = await this.#parts.db
      .selectFrom("events")
      .select((of) => of.fn.countAll<number>().as("count"))
      .where("id", ">", query.after)
      .where("id", "<=", written)
      .where((of) => fitting(of, filter))
      .executeTakeFirstOrThrow();
    return count + waiting.filter((row) => row.id <= upTo && fits(row, filter)).length;
  }

  async reaches(id: number): Promise<boolean> {
    if (this.#waiting.some((row) => row.id <= id)) return true;
    const row = await this.#parts.db
      .selectFrom("events")
      .select("id")
      .where("id", "<=", id)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async settled(): Promise<void> {
    while (this.#waiting.length > 0 && (await this.#write())) {
      if (this.#waiting.length > 0) await nextTurn();
    }
  }

  async end(): Promise<void> {
    await this.settled();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  figures(): { readonly waiting: number; readonly dropped: number } {
    return { waiting: this.#waiting.length, dropped: this.#dropped };
  }

  #giveUpOldest(): void {
    const [first, second] = this.#waiting.slice(this.#inFlight, this.#inFlight + 2);
    const lost = (row: EventRow) =>
      row.type === "gap" ? (JSON.parse(row.data) as { lost: number }).lost : 1;
    const gap = {
      ...NOBODY,
      id: second!.id,
      at: second!.at,
      data: JSON.stringify({ lost: lost(first!) + 1 }),
    };
    this.#waiting.splice(this.#inFlight, 2, gap);
    this.#dropped += first!.type === "gap" ? 1 : 2;
  }

  #writeAfter(delay: Millis): void {
    this.#cancel = this.#parts.clock.after(delay, () => {
      this.#cancel = undefined;
      void this.#write().then(() => {
        if (this.#waiting.length === 0 || this.#cancel !== undefined) return;
        this.#writeAfter(this.#failing ? this.#retry : millis(0));
        if (this.#failing) this.#retry = millis(Math.min(2 * this.#retry, LAST_RETRY));
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
    const { db, log, checkFile } = this.#parts;
    const batch = this.#waiting.slice(0, EVENTS_AT_ONCE);
    if (batch.length === 0) return true;
    this.#inFlight = batch.length;
    try {
      checkFile();
      await insert(db, batch);
    } catch (error) {
      this.#failing = isStoreUnavailable(error);
      if (this.#failing) return false;
      // A mistake of ours: the others must not wait for it.
      log.error({ err: error }, "Events are lost by a mistake of pacd");
      this.#dropped += batch.length;
    } finally {
      this.#inFlight = 0;
    }
    this.#waiting = this.#waiting.slice(batch.length);
    this.#failing = false;
    this.#retry = FIRST_RETRY;
    this.#written += batch.length;
    if (this.#written >= FORGOTTEN_EVENTS) await this.#forget();
    return true;
  }

  async #forget(): Promise<void> {
    const { db, clock, log } = this.#parts;
    const { keep, days } = this.#kept();
    const before = days === 0 ? "" : new Date(clock.date().getTime() - days * DAY).toISOString();
    this.#written = 0;
    try {
      // What is not forgotten now is forgotten with the next ones.
      const { numAffectedRows } = await sql`DELETE FROM events WHERE id IN (SELECT id FROM events
        WHERE id <= coalesce((SELECT id FROM events ORDER BY id DESC LIMIT 1 OFFSET ${keep}), 0) OR at < ${before}
        ORDER BY id LIMIT ${2 * FORGOTTEN_EVENTS})`.execute(db);
      // There are more: the next write goes on.
      if (Number(numAffectedRows) === 2 * FORGOTTEN_EVENTS) this.#written = FORGOTTEN_EVENTS;
    } catch (error) {
      if (!isStoreUnavailable(error)) log.error({ err: error }, "Old events could not be forgotten");
    }
  }
}

const NOBODY = {
  type: "gap",
  userKey: null,
  groupKey: null,
  clientAddress: null,
  assignedAddress: null,
} as const;

const shown = ({ id, at, type, data }: EventRow): KeptEvent => ({ id, at, type, data });

/** Writing the same again changes nothing: an error may come from a transaction that was committed. */
async function insert(db: Db, rows: readonly EventRow[]): Promise<void> {
  await sql`INSERT INTO events (id, at, type, user_key, group_key, client_address, assigned_address, data)
    SELECT value ->> 'id', value ->> 'at', value ->> 'type', value ->> 'userKey', value ->> 'groupKey',
      value ->> 'clientAddress', value ->> 'assignedAddress', value ->> 'data'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (id) DO NOTHING`.execute(db);
}

/** The highest number on record. */
export async function lastEventId(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`SELECT max(id) AS id FROM events`.execute(db);
  return rows[0]?.id ?? 0;
}
