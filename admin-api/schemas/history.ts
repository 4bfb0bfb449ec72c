import { Type } from "typebox";
import { SESSION_SORTS } from "../../server/store/history/sources.ts";
import { TOTAL_KEYS } from "../../server/store/history/totals.ts";
import { FORMS } from "../history/forms.ts";
import { DEFAULT_PAGE } from "../limits.ts";
import { CLOSED, nullableId, nullableString, oneOf } from "./reference.ts";

const text = (description: string, ...examples: readonly string[]) =>
  Type.Optional(Type.String({ description, ...(examples.length > 0 && { examples: [...examples] }) }));

const time = (description: string) =>
  Type.Optional(
    Type.String({
      minLength: 1,
      description: `${description}; RFC 3339, with a zone`,
      examples: ["2026-11-24T10:00:00Z"],
    }),
  );

const place = (description: string) =>
  text(`${description}: an address, or a network`, "10.77.3.7", "203.0.113.0/24");

const idPrefix = text("Those whose ID begins like this", "0b9f");

const form = (what: string) =>
  Type.Optional(
    oneOf(FORMS, {
      description: `\`csv\` and \`ndjson\` answer ${what} as a stream, whatever their number; \`json\`, where absent, a page`,
    }),
  );

const page = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1000,
      description: `Items at most; where absent ${DEFAULT_PAGE}, but all of them where only sessions that are up are asked for, and all in a stream`,
    }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, description: "`next` of an earlier answer to the same question" }),
  ),
};

/** Which sessions are meant, for lists, exports and totals. */
export const sessionFilterFields = {
  user: text("Sessions of the user of this name only, in whatever spelling", "anna"),
  userId: text("Sessions of the user with this ID only, whatever the name was then"),
  address: place("Where the client dialled from, or its address inside the tunnel"),
  clientAddress: place("Where the client dialled from"),
  assignedAddress: place("The address inside the tunnel"),
  pool: text("Sessions with an address of this pool only", "tunnel.pool"),
  group: text("Sessions of users who were in this group when the session came up: its name or ID"),
  encryption: Type.Optional(
    oneOf(["weak", "strong"], {
      description: "`strong`: mppe-128-stateless; `weak`: anything else, `none` among it",
    }),
  ),
  since: time("Sessions that were up at this moment or later"),
  until: time("Sessions that began before this moment"),
  at: time("Sessions that were up at this very moment"),
  endReason: text("Sessions that ended for this reason only, a verdict code", "link-lost"),
  idPrefix,
};

/** By what sessions are sorted; "-" in front: the largest, or latest, first. */
export const SORTS = SESSION_SORTS.flatMap((sort) => [sort, `-${sort}`] as const);

export const SessionQuery = Type.Object(
  {
    state: Type.Optional(
      oneOf(["live", "ended", "all"], {
        description: "Sessions that are up (where absent), that have ended, or both",
      }),
    ),
    ...sessionFilterFields,
    sort: Type.Optional(
      oneOf(SORTS, {
        description:
          "`-` in front: the largest or latest first. Where absent: sessions that are up oldest first, all others latest first",
      }),
    ),
    format: form("all sessions that are meant"),
    ...page,
  },
  CLOSED,
);

export const AttemptQuery = Type.Object(
  {
    user: text(
      "Dials under this user name only, in whatever spelling; also where white space was sent at its ends",
    ),
    userId: text("Dials of the user with this ID only, whatever the name was then"),
    address: place("Dials from here only"),
    verdict: text("Dials with this verdict only", "bad-credentials"),
    since: time("Dials that began at this moment or later; of several that are one entry the latest counts"),
    until: time("Dials that began before this moment"),
    idPrefix,
    format: form("all dials that are meant"),
    ...page,
  },
  CLOSED,
);

export const TotalsQuery = Type.Object(
  {
    by: Type.Optional(
      Type.String({
        description: `What is added up for itself, with commas between: day, ${TOTAL_KEYS.join(", ")}; user,day where absent`,
        examples: ["user,day", "day", "group"],
      }),
    ),
    ...sessionFilterFields,
    since: time("What passed at this moment or later; 31 days ago where absent"),
    until: time("What passed before this moment; now where absent"),
    format: form("all totals"),
    ...page,
  },
  CLOSED,
);

const count = (description: string) => Type.Integer({ minimum: 0, description });

export const SessionTotal = Type.Object(
  {
    day: nullableString({
      description: "The day, by the server's time zone; null where days are not asked for",
      examples: ["2026-11-24"],
    }),
    user: nullableString({
      description: "The user's name in these sessions; null where users are not asked for",
      examples: ["anna"],
    }),
    userId: nullableId("That user's ID"),
    group: nullableString({
      description: "The user's group in these sessions; null: none, or not asked for",
      examples: ["sales"],
    }),
    groupId: nullableId("That group's ID"),
    pool: nullableString({
      description: "The pool of the addresses; null: the users' own, or not asked for",
      examples: ["tunnel.pool"],
    }),
    sessions: count("Sessions that began"),
    seconds: count("How long sessions were up, all together"),
    rxBytes: count("Inner IP octets from clients"),
    txBytes: count("Inner IP octets to clients"),
    rxPackets: count("Inner IP packets from clients"),
    txPackets: count("Inner IP packets to clients"),
  },
  { $id: "SessionTotal", ...CLOSED, description: "What sessions did, added up" },
);

/** A list as JSON, and the same as a stream. */
export const listOrStream = (list: ReturnType<typeof Type.Object>) => ({
  description: "As `format` asks for it",
  content: {
    "application/json": { schema: list },
    "text/csv": {
      schema: Type.String({
        description: "A line of names, then a line for each (RFC 4180); docs/history.md",
      }),
    },
    "application/x-ndjson": {
      schema: Type.String({ description: "Each as the JSON that it has in a page, one a line" }),
    },
  },
});
