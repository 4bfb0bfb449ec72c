import { AppError } from "../../server/errors/app-error.ts";
import type { EventType } from "../../server/events/register.ts";
import { eventText } from "../../server/store/events/event-text.ts";
import type { EventFilter } from "../../server/store/events/event-types.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import type { EventStreams } from "../events/event-streams.ts";
import { DEFAULT_PAGE } from "../limits.ts";
import { onActorEnd } from "../people/actor-end.ts";
import { guarded } from "../schemas/answers.ts";
import { EVENT_TYPES, Event, EventHeaders, EventsQuery } from "../schemas/event.ts";
import { listOf } from "../schemas/page.ts";
import type { App, Services } from "../services.ts";

const STREAM_TYPE = "text/event-stream; charset=utf-8";

/** `/api/v1/events`: what happens, as it happens, and what was missed. */
export function addEventRoutes(app: App, services: Services, streams: EventStreams): void {
  const { store, events } = services;
  app.get(
    "/events",
    {
      config: { role: "viewer" },
      schema: {
        tags: ["events"],
        operationId: "streamEvents",
        summary: "Follow what happens, as server-sent events, or read a page of what happened",
        description:
          "The stream goes on until either side ends it. Each event has `id`, `event` (its type) and `data` (an Event as JSON); `event: gap` says that events are missing. docs/events.md has the types.",
        headers: EventHeaders,
        querystring: EventsQuery,
        response: {
          200: {
            description: "As `format` asks for it",
            content: {
              "text/event-stream": { schema: { type: "string", description: "Events, one after the other" } },
              "application/json": { schema: listOf(Event, "One page of events, the oldest first") },
            },
          },
          ...guarded("invalid-address"),
        },
      },
    },
    async (request, reply) => {
      const { format = "stream", from, limit = DEFAULT_PAGE } = request.query;
      const filter = filterOf(request.query);
      const since = sinceOf(request.headers["last-event-id"], request.query.since);
      const moment = from === undefined ? {} : { from: new Date(from).toISOString() };
      if (format === "json") {
        const after = since ?? 0;
        const page = await store.events.read({ ...filter, ...moment, after, limit: limit + 1 });
        const items = page.slice(0, limit);
        const next = page.length > limit ? `,"next":"${items.at(-1)!.id}"` : "";
        return reply
          .type("application/json; charset=utf-8")
          .send(`{"items":[${items.map(eventText).join(",")}]${next}}`);
      }
      if (request.method === "HEAD") return reply.type(STREAM_TYPE).send("");
      const owner = `${request.actor!.kind} ${request.actor!.id}`;
      streams.demandRoom(owner);
      reply.hijack();
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        "content-type": STREAM_TYPE,
        "cache-control": "no-store",
        // nginx would hold events back until it has some kilobytes.
        "x-accel-buffering": "no",
      });
      reply.raw.flushHeaders();
      const { lastId } = events;
      const watch = (listener: Parameters<typeof events.watch>[0]) => events.watch(listener);
      const parts = { response: reply.raw, events: store.events, lastId, watch };
      const asked = { filter, since: since ?? (from === undefined ? undefined : 0), ...moment };
      const onEnd = (task: () => void) => onActorEnd(services, request, task);
      await streams.open(parts, asked, owner, onEnd).catch((error: unknown) => {
        request.log.warn({ err: error }, "A stream of events ended: what was missed could not be read");
      });
    },
  );
}

interface Filters {
  readonly type?: string;
  readonly user?: string;
  readonly address?: string;
  readonly group?: string;
}

/** Throws invalid-request and invalid-address. */
export function filterOf({ type, user, address, group }: Filters): EventFilter {
  if (address !== undefined && parseIpv4(address) === undefined) {
    const said = `${JSON.stringify(address)} is not an IPv4 address such as 203.0.113.7.`;
    throw new AppError("invalid-address", said, { field: "address" });
  }
  return {
    ...(type === undefined ? {} : { types: typesOf(type.split(","), "type") }),
    ...(user === undefined ? {} : { user }),
    ...(address === undefined ? {} : { address }),
    ...(group === undefined ? {} : { group }),
  };
}

export function typesOf(names: readonly string[], field: string): readonly EventType[] {
  for (const name of names)
    if (!EVENT_TYPES.includes(name as EventType)) {
      const known = EVENT_TYPES.join(", ");
      const said = `There are no events of the type ${JSON.stringify(name)}. There are ${known}.`;
      throw new AppError("invalid-request", said, { field });
    }
  return names as readonly EventType[];
}

function sinceOf(header: string | undefined, query: string | undefined): number | undefined {
  const text = header ?? query;
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const said = `Last-Event-ID is the number of an event, not ${JSON.stringify(text)}.`;
  throw new AppError("invalid-request", said, { field: "Last-Event-ID" });
}
