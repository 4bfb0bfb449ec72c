import type { WebhookDeliveryRow, WebhookRow } from "../database.ts";
import type { EventFilter } from "../events/event-types.ts";
import type { Delivery, Webhook, WebhookProgress } from "./webhook-types.ts";

/** A row as it is known in memory; the secret stays where it is. */
export function webhookOf(row: WebhookRow, lastDelivery: Delivery | null): Webhook {
  const { secret: _secret, allowPlain, enabled, filter, ...shown } = row;
  return {
    ...shown,
    allowPlain: allowPlain === 1,
    enabled: enabled === 1,
    filter: JSON.parse(filter) as EventFilter,
    lastDelivery,
  };
}

/** A web hook as it is kept, with its sealed secret. */
export function rowOf(webhook: Webhook, secret: Uint8Array): WebhookRow {
  const { lastDelivery: _delivery, allowPlain, enabled, filter, ...kept } = webhook;
  return {
    ...kept,
    allowPlain: allowPlain ? 1 : 0,
    enabled: enabled ? 1 : 0,
    filter: JSON.stringify(filter),
    secret: Buffer.from(secret),
  };
}

/** The columns that deliveries change. */
export const progressOf = (webhook: Webhook): WebhookProgress & { readonly enabled: number } => ({
  cursor: webhook.cursor,
  attempts: webhook.attempts,
  triedSince: webhook.triedSince,
  failures: webhook.failures,
  nextAt: webhook.nextAt,
  failingSince: webhook.failingSince,
  enabled: webhook.enabled ? 1 : 0,
});

/** Nothing was tried yet. */
export const UNTRIED = {
  attempts: 0,
  triedSince: null,
  failures: 0,
  nextAt: null,
  failingSince: null,
} as const satisfies Partial<WebhookProgress>;

export const deliveryOf = ({ webhookId: _id, ...row }: Omit<WebhookDeliveryRow, "seq">): Delivery => ({
  eventId: row.eventId,
  eventType: row.eventType,
  attempt: row.attempt,
  at: row.at,
  durationMs: row.durationMs,
  status: row.status,
  result: row.result,
  detail: row.detail,
});
