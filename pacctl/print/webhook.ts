import type { Schemas } from "../typed-api.ts";
import { type Column, momentColumn } from "./columns.ts";
import { instant } from "./quantities.ts";
import { facts } from "./table.ts";

export type WebhookJson = Schemas["Webhook"];
export type DeliveryJson = Schemas["WebhookDelivery"];

/** How a web hook is, in a word or two. */
function state({ enabled, disabledBecause, failingSince }: WebhookJson): string {
  if (disabledBecause !== null) return "disabled by pacd";
  if (!enabled) return "disabled";
  return failingSince === null ? "ok" : "failing";
}

const kinds = ({ filter: { types, user, address, group } }: WebhookJson): string => {
  const about = [user, address, group === null ? null : `group ${group}`].filter((one) => one !== null);
  const all = types === null ? "all" : types.join(", ");
  return about.length === 0 ? all : `${all} about ${about.join(" and ")}`;
};

export const WEBHOOK_COLUMNS: readonly Column<WebhookJson>[] = [
  { key: "id", title: "ID", value: (one) => one.id, id: true },
  { key: "state", title: "STATE", value: state, whole: true },
  {
    key: "pending",
    title: "PENDING",
    value: (one) => (one.pending === null ? "-" : String(one.pending)),
    exact: (one) => one.pending,
    whole: true,
  },
  momentColumn("last", "LAST", (one) => one.lastDelivery?.at ?? null),
  { key: "url", title: "URL", value: (one) => one.url.replace(/\?.*$/, "?…"), exact: (one) => one.url },
  { key: "description", title: "DESCRIPTION", value: (one) => one.description || "-" },
  { key: "events", title: "EVENTS", value: kinds, wide: true },
  { key: "failing-since", title: "FAILING SINCE", value: (one) => one.failingSince ?? "-", wide: true },
];

/** What is known of one web hook. */
export const webhookFacts = (one: WebhookJson): string =>
  facts([
    ["ID", one.id],
    ["URL", one.url],
    ...(one.description === "" ? [] : ([["Description", one.description]] as const)),
    ["Events", kinds(one)],
    ["State", one.disabledBecause === null ? state(one) : `disabled by pacd: ${one.disabledBecause}`],
    ...(one.pending === null ? [] : ([["Pending", pending(one.pending)]] as const)),
    ...(one.failingSince === null ? [] : ([["Failing since", instant(one.failingSince)]] as const)),
    ...(one.enabled && one.nextTryAt !== null
      ? ([["Next try", `${instant(one.nextTryAt)}, after ${one.attempts} in vain`]] as const)
      : []),
    ["Last request", one.lastDelivery === null ? "none yet" : deliveryWords(one.lastDelivery)],
    ...(one.allowPlain ? ([["Plain HTTP", "allowed: everybody on the way reads the events"]] as const) : []),
    ["Added", `${instant(one.createdAt)} by ${one.createdBy}`],
  ]);

const pending = (count: number): string => (count === 1 ? "1 event waits" : `${count} events wait`);

/** One request in one line. */
const deliveryWords = ({ at, result, eventType, eventId, detail }: DeliveryJson): string =>
  `${instant(at)} ${result}: ${eventType}${eventId === null ? "" : ` ${eventId}`}. ${detail}`;

export const DELIVERY_COLUMNS: readonly Column<DeliveryJson>[] = [
  momentColumn("at", "AT", (one) => one.at),
  {
    key: "event",
    title: "EVENT",
    value: (one) => (one.eventId === null ? "-" : String(one.eventId)),
    exact: (one) => one.eventId,
    whole: true,
  },
  { key: "type", title: "TYPE", value: (one) => one.eventType },
  { key: "try", title: "TRY", value: (one) => String(one.attempt), exact: (one) => one.attempt, whole: true },
  { key: "result", title: "RESULT", value: (one) => one.result, whole: true },
  {
    key: "ms",
    title: "MS",
    value: (one) => String(Math.round(one.durationMs)),
    exact: (one) => one.durationMs,
    whole: true,
  },
  { key: "status", title: "STATUS", value: (one) => String(one.status ?? "-"), wide: true },
  { key: "detail", title: "SEEN", value: (one) => one.detail },
];

/** What came of a test. */
export const testText = ({ result, detail, durationMs }: DeliveryJson): string =>
  result === "delivered"
    ? `The test was taken in ${Math.round(durationMs)} ms. ${detail}\n`
    : `The test was not taken, after ${Math.round(durationMs)} ms. ${detail}\n`;
