import { type TProperties, Type } from "typebox";
import type { EventData, EventType } from "../../server/events/register.ts";
import { CLOSED, nullableString, oneOf } from "./reference.ts";

const text = (description: string, ...examples: string[]) => Type.String({ description, examples });
const count = (description: string) => Type.Integer({ minimum: 0, description });
const time = (description: string) => Type.String({ format: "date-time", description });

const session = {
  session: text("ID of the session"),
  attempt: text("ID of its dial: GET /attempts/{id} has the trace"),
  user: text("The user's name", "anna"),
  userId: text("The user's ID, which stays when the name is changed"),
  group: nullableString({ description: "The user's group; null: in none", examples: ["staff"] }),
  clientAddress: text("Where the client dialled from", "203.0.113.7"),
  assignedAddress: text("Its address inside the tunnel", "10.77.0.10"),
  pool: nullableString({
    description: "tunnel.pool, or the name under [pools]; null: the address lies in none",
    examples: ["tunnel.pool"],
  }),
};

type Fields = { readonly [T in EventType]: { readonly [K in keyof EventData[T]]: TProperties[string] } };

/** What each type of event carries, field by field, and what the type means. */
export const EVENT_FIELDS = {
  "session-up": {
    ...session,
    encryption: text("As in Session", "mppe-128-stateless"),
    connectedAt: time("When it came up"),
    setupMs: Type.Number({ minimum: 0, description: "Milliseconds from the call request to the address" }),
    logInMs: Type.Unsafe<number | null>({
      type: ["number", "null"],
      minimum: 0,
      description: "Of these, from the user's name to the log-in that was accepted; null: unknown",
    }),
  },
  "session-down": {
    ...session,
    connectedAt: time("When it came up"),
    durationSeconds: count("How long it was up"),
    verdict: text("Why it ended: a code of docs/verdicts.md", "client-hung-up"),
    evidence: text("What was seen that led to the verdict"),
    rxBytes: count("Inner octets from the client"),
    txBytes: count("Inner octets to the client"),
    rxPackets: count("Inner packets from the client"),
    txPackets: count("Inner packets to the client"),
  },
  "dial-failed": {
    attempt: text("ID of the dial, the latest of those that are told here"),
    verdict: text("Why it failed: a code of docs/verdicts.md", "bad-credentials"),
    evidence: text("What was seen that led to the verdict"),
    user: nullableString({ description: "The name as the client sent it; null: it sent none" }),
    userId: nullableString({ description: "Whose name that is; null: nobody's" }),
    clientAddress: text("Where the client dialled from", "203.0.113.7"),
    count: count("Dials of this name and address with this verdict that are told here"),
    leftOut: count("Other dials that failed since the last such event and are told by none"),
  },
  "guessing-slowed": {
    kind: oneOf(["user-address", "user", "address", "network"], {
      description: "Whose wrong log-ins: one user's from one address, one user's, or all from there",
    }),
    user: text("The name of the last one, as it was sent"),
    userId: nullableString({ description: "Whose name that is; null: nobody's" }),
    address: text("Where the last one came from, or the network", "203.0.113.7"),
    failures: count("Wrong log-ins that count"),
    leftOut: count("Others that began to be slowed since the last such event and are told by none"),
  },
  "condition-raised": {
    code: text("A code of docs/conditions.md", "pool-exhausted"),
    subject: Type.String({ description: "Which of several, such as a pool's name; empty: one only" }),
    sentence: text("What was seen and what to do"),
    ready: Type.Boolean({ description: "May clients be sent here all the same?" }),
  },
  "condition-cleared": {
    code: text("A code of docs/conditions.md", "pool-exhausted"),
    subject: Type.String({ description: "Which of several, such as a pool's name; empty: one only" }),
    lastedSeconds: count("How long it held"),
  },
  "config-loaded": {
    file: nullableString({ description: "The file that was read; null: pacd runs without one" }),
    changes: Type.Array(
      Type.Object(
        {
          key: text("The key", "log.level"),
          from: nullableString({ description: "As the file would have it; null: it was not there" }),
          to: nullableString({ description: "As the file would have it; null: it is gone" }),
          counts: text("When it counts: now, next-dial, or restart", "now"),
        },
        CLOSED,
      ),
      { description: "What differs from before, key by key" },
    ),
    sessionsEnded: count("Sessions that ended, since their addresses are in no pool any more"),
  },
  "pool-nearly-empty": {
    pool: text("tunnel.pool, or the name under [pools]", "tunnel.pool"),
    free: count("Addresses that are left for the next dials"),
    total: count("Those of the pool that belong to no user"),
    threshold: count("It is told where no more than so many are free"),
  },
  "admin-action": {
    audit: text("ID of the record in the audit: GET /audit/{id} has all of it"),
    actor: text("Who did it"),
    actorKind: text("administrator, token, socket, or pacd itself", "administrator"),
    action: text("What was done", "createUser"),
    targetKind: nullableString({ description: "What it was done to; null: nothing", examples: ["user"] }),
    target: nullableString({ description: "Its name; null: it has none", examples: ["anna"] }),
    result: text("done, refused or failed; where it was not done, with the code of the error", "done"),
    address: nullableString({ description: "Where the request came from; null: pacd did it itself" }),
  },
} as const satisfies Fields;

/** Every type, in one sentence. `docs/events.md` lists the same; a test compares. */
const MEANINGS: Readonly<Record<EventType, string>> = {
  "session-up": "A session came up",
  "session-down": "A session is over",
  "dial-failed": "A dial failed, or several alike",
  "guessing-slowed": "So many wrong log-ins came that the next ones are refused for a while",
  "condition-raised": "Something is wrong from now on",
  "condition-cleared": "It is over",
  "config-loaded": "The configuration was read again",
  "pool-nearly-empty": "Few addresses of a pool are left",
  "admin-action": "An administrator did something, or pacd by itself",
};

export const EVENT_TYPES = Object.keys(MEANINGS) as readonly EventType[];

const head = {
  id: Type.Integer({ minimum: 1, description: "Higher than that of every event before" }),
  at: time("When it happened"),
};

export const Event = Type.Union(
  [
    ...EVENT_TYPES.map((type) =>
      Type.Object(
        {
          ...head,
          type: Type.Literal(type, { description: "What happened" }),
          data: Type.Object({ ...EVENT_FIELDS[type] } as TProperties, {
            ...CLOSED,
            description: MEANINGS[type],
          }),
        },
        { ...CLOSED, title: type, description: MEANINGS[type] },
      ),
    ),
    Type.Object(
      {
        ...head,
        type: Type.Literal("gap", { description: "Events are lost" }),
        data: Type.Object({ lost: count("How many") }, { ...CLOSED, description: "How many are lost" }),
      },
      { ...CLOSED, title: "gap", description: "Events before this one are lost" },
    ),
  ],
  { $id: "Event", description: "Something that happened" },
);

const filters = {
  type: Type.Optional(
    Type.String({ description: "Of these types only, with commas between them", examples: ["session-up"] }),
  ),
  user: Type.Optional(Type.String({ description: "About the user of this name only, in whatever spelling" })),
  address: Type.Optional(
    Type.String({ description: "About this address only, outer or inner", examples: ["203.0.113.7"] }),
  ),
  group: Type.Optional(Type.String({ description: "About the group of this name only" })),
};

export const EventsQuery = Type.Object(
  {
    ...filters,
    format: Type.Optional(
      oneOf(["stream", "json"], {
        description: "A stream that goes on (where absent), or a page of what is kept",
      }),
    ),
    since: Type.Optional(
      Type.String({
        pattern: "^[0-9]{1,15}$",
        description:
          "What came after the event with this number; 0: all that is kept. The header Last-Event-ID goes before it. Absent: a stream begins now, a page with the oldest",
      }),
    ),
    from: Type.Optional(Type.String({ format: "date-time", description: "Of this moment and later only" })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: "Events of a page at most; 100 where absent" }),
    ),
  },
  CLOSED,
);

export const EventHeaders = Type.Object({
  "last-event-id": Type.Optional(
    Type.String({ description: "The number of the last event that was seen: what came after it follows" }),
  ),
});
