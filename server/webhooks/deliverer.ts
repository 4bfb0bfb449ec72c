import type { Conditions } from "../conditions/conditions.ts";
import { AppError } from "../errors/app-error.ts";
import type { EventBus } from "../events/event-bus.ts";
import type { Clock } from "../platform/clock.ts";
import type { HttpPoster } from "../platform/http-post.ts";
import type { Logger } from "../platform/log.ts";
import { rowOf } from "../store/events/event-filter.ts";
import { eventText } from "../store/events/event-text.ts";
import type { EventStore } from "../store/events/event-types.ts";
import type { Delivery, Webhook, WebhookStore } from "../store/webhooks/webhook-types.ts";
import { TokenBucket } from "../wire/token-bucket.ts";
import { type Millis, millis } from "../wire/units.ts";
import { failureOf, NoAnswer, type Outcome, outcomeOf } from "./failures.ts";
import { ANSWER_WITHIN, AT_ONCE, PER_SECOND } from "./limits.ts";
import { type Message, WebhookLine } from "./line.ts";
import { isNoticed } from "./schedule.ts";
import { signature } from "./signature.ts";
import { originOf } from "./webhook-url.ts";

/** What the deliverer works with. */
export interface DelivererParts {
  readonly clock: Clock;
  readonly log: Pick<Logger, "error">;
  readonly bus: Pick<EventBus, "watch" | "lastId">;
  readonly events: Pick<EventStore, "read" | "reaches" | "count">;
  readonly webhooks: WebhookStore;
  readonly poster: Pick<HttpPoster, "post" | "close">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  readonly random: { u32(): number; uuid(): string };
  /** Of pacd. */
  readonly version: string;
  /** Is told that pacd has disabled one by itself. */
  readonly disabled: (webhook: Webhook) => void;
}

/** Figures since the start, and of now. */
export interface WebhookFigures {
  /** Tries by how they came out, tests among them. */
  readonly results: Readonly<Record<Delivery["result"], number>>;
  /** Events that wait for web hooks that are enabled. */
  readonly pending: number;
  /** Web hooks that have taken nothing since their last success, or that pacd has disabled. */
  readonly failing: number;
}

/** Tells every web hook that is enabled of what it wants to know. Without any it does nothing at all. */
export class Deliverer {
  readonly #parts: DelivererParts;
  readonly #lines = new Map<string, WebhookLine>();
  readonly #pace = new TokenBucket(AT_ONCE, PER_SECOND);
  readonly #results = { delivered: 0, failed: 0, "given-up": 0 };
  readonly #tests = new Map<string, AbortController>();
  readonly #unwatch: () => void;
  readonly #ending = new Set<Promise<void>>();
  #deaf: (() => void) | undefined;
  #stopped = false;

  /** Goes on where the run before has stopped. */
  constructor(parts: DelivererParts) {
    this.#parts = parts;
    this.#unwatch = parts.webhooks.watch((id) => this.#changed(id));
    for (const { id } of parts.webhooks.all()) this.#changed(id);
  }

  /** Events that wait for it; null: it is disabled, and nobody counts. */
  pendingOf(id: string): number | null {
    return this.#lines.get(id)?.pending ?? null;
  }

  figures(): WebhookFigures {
    const pending = [...this.#lines.values()].reduce((sum, line) => sum + line.pending, 0);
    const all = this.#parts.webhooks.all();
    const failing = all.filter((one) => isFailing(one)).length;
    return { results: { ...this.#results }, pending, failing };
  }

  /**
   * Sends a `test` event now, also to one that is disabled, and resolves with what came of it. Where that was
   * taken, what waits is tried at once. webhook-not-found, rate-limited, unavailable.
   */
  async test(id: string): Promise<Delivery> {
    const { clock, webhooks, random } = this.#parts;
    const webhook = webhooks.get(id);
    if (webhook === undefined)
      throw new AppError("webhook-not-found", `There is no web hook ${JSON.stringify(id)}.`);
    if (this.#stopped) throw new AppError("unavailable", "pacd is stopping.");
    if (this.#tests.has(id)) throw new AppError("rate-limited", "It is being tested just now.");
    const abort = new AbortController();
    this.#tests.set(id, abort);
    const at = clock.date().toISOString();
    const begun = clock.now();
    const message = {
      name: `test-${random.uuid()}`,
      body: eventText({ id: null, at, type: "test", data: "{}" }),
    };
    const { delivered, status, detail } = await this.#send(webhook, message, abort.signal);
    this.#tests.delete(id);
    const delivery: Delivery = {
      eventId: null,
      eventType: "test",
      attempt: 1,
      at,
      durationMs: Math.round((clock.now() - begun) * 10) / 10,
      status,
      result: delivered ? "delivered" : "failed",
      detail,
    };
    this.#results[delivery.result] += 1;
    webhooks.note(id, delivered ? { nextAt: null } : {}, delivery);
    if (delivered) this.#lines.get(id)?.tryNow();
    return delivery;
  }

  /** Gives up what is under way: the next run does it again. Resolves when nothing is left. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unwatch();
    this.#deaf?.();
    for (const abort of this.#tests.values()) abort.abort(new Error("pacd stops"));
    for (const id of [...this.#lines.keys()]) this.#end(id);
    await Promise.all(this.#ending);
    this.#parts.poster.close();
  }

  #changed(id: string): void {
    const webhook = this.#parts.webhooks.get(id);
    this.#notice(id, webhook);
    if (webhook?.disabledBecause != null && this.#lines.has(id)) this.#parts.disabled(webhook);
    if (webhook === undefined || !webhook.enabled) {
      this.#end(id);
      return;
    }
    const line = this.#lines.get(id);
    if (line !== undefined) {
      line.changed();
      return;
    }
    const fresh = this.#line(id);
    this.#lines.set(id, fresh);
    this.#deaf ??= this.#parts.bus.watch((event) => {
      const row = rowOf(event);
      for (const one of this.#lines.values()) one.happened(row);
    });
    fresh.start();
  }

  #end(id: string): void {
    const line = this.#lines.get(id);
    if (line === undefined) return;
    this.#lines.delete(id);
    const ending = line.end().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    if (this.#lines.size > 0) return;
    this.#deaf?.();
    this.#deaf = undefined;
  }

  #line(id: string): WebhookLine {
    const { clock, log, events, webhooks, bus, random } = this.#parts;
    return new WebhookLine(id, {
      clock,
      log,
      events,
      webhooks,
      lastId: () => bus.lastId,
      send: (...what) => this.#send(...what),
      turn: () => this.#turn(),
      chance: () => random.u32() / 2 ** 32,
      tried: (webhook, { result }) => {
        this.#results[result] += 1;
        this.#notice(id, webhook);
      },
    });
  }

  #turn(): Millis {
    const now = this.#parts.clock.now();
    return this.#pace.take(now) ? millis(0) : millis(Math.ceil(this.#pace.wait(now, 1)));
  }

  async #send(webhook: Webhook, { name, body }: Message, ended: AbortSignal): Promise<Outcome> {
    const { clock, webhooks, poster, version } = this.#parts;
    const late = new AbortController();
    const cancel = clock.after(ANSWER_WITHIN, () => late.abort(new NoAnswer("no answer")));
    try {
      const timestamp = String(Math.floor(clock.date().getTime() / 1000));
      const headers = {
        "content-type": "application/json",
        "user-agent": `pacd/${version}`,
        "pacd-webhook-id": webhook.id,
        "pacd-event-id": name,
        "pacd-timestamp": timestamp,
        "pacd-signature": signature(webhooks.secretOf(webhook.id), timestamp, body),
      };
      return outcomeOf(await poster.post(webhook.url, headers, body, AbortSignal.any([late.signal, ended])));
    } catch (error) {
      return failureOf(error);
    } finally {
      cancel();
    }
  }

  /** Is somebody to be told that it takes nothing? */
  #notice(id: string, webhook: Webhook | undefined): void {
    const { conditions, clock } = this.#parts;
    if (webhook === undefined || !isFailing(webhook)) {
      conditions.clear("webhook-failing", id);
      return;
    }
    const { disabledBecause, failingSince, lastDelivery, url } = webhook;
    if (disabledBecause !== null)
      conditions.raise(
        "webhook-failing",
        `pacd has disabled the web hook of ${originOf(url)}. ${disabledBecause} When it takes events again: pacctl webhook test ${id}, then pacctl webhook enable ${id}; what it missed comes first.`,
        id,
      );
    else if (isNoticed(webhook, clock.date()))
      conditions.raise(
        "webhook-failing",
        `The web hook of ${originOf(url)} has taken nothing since ${failingSince}. ${lastDelivery?.detail ?? ""} Its events wait. Look: pacctl webhook deliveries ${id}.`,
        id,
      );
  }
}

const isFailing = ({ enabled, failingSince, disabledBecause }: Webhook): boolean =>
  disabledBecause !== null || (enabled && failingSince !== null);
