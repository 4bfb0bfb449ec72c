import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/log.ts";
import { type EventRow, fits } from "../store/events/event-filter.ts";
import { eventText } from "../store/events/event-text.ts";
import type { EventStore, KeptEvent } from "../store/events/event-types.ts";
import { isStoreUnavailable } from "../store/store-unavailable.ts";
import type { Delivery, Webhook, WebhookStore } from "../store/webhooks/webhook-types.ts";
import { type Millis, millis } from "../wire/units.ts";
import type { Outcome } from "./failures.ts";
import { LAST_WAIT, PASSED_WRITTEN, READ_AGAIN_AFTER, READ_AT_ONCE } from "./limits.ts";
import { AFTER_DELIVERY, afterFailure, waitLeft } from "./schedule.ts";

/** One body that is sent. */
export interface Message {
  /** For `pacd-event-id`: whoever gets one twice knows it by this. */
  readonly name: string;
  readonly body: string;
}

/** What a line works with. */
export interface LineParts {
  readonly clock: Pick<Clock, "now" | "date" | "after">;
  readonly log: Pick<Logger, "error">;
  readonly events: Pick<EventStore, "read" | "reaches" | "count">;
  readonly webhooks: Pick<WebhookStore, "get" | "note" | "disable">;
  /** The highest number that was given. */
  readonly lastId: () => number;
  /** Never rejects. */
  readonly send: (webhook: Webhook, message: Message, signal: AbortSignal) => Promise<Outcome>;
  /** How long until the next request may go out, over all lines; 0: now, and it is taken. */
  readonly turn: () => Millis;
  /** 0 to 1. */
  readonly chance: () => number;
  /** Is told of each try. */
  readonly tried: (webhook: Webhook, delivery: Delivery) => void;
}

/** What is to be told next: an event, or that events are forgotten which were not told. */
type Next = { readonly event: KeptEvent } | { readonly forgottenAfter: number; readonly cursor: number };

/**
 * One web hook's way through the events: one at a time and in order, each again until it is taken or given
 * up. It reads them out of the store, and is woken when there are more.
 */
export class WebhookLine {
  readonly #id: string;
  readonly #parts: LineParts;
  readonly #abort = new AbortController();
  #read: KeptEvent[] = [];
  #pending = 0;
  #counted = false;
  /** Those that came since the count began. */
  #came = 0;
  /** Something may have come since it was looked. */
  #more = true;
  #running: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  /** Events that were not wanted since it was last written how far it is. */
  #passed = 0;

  constructor(id: string, parts: LineParts) {
    this.#id = id;
    this.#parts = parts;
  }

  /** Events that wait for it. */
  get pending(): number {
    return this.#pending;
  }

  /** Goes on where it was. */
  start(): void {
    this.#run();
  }

  /** An event has happened. Returns at once. */
  happened(row: EventRow): void {
    const webhook = this.#parts.webhooks.get(this.#id);
    if (webhook === undefined || this.#ended) return;
    if (!fits(row, { ...webhook.filter, after: webhook.cursor, limit: 1 })) {
      this.#pass(row.id);
      return;
    }
    this.#pending += 1;
    this.#came += 1;
    this.#more = true;
    if (this.#cancel === undefined) this.#run();
  }

  /** Another filter, another place, or another way: what was read or counted may not hold any more. */
  changed(): void {
    this.#read = [];
    this.#counted = false;
    this.#more = true;
    this.tryNow();
  }

  /** What waits is tried at once. */
  tryNow(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#run();
  }

  /** Resolves when what is under way is over; it is not told how that came out. */
  async end(): Promise<void> {
    this.#abort.abort(new Error("pacd needs no answer any more"));
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#running;
  }

  get #ended(): boolean {
    return this.#abort.signal.aborted;
  }

  #run(): void {
    if (this.#ended) return;
    this.#running ??= this.#tell()
      .catch((error: unknown) => {
        if (!isStoreUnavailable(error))
          this.#parts.log.error({ err: error, webhook: this.#id }, "Events for a web hook could not be read");
        this.#later(isStoreUnavailable(error) ? READ_AGAIN_AFTER : LAST_WAIT);
      })
      .finally(() => {
        this.#running = undefined;
        // It came between the last look and now.
        if (this.#more && this.#cancel === undefined) this.#run();
      });
  }

  /** Tells one after the other until there is none, or it has to wait. */
  async #tell(): Promise<void> {
    for (;;) {
      if (!this.#counted) await this.#count();
      const webhook = this.#parts.webhooks.get(this.#id);
      if (webhook === undefined || this.#ended) return;
      const wait = waitLeft(webhook, this.#parts.clock.date());
      if (wait > 0) return this.#later(wait);
      const next = await this.#next(webhook);
      if (this.#ended) return;
      if (next === undefined) {
        if (this.#more) continue;
        return;
      }
      const turn = this.#parts.turn();
      if (turn > 0) return this.#later(turn);
      await this.#deliver(webhook, next);
    }
  }

  async #deliver(webhook: Webhook, next: Next): Promise<void> {
    const { clock, webhooks, send, chance, tried } = this.#parts;
    const at = clock.date().toISOString();
    const begun = clock.now();
    const outcome = await send(webhook, messageOf(next, at), this.#abort.signal);
    const before = webhooks.get(this.#id);
    if (this.#ended || before === undefined) return;
    const made = {
      eventId: "event" in next ? next.event.id : null,
      eventType: "event" in next ? next.event.type : "gap",
      attempt: before.attempts + 1,
      at,
      durationMs: Math.round((clock.now() - begun) * 10) / 10,
      status: outcome.status,
      detail: outcome.detail,
    };
    // Somebody may have had it skip what it missed, meanwhile.
    const cursor = "event" in next ? Math.max(next.event.id, before.cursor) : next.cursor;
    if (outcome.delivered) {
      const delivery: Delivery = { ...made, result: "delivered" };
      webhooks.note(this.#id, { ...AFTER_DELIVERY, cursor }, delivery);
      this.#done(next);
      tried(webhooks.get(this.#id)!, delivery);
      return;
    }
    const { step, givesUp, disables } = afterFailure(before, clock.date(), chance());
    const delivery: Delivery = { ...made, result: givesUp ? "given-up" : "failed" };
    webhooks.note(this.#id, { ...step, cursor: givesUp ? cursor : before.cursor }, delivery);
    if (givesUp) this.#done(next);
    tried(webhooks.get(this.#id)!, delivery);
    if (disables)
      webhooks.disable(this.#id, `Nothing was taken since ${step.failingSince}. Lately: ${outcome.detail}`);
  }

  #done(next: Next): void {
    if (!("event" in next)) this.#counted = false;
    else if (this.#read[0] === next.event) {
      this.#read.shift();
      this.#pending = Math.max(0, this.#pending - 1);
    }
  }

  async #next(webhook: Webhook): Promise<Next | undefined> {
    const [first] = this.#read;
    if (first !== undefined) return { event: first };
    const { events, webhooks, lastId } = this.#parts;
    const { cursor: after, filter } = webhook;
    const forgotten = await this.#forgotten(after);
    if (forgotten !== undefined) return forgotten;
    this.#more = false;
    const upTo = lastId();
    this.#read = [...(await events.read({ ...filter, after, limit: READ_AT_ONCE }))];
    if (this.#read[0] !== undefined) return { event: this.#read[0] };
    // None of those up to here is wanted.
    this.#pending = 0;
    if (!this.#more && upTo > after) webhooks.note(this.#id, { cursor: upTo });
    return undefined;
  }

  /** Are events forgotten that were not looked at? */
  async #forgotten(after: number): Promise<Next | undefined> {
    if (after === 0) return undefined;
    const { events, lastId } = this.#parts;
    const last = lastId();
    // It is a number of another database.
    if (after > last) return { forgottenAfter: after, cursor: last };
    const [first] = await events.read({ after, limit: 1 });
    if (first === undefined || first.id === after + 1 || (await events.reaches(after))) return undefined;
    return { forgottenAfter: after, cursor: first.id - 1 };
  }

  /** An event that is not wanted: it is done with at once where nothing is before it. */
  #pass(id: number): void {
    if (this.#more || this.#running !== undefined || this.#pending > 0 || this.#cancel !== undefined) return;
    this.#passed += 1;
    if (this.#passed < PASSED_WRITTEN) return;
    this.#passed = 0;
    this.#parts.webhooks.note(this.#id, { cursor: id });
  }

  async #count(): Promise<void> {
    const webhook = this.#parts.webhooks.get(this.#id);
    if (webhook === undefined) return;
    // Those that come while it is counted are counted as they come; until then the figure of before stands.
    this.#counted = true;
    this.#came = 0;
    const asked = { ...webhook.filter, after: webhook.cursor, upTo: this.#parts.lastId() };
    this.#pending = (await this.#parts.events.count(asked)) + this.#came;
  }

  #later(wait: Millis): void {
    if (this.#ended) return;
    this.#cancel?.();
    this.#cancel = this.#parts.clock.after(millis(Math.max(wait, 1)), () => {
      this.#cancel = undefined;
      this.#run();
    });
  }
}

function messageOf(next: Next, at: string): Message {
  if ("event" in next) return { name: String(next.event.id), body: eventText(next.event) };
  const data = JSON.stringify({ after: next.forgottenAfter });
  return { name: `gap-${next.forgottenAfter}`, body: eventText({ id: null, at, type: "gap", data }) };
}
