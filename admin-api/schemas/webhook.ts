import { type Static, Type } from "typebox";
import type { EventType } from "../../server/events/register.ts";
import type { EventFilter } from "../../server/store/events/event-types.ts";
import {
  DELIVERY_RESULTS,
  type Delivery as StoredDelivery,
  type Webhook as StoredWebhook,
} from "../../server/store/webhooks/webhook-types.ts";
import { MAX_URL, shownUrl } from "../../server/webhooks/webhook-url.ts";
import { EVENT_TYPES } from "./event.ts";
import { pageFields } from "./page.ts";
import { CLOSED, idText, nullableString, oneOf, orNull } from "./reference.ts";

/** Ours: characters of a secret. Fewer can be guessed from a request that somebody has seen. */
const [MIN_SECRET, MAX_SECRET] = [24, 256];

const description = Type.String({
  maxLength: 200,
  description: "What it is for, in your words",
  examples: ["On-call chat"],
});
const allowPlain = Type.Boolean({
  description:
    "Whether http:// is taken also where it leaves this host: everybody on the way reads the events",
});
const enabled = Type.Boolean({ description: "Whether it is told of events" });
const url = (more: string) =>
  Type.String({
    minLength: 1,
    maxLength: MAX_URL,
    description: `https://, or http:// to this host itself; without a name, a password or a fragment. ${more}`,
    examples: ["https://hooks.example.com/pacd?key=3q2-7w"],
  });

const secret = Type.String({
  minLength: MIN_SECRET,
  maxLength: MAX_SECRET,
  pattern: "^[!-~]+$",
  description: "What requests are signed with: visible characters of ASCII. Absent: pacd makes one",
  examples: ["pacdhook_PmXc0dqkCWgYyC5nqBqzZl1l0n0nS3m6Nf3cGm7ZcXo"],
});

const filterFields = {
  types: orNull(
    Type.Array(oneOf(EVENT_TYPES, { description: "A type of events, as docs/events.md lists them" }), {
      minItems: 1,
      maxItems: EVENT_TYPES.length,
      description: "Of these types only; null: of all",
      examples: [["session-up", "session-down"]],
    }),
  ),
  user: nullableString({
    description: "About the user of this name only, in whatever spelling; null: about all",
    examples: ["anna"],
  }),
  address: nullableString({
    description: "About this address only, outer or inner; null: about all",
    examples: ["203.0.113.7"],
  }),
  group: nullableString({
    description: "About the group of this name only; null: about all",
    examples: ["staff"],
  }),
};

const filter = Type.Partial(Type.Object(filterFields), {
  ...CLOSED,
  description: "Which events it is told of: those that fit all of it, as GET /events has them",
});

export const Delivery = Type.Object(
  {
    eventId: Type.Unsafe<number | null>({
      type: ["integer", "null"],
      description: "The number of the event; null: a test, or word that events are forgotten",
      examples: [3_000_017],
    }),
    eventType: Type.String({
      description: "Of the event; `test` and `gap` for the two others",
      examples: ["session-up"],
    }),
    attempt: Type.Integer({ minimum: 1, description: "1 for the first try with this event" }),
    at: Type.String({ format: "date-time", description: "When it was sent" }),
    durationMs: Type.Number({ minimum: 0, description: "Until the answer, or the failure" }),
    status: Type.Unsafe<number | null>({
      type: ["integer", "null"],
      description: "HTTP status of the answer; null: there was none",
      examples: [204],
    }),
    result: oneOf(DELIVERY_RESULTS, {
      description: "given-up: it failed, and this event is not tried again",
    }),
    detail: Type.String({ description: "What was seen", examples: ["It answered 204."] }),
  },
  { $id: "WebhookDelivery", ...CLOSED, description: "One request to a web hook" },
);

const shown = {
  id: idText("Stays the same"),
  description,
  url: url("Whoever has another role than admin is not shown its query, which may be a secret"),
  allowPlain,
  filter: Type.Object(filterFields, { ...CLOSED, description: "Which events it is told of" }),
  enabled,
  pending: Type.Unsafe<number | null>({
    type: ["integer", "null"],
    description: "Events that wait for it; null: it is disabled, and nobody counts",
    examples: [0],
  }),
  attempts: Type.Integer({ minimum: 0, description: "How often the next event was tried in vain" }),
  failingSince: nullableString({
    description: "It has taken nothing since then; null: it did the last time",
    format: "date-time",
  }),
  nextTryAt: nullableString({ description: "Nothing is sent before; null: at once", format: "date-time" }),
  disabledBecause: nullableString({
    description: "Why pacd has disabled it by itself; null: it has not",
    examples: [null],
  }),
  lastDelivery: Type.Union(
    [Type.Unsafe<Static<typeof Delivery>>({ $ref: "WebhookDelivery#" }), Type.Null()],
    {
      description: "The last request; null: there was none",
    },
  ),
  createdAt: Type.String({ format: "date-time" }),
  createdBy: Type.String({
    description: "Who added it: `administrator NAME`, `token NAME`, or `socket USER`",
    examples: ["administrator anna"],
  }),
  updatedAt: Type.String({ format: "date-time" }),
};

export const Webhook = Type.Object(shown, {
  $id: "Webhook",
  ...CLOSED,
  description: "Who is told of events by requests; docs/webhooks.md",
});

export const WebhookWithSecret = Type.Object(
  {
    ...shown,
    secret: nullableString({
      description: "What requests are signed with, shown this once; null: it is the one that was given",
      examples: ["pacdhook_PmXc0dqkCWgYyC5nqBqzZl1l0n0nS3m6Nf3cGm7ZcXo"],
    }),
  },
  { $id: "WebhookWithSecret", ...CLOSED, description: "A web hook, with its new secret" },
);

export const NewWebhook = Type.Object(
  {
    url: url("It is told of what happens from now on"),
    description: Type.Optional(description),
    allowPlain: Type.Optional(allowPlain),
    filter: Type.Optional(filter),
    enabled: Type.Optional(enabled),
    secret: Type.Optional(secret),
  },
  { $id: "NewWebhook", ...CLOSED, description: "A web hook to be added; enabled where nothing is said" },
);

export const WebhookPatch = Type.Partial(
  Type.Object({
    url: url("What waits is tried there at once"),
    description,
    allowPlain,
    filter,
    enabled,
    skipMissed: Type.Boolean({
      description: "`true`: what it was not told of until now is left out; it goes on with what happens next",
    }),
  }),
  {
    $id: "WebhookPatch",
    ...CLOSED,
    description:
      "What is left out stays; a filter counts as a whole. Enabled again, what was missed comes first",
  },
);

export const WebhookSecret = Type.Object(
  { secret: Type.Optional(secret) },
  { $id: "WebhookSecret", ...CLOSED, description: "A new secret, or none: then pacd makes one" },
);

export const WebhookPath = Type.Object(
  {
    id: Type.String({
      description: "ID of the web hook",
      examples: ["5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"],
    }),
  },
  CLOSED,
);

export const DeliveryQuery = Type.Object(
  {
    result: Type.Optional(oneOf(DELIVERY_RESULTS, { description: "Those that came out so" })),
    ...pageFields,
  },
  CLOSED,
);

/** As the API shows it. `whole`: with the query of its URL. */
export function webhookJson(
  webhook: StoredWebhook,
  pending: number | null,
  whole: boolean,
): Static<typeof Webhook> {
  const { id, description, url, allowPlain, enabled, attempts, failingSince, nextAt, filter } = webhook;
  const { disabledBecause, lastDelivery, createdAt, createdBy, updatedAt } = webhook;
  return {
    id,
    description,
    url: whole ? url : shownUrl(url),
    allowPlain,
    filter: {
      types: filter.types === undefined ? null : [...filter.types],
      user: filter.user ?? null,
      address: filter.address ?? null,
      group: filter.group ?? null,
    },
    enabled,
    pending,
    attempts,
    failingSince,
    nextTryAt: nextAt,
    disabledBecause,
    lastDelivery: lastDelivery === null ? null : deliveryJson(lastDelivery),
    createdAt,
    createdBy,
    updatedAt,
  };
}

export const deliveryJson = (delivery: StoredDelivery): Static<typeof Delivery> => ({ ...delivery });

/** Null and what is absent are one. */
export function filterOf({ types, user, address, group }: Static<typeof filter>): EventFilter {
  return {
    ...(types == null ? {} : { types: types as readonly EventType[] }),
    ...(user == null ? {} : { user }),
    ...(address == null ? {} : { address }),
    ...(group == null ? {} : { group }),
  };
}
