import type { EventFilter } from "../events/event-types.ts";
import type { Page, Paged } from "../page-types.ts";

/** How one try came out; given-up: it failed, and this event is not tried again. */
export const DELIVERY_RESULTS = ["delivered", "failed", "given-up"] as const;

export type DeliveryResult = (typeof DELIVERY_RESULTS)[number];

/** One try to deliver one event. */
export interface Delivery {
  /** Null: a test, or word of events that are forgotten. */
  readonly eventId: number | null;
  /** Of the event; "test" and "gap" for the two others. */
  readonly eventType: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly at: string;
  readonly durationMs: number;
  /** Of HTTP; null: there was no answer. */
  readonly status: number | null;
  readonly result: DeliveryResult;
  /** What was seen, in words. */
  readonly detail: string;
}

/** How far a web hook is. */
export interface WebhookProgress {
  /** The number of the last event that it is done with. */
  readonly cursor: number;
  /** How often the next event was tried without success, and since when; null: not yet. */
  readonly attempts: number;
  readonly triedSince: string | null;
  /** Failures one after the other since something was taken last. */
  readonly failures: number;
  /** When it is tried again; null: at once. */
  readonly nextAt: string | null;
  /** Since when nothing was taken; null: it was, or nothing was tried. */
  readonly failingSince: string | null;
}

/** Who is told of events by a request, without the secret that the requests are signed with. */
export interface Webhook extends WebhookProgress {
  readonly id: string;
  readonly description: string;
  readonly url: string;
  /** May it be spoken to without TLS, by a way that leaves this host? */
  readonly allowPlain: boolean;
  readonly filter: EventFilter;
  readonly enabled: boolean;
  /** Why pacd has disabled it; null: it has not. */
  readonly disabledBecause: string | null;
  readonly lastDelivery: Delivery | null;
  readonly createdAt: string;
  /** In words: "token admin". */
  readonly createdBy: string;
  readonly updatedAt: string;
}

export interface NewWebhook {
  readonly description: string;
  readonly url: string;
  readonly allowPlain: boolean;
  readonly filter: EventFilter;
  readonly enabled: boolean;
  readonly secret: string;
  /** Events with a higher number are told. */
  readonly cursor: number;
  readonly createdBy: string;
}

/** What is not said stays. Another URL, another secret and being enabled end the wait for the next try. */
export interface WebhookChange {
  readonly description?: string;
  readonly url?: string;
  readonly allowPlain?: boolean;
  readonly filter?: EventFilter;
  readonly enabled?: boolean;
  readonly secret?: string;
  readonly cursor?: number;
}

/**
 * Web hooks, all of them in memory. How far they are is written a moment later, many steps together and
 * without waiting for the disk: after a kill the last ones are made again.
 */
export interface WebhookStore {
  /** The oldest first. */
  all(): readonly Webhook[];
  get(id: string): Webhook | undefined;
  list(page: Page): Paged<Webhook>;
  /** What its requests are signed with. webhook-not-found; store-unavailable where it was altered. */
  secretOf(id: string): string;
  /** too-many-webhooks. */
  create(webhook: NewWebhook): Promise<Webhook>;
  /** webhook-not-found. */
  change(id: string, change: WebhookChange): Promise<Webhook>;
  /** With its deliveries. webhook-not-found. */
  remove(id: string): Promise<Webhook>;
  /** Takes a step, or a delivery, or both; never fails. Nothing for one that is not there. */
  note(id: string, step: Partial<WebhookProgress>, delivery?: Delivery): void;
  /** pacd disables it by itself. */
  disable(id: string, because: string): void;
  /** Newest first. webhook-not-found. */
  deliveries(id: string, page: Page & { readonly result?: DeliveryResult }): Promise<Paged<Delivery>>;
  /** Is told which one was made, changed, disabled or removed; not of its progress. */
  watch(changed: (id: string) => void): () => void;
  /** Is asked each time how many days deliveries are kept; 0: as long as their number allows. */
  retain(days: () => number): void;
  /** Resolves when all that was noted is written, or the database has just refused to take it. */
  settled(): Promise<void>;
}
