import { sql } from "kysely";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import type { Db } from "../database.ts";
import { isStoreUnavailable } from "../store-unavailable.ts";
import {
  KEEP_DELIVERIES,
  MAX_WAITING_DELIVERIES,
  TRIMMED_AFTER,
  WRITTEN_AFTER,
  WRITTEN_AGAIN_AFTER,
} from "./limits.ts";
import { progressOf } from "./webhook-rows.ts";
import type { Delivery, Webhook } from "./webhook-types.ts";

/** In ms. */
const DAY = 86_400_000;

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Pick<Logger, "error">;
  /** Throws store-unavailable where what is written would be lost. */
  readonly checkFile: () => void;
  /** As it is at this moment. */
  readonly get: (id: string) => Webhook | undefined;
}

/**
 * What deliveries change, written together a moment later: the latest state of each web hook that moved, and
 * each delivery. Nobody waits for it.
 */
export class LateWrites {
  readonly #parts: Parts;
  readonly #moved = new Set<string>();
  #deliveries: { readonly webhookId: string; readonly delivery: Delivery }[] = [];
  /** Deliveries written since it was looked for old ones, by web hook. */
  readonly #untrimmed = new Map<string, number>();
  #days = () => 0;
  #cancel: (() => void) | undefined;
  #writing: Promise<boolean> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  retain(days: () => number): void {
    this.#days = days;
  }

  note(webhookId: string, delivery: Delivery | undefined): void {
    this.#moved.add(webhookId);
    if (delivery !== undefined) this.#deliveries.push({ webhookId, delivery });
    if (this.#deliveries.length > MAX_WAITING_DELIVERIES) this.#deliveries.shift();
    this.#cancel ??= this.#parts.clock.after(WRITTEN_AFTER, this.#late);
  }

  /** It is gone, and what waits for it with it. */
  forget(webhookId: string): void {
    this.#moved.delete(webhookId);
    this.#untrimmed.delete(webhookId);
    this.#deliveries = this.#deliveries.filter((one) => one.webhookId !== webhookId);
  }

  /** Resolves when all is written, or the database takes none now; no timer is left then. */
  async settled(): Promise<void> {
    while (this.#moved.size > 0 && (await this.#write()));
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#moved.size > 0) this.#cancel = this.#parts.clock.after(WRITTEN_AGAIN_AFTER, this.#late);
  }

  /** As `settled`, for the last time. */
  async end(): Promise<void> {
    await this.settled();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  readonly #late = (): void => {
    this.#cancel = undefined;
    void this.settled();
  };

  /** False: the database takes none now. */
  #write(): Promise<boolean> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<boolean> {
    const { db, log, checkFile, get } = this.#parts;
    const moved = [...this.#moved].map(get).filter((webhook) => webhook !== undefined);
    const deliveries = this.#deliveries;
    this.#moved.clear();
    this.#deliveries = [];
    try {
      checkFile();
      await db.transaction().execute(async (within) => {
        for (const webhook of moved)
          await within
            .updateTable("webhooks")
            .set({ ...progressOf(webhook), disabledBecause: webhook.disabledBecause })
            .where("id", "=", webhook.id)
            .execute();
        await insert(within, deliveries);
        await this.#trim(within, deliveries);
      });
      return true;
    } catch (error) {
      if (!isStoreUnavailable(error)) {
        // A mistake of ours: the next ones must not wait for it.
        log.error({ err: error }, "What became of deliveries to web hooks could not be written");
        return false;
      }
      for (const { id } of moved) this.#moved.add(id);
      this.#deliveries = [...deliveries, ...this.#deliveries].slice(-MAX_WAITING_DELIVERIES);
      return false;
    }
  }

  /** Keeps the latest of each web hook that had as many new ones as it takes to look. */
  async #trim(within: Db, written: readonly { readonly webhookId: string }[]): Promise<void> {
    for (const { webhookId } of written)
      this.#untrimmed.set(webhookId, (this.#untrimmed.get(webhookId) ?? TRIMMED_AFTER) + 1);
    const days = this.#days();
    const before = days === 0 ? "" : new Date(this.#parts.clock.date().getTime() - days * DAY).toISOString();
    for (const [id, count] of this.#untrimmed)
      if (count >= TRIMMED_AFTER) {
        this.#untrimmed.set(id, 0);
        await sql`DELETE FROM webhook_deliveries WHERE webhook_id = ${id} AND (at < ${before} OR seq <=
          coalesce((SELECT seq FROM webhook_deliveries WHERE webhook_id = ${id}
            ORDER BY seq DESC LIMIT 1 OFFSET ${KEEP_DELIVERIES}), 0))`.execute(within);
      }
  }
}

/** Those of web hooks that are there. */
async function insert(
  within: Db,
  rows: readonly { readonly webhookId: string; readonly delivery: Delivery }[],
): Promise<void> {
  if (rows.length === 0) return;
  const flat = rows.map(({ webhookId, delivery }) => ({ webhookId, ...delivery }));
  await sql`INSERT INTO webhook_deliveries
      (webhook_id, event_id, event_type, attempt, at, duration_ms, status, result, detail)
    SELECT value ->> 'webhookId', value ->> 'eventId', value ->> 'eventType', value ->> 'attempt',
      value ->> 'at', value ->> 'durationMs', value ->> 'status', value ->> 'result', value ->> 'detail'
    FROM json_each(${JSON.stringify(flat)})
    WHERE value ->> 'webhookId' IN (SELECT id FROM webhooks)`.execute(within);
}
