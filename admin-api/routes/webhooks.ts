import type { FastifyRequest } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import type { Webhook as StoredWebhook } from "../../server/store/webhooks/webhook-types.ts";
import { checkWebhookUrl, shownUrl } from "../../server/webhooks/webhook-url.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { madeBy } from "../actor.ts";
import { guarded, guardedBody, noContent } from "../schemas/answers.ts";
import { listOf, PageQuery, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import {
  Delivery,
  DeliveryQuery,
  deliveryJson,
  filterOf,
  NewWebhook,
  Webhook,
  WebhookPatch,
  WebhookPath,
  WebhookSecret,
  WebhookWithSecret,
  webhookJson,
} from "../schemas/webhook.ts";
import type { App, Services } from "../services.ts";
import { newWebhookSecret } from "../webhook-secret.ts";

/** What a request that goes out costs a token's budget. */
const TEST_COST = 20;

/** The router's: an ID has no colon, so that `:test` after it is no part of it. */
const ONE = "/webhooks/:id([^:/]+)";

/** `/api/v1/webhooks`: who is told of events by requests. */
export function addWebhookRoutes(app: App, { store, events, webhooks }: Services): void {
  const tags = ["events"];
  const admin = { role: "admin" as const };
  const { webhooks: kept } = store;

  const existing = (id: string): StoredWebhook => {
    const found = kept.get(id);
    if (found !== undefined) return found;
    throw new AppError("webhook-not-found", `There is no web hook ${JSON.stringify(id)}.`);
  };
  const jsonFor = ({ actor }: FastifyRequest, webhook: StoredWebhook) =>
    webhookJson(webhook, webhooks.pendingOf(webhook.id), actor?.role === "admin");
  const target = ({ id, url }: StoredWebhook) => ({ kind: "webhook", name: shownUrl(url), id });

  app.get(
    "/webhooks",
    {
      schema: {
        tags,
        operationId: "listWebhooks",
        summary: "List web hooks",
        description: "The oldest first, with how each is.",
        querystring: PageQuery,
        response: { 200: listOf(Webhook, "One page of web hooks"), ...guarded() },
      },
    },
    async (request) => {
      const { items, next } = kept.list(pageOf(request.query));
      const shown = items.map((webhook) => jsonFor(request, webhook));
      return { items: shown, ...(next === undefined ? {} : { next }) };
    },
  );

  app.post(
    "/webhooks",
    {
      config: admin,
      schema: {
        tags,
        operationId: "createWebhook",
        summary: "Add a web hook",
        description:
          "It is told of what happens from now on. The answer shows the secret that pacd made, this once; its Location header is the path.",
        body: NewWebhook,
        response: {
          201: reference(WebhookWithSecret),
          ...guardedBody("invalid-webhook-url", "invalid-address", "too-many-webhooks"),
        },
      },
    },
    async (request, reply) => {
      const { url, description = "", allowPlain = false, filter = {}, enabled = true, secret } = request.body;
      checkWebhookUrl(url, allowPlain);
      const made = await kept.create({
        url,
        description,
        allowPlain,
        filter: checked(filterOf(filter)),
        enabled,
        secret: secret ?? newWebhookSecret(),
        cursor: events.lastId,
        createdBy: madeBy(request.actor!),
      });
      request.audited({ target: target(made), after: settingsOf(made) });
      reply.code(201).header("location", `/api/v1/webhooks/${made.id}`);
      return { ...jsonFor(request, made), secret: secret === undefined ? kept.secretOf(made.id) : null };
    },
  );

  app.get(
    ONE,
    {
      schema: {
        tags,
        operationId: "getWebhook",
        summary: "Show a web hook",
        description: "With how it is. Its secret is never shown again.",
        params: WebhookPath,
        response: { 200: reference(Webhook), ...guarded("webhook-not-found") },
      },
    },
    async (request) => jsonFor(request, existing(request.params.id)),
  );

  app.patch(
    ONE,
    {
      config: admin,
      schema: {
        tags,
        operationId: "changeWebhook",
        summary: "Change, enable or disable a web hook",
        description: "What is left out stays; a filter counts as a whole.",
        params: WebhookPath,
        body: WebhookPatch,
        response: {
          200: reference(Webhook),
          ...guardedBody("invalid-webhook-url", "invalid-address", "webhook-not-found"),
        },
      },
    },
    async (request) => {
      const { filter, skipMissed = false, ...change } = request.body;
      const before = existing(request.params.id);
      const { url = before.url, allowPlain = before.allowPlain } = change;
      checkWebhookUrl(url, allowPlain);
      const changed = await kept.change(before.id, {
        ...change,
        ...(filter === undefined ? {} : { filter: checked(filterOf(filter)) }),
        ...(skipMissed ? { cursor: events.lastId } : {}),
      });
      request.audited({
        target: target(changed),
        before: settingsOf(before),
        after: settingsOf(changed),
        ...effectsOf(skipMissed, before, changed),
      });
      return jsonFor(request, changed);
    },
  );

  app.delete(
    ONE,
    {
      config: admin,
      schema: {
        tags,
        operationId: "removeWebhook",
        summary: "Remove a web hook",
        description: "With its list of deliveries. What is under way is given up.",
        params: WebhookPath,
        response: { 204: noContent, ...guarded("webhook-not-found") },
      },
    },
    async (request, reply) => {
      const removed = await kept.remove(request.params.id);
      request.audited({ target: target(removed), before: settingsOf(removed) });
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${ONE}::rotate`,
    {
      config: admin,
      schema: {
        tags,
        operationId: "rotateWebhookSecret",
        summary: "Give a web hook a new secret",
        description:
          "The next request is signed with it. What the receiver refuses until it knows the new one is tried again.",
        params: WebhookPath,
        body: WebhookSecret,
        response: { 200: reference(WebhookWithSecret), ...guardedBody("webhook-not-found") },
      },
    },
    async (request) => {
      const { id } = existing(request.params.id);
      const { secret } = request.body;
      const changed = await kept.change(id, { secret: secret ?? newWebhookSecret() });
      request.audited({ target: target(changed), effects: { rotated: true } });
      return { ...jsonFor(request, changed), secret: secret === undefined ? kept.secretOf(id) : null };
    },
  );

  app.post(
    `${ONE}::test`,
    {
      config: { ...admin, cost: TEST_COST },
      schema: {
        tags,
        operationId: "testWebhook",
        summary: "Send a test event to a web hook now",
        description:
          "Also to one that is disabled. The answer comes when the receiver has answered, or after ten seconds; one that is not reached is no error of this request. Where it takes the test, what waits for it is tried at once.",
        params: WebhookPath,
        response: { 200: reference(Delivery), ...guarded("webhook-not-found") },
      },
    },
    async (request) => {
      const webhook = existing(request.params.id);
      const delivery = await webhooks.test(webhook.id);
      const { result, status, detail } = delivery;
      request.audited({ target: target(webhook), effects: { result, status, detail } });
      return deliveryJson(delivery);
    },
  );

  app.get(
    `${ONE}/deliveries`,
    {
      schema: {
        tags,
        operationId: "listWebhookDeliveries",
        summary: "List the requests to a web hook, newest first",
        description: "Each try is one; the latest 500 are kept, and no longer than events are.",
        params: WebhookPath,
        querystring: DeliveryQuery,
        response: { 200: listOf(Delivery, "One page of deliveries"), ...guarded("webhook-not-found") },
      },
    },
    async ({ params, query }) => {
      const { result } = query;
      const asked = { ...pageOf(query), ...(result === undefined ? {} : { result }) };
      const { items, next } = await kept.deliveries(params.id, asked);
      return { items: items.map(deliveryJson), ...(next === undefined ? {} : { next }) };
    },
  );
}

/** What the audit shows of it: how it is set, and not how it is. */
function settingsOf({ url, description, allowPlain, filter, enabled }: StoredWebhook) {
  return { url: shownUrl(url), description, allowPlain, filter, enabled };
}

/** What those settings do not say: the audit has no query of a URL. */
function effectsOf(skippedMissed: boolean, before: StoredWebhook, after: StoredWebhook) {
  const queryChanged = before.url !== after.url && shownUrl(before.url) === shownUrl(after.url);
  const said = { ...(skippedMissed ? { skippedMissed } : {}), ...(queryChanged ? { queryChanged } : {}) };
  return Object.keys(said).length === 0 ? {} : { effects: said };
}

/** Throws invalid-address. */
function checked<T extends { readonly address?: string }>(filter: T): T {
  if (filter.address === undefined || parseIpv4(filter.address) !== undefined) return filter;
  const said = `${JSON.stringify(filter.address)} is not an IPv4 address such as 203.0.113.7.`;
  throw new AppError("invalid-address", said, { field: "filter.address" });
}
