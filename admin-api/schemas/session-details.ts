import { type Static, type TSchema, Type } from "typebox";
import type { UserPolicy } from "../../server/policy/user-policy.ts";
import { CLOSED, nullableString, reference } from "./reference.ts";
import { Session } from "./session.ts";

const count = (description: string) => Type.Integer({ minimum: 0, description });

const orNull = (type: "integer" | "number", description: string) =>
  Type.Unsafe<number | null>({ type: [type, "null"], minimum: 0, description });

/** A named schema, or null. */
const nullable = <T extends TSchema>(schema: T, description: string) =>
  Type.Unsafe<Static<T> | null>({
    anyOf: [{ $ref: `${(schema as { $id?: string }).$id}#` }, { type: "null" }],
    description,
  });

export const SessionClient = Type.Object(
  {
    computerName: nullableString({
      description: "From the LCP Identification that Windows sends; null: it has not said one",
      examples: ["ANNA-PC"],
    }),
    kind: nullableString({
      description: "windows, pptp-linux, routeros or pacctl, by what the client says; null: none of these",
      examples: ["windows"],
    }),
    hostName: nullableString({
      description: "Of the Start-Control-Connection-Request; null: empty, as Windows leaves it",
      examples: ["local"],
    }),
    vendorName: nullableString({ description: "Likewise", examples: ["Microsoft"] }),
    firmwareRevision: orNull("integer", "Likewise"),
    identifications: Type.Array(Type.String(), {
      description: "All texts of LCP Identification, each once",
      examples: [["MSRASV5.20", "MSRAS-0-ANNA-PC"]],
    }),
  },
  {
    $id: "SessionClient",
    ...CLOSED,
    description:
      "What the client says of itself. Nobody checks it. Printable ASCII; other octets stand as \\xNN, and long texts are cut",
  },
);

export const SessionLink = Type.Object(
  {
    roundTripMs: orNull(
      "number",
      "Milliseconds from a packet to its acknowledgement, smoothed; null: none was timed",
    ),
    leastRoundTripMs: orNull("number", "The least of the last half minute to minute before `roundTripAt`"),
    roundTrips: count("How many were timed"),
    roundTripAt: nullableString({ format: "date-time", description: "When the last one was" }),
    arrived: count("GRE packets with a sequence number from the client"),
    lost: count("Numbers that never came, between others that did"),
    lostShare: orNull(
      "number",
      "Of all that were sent as far as the numbers tell, 0 to 1; null: nothing came",
    ),
    reordered: count("Came after a later one, and were put in order"),
    late: count("Came after they had been given up, and were dropped"),
    duplicates: count("Came once more, and were dropped"),
    tested: count("Packets to the client that were followed by two seconds of silence"),
    unacknowledged: count(
      "Of these, how many the client never acknowledged: they, or their acknowledgements, were lost",
    ),
    unacknowledgedShare: orNull("number", "The same as a share, 0 to 1; null: none was tested"),
  },
  {
    $id: "SessionLink",
    ...CLOSED,
    description:
      "The way to and from the client since it dialled; docs/live-sessions.md says what each figure can tell",
  },
);

const AgreedOption = Type.Object(
  {
    name: Type.String({ description: "The option", examples: ["mru"] }),
    value: Type.String({ description: "Its value", examples: ["1400"] }),
  },
  { ...CLOSED, description: "An option" },
);

const options = (who: string) =>
  Type.Array(AgreedOption, { description: `What ${who} asked for, and what was agreed to` });

const agreed = (name: string) =>
  Type.Object(
    { byClient: options("the client"), byServer: options("pacd") },
    { ...CLOSED, description: `Options of ${name}` },
  );

export const AgreedOptions = Type.Object(
  {
    lcp: agreed("LCP: the way to the client by its wishes, the way from it by ours"),
    ccp: Type.Unsafe<{
      byClient: Static<typeof AgreedOption>[];
      byServer: Static<typeof AgreedOption>[];
    } | null>({
      anyOf: [agreed("CCP"), { type: "null" }],
      description: "Options of CCP, encryption that is; null: the session is in clear",
    }),
    ipcp: agreed("IPCP"),
  },
  { $id: "AgreedOptions", ...CLOSED, description: "What was negotiated with the client" },
);

const SOURCE = "user, group, or default where nobody has decided";

/** What of a user's policy can end or slow a session that is up. */
export const IN_FORCE = [
  "rateUp",
  "rateDown",
  "allowedDestinations",
  "sessionTimeout",
  "idleTimeout",
  "validUntil",
  "allowedHours",
] as const satisfies readonly (keyof UserPolicy)[];

export const SessionPolicy = Type.Object(
  {
    rateUp: orNull("integer", "Bits of inner IP a second from the client; null: unlimited"),
    rateDown: orNull("integer", "The same to the client"),
    allowedDestinations: Type.Array(Type.String({ examples: ["10.0.0.0/8"] }), {
      description: "Where the client may send to; empty: anywhere",
    }),
    sessionTimeout: orNull("integer", "Seconds until the session is ended; null: never"),
    idleTimeout: orNull("integer", "Seconds that it may go unused; null: any"),
    validUntil: nullableString({
      format: "date-time",
      description: "Until when the user may be connected; null: for ever",
    }),
    allowedHours: Type.Array(Type.String({ examples: ["mon-fri 08:00-18:00"] }), {
      description: "Times of the week; empty: at any time",
    }),
    group: nullableString({ description: "The user's group; null: none", examples: ["sales"] }),
    from: Type.Object(
      Object.fromEntries(
        IN_FORCE.map((field) => [field, Type.String({ description: SOURCE, examples: ["group"] })]),
      ) as Record<(typeof IN_FORCE)[number], ReturnType<typeof Type.String>>,
      { ...CLOSED, description: "Where each comes from" },
    ),
  },
  { $id: "SessionPolicy", ...CLOSED, description: "What of the user's policy counts for the session now" },
);

export const SessionTimeLeft = Type.Object(
  {
    session: orNull("integer", "Seconds until the session timeout; null: there is none"),
    idle: orNull("integer", "Seconds until the idle timeout, should nothing more pass"),
    validity: orNull("integer", "Seconds until the user is no longer valid"),
    hours: orNull("integer", "Seconds until the hours close that are open now"),
  },
  { $id: "SessionTimeLeft", ...CLOSED, description: "What is left until each limit ends the session" },
);

const rate = {
  rxBitsPerSecond: count("Inner IP from the client"),
  txBitsPerSecond: count("Inner IP to the client"),
  rxPacketsPerSecond: Type.Number({ minimum: 0, description: "Inner packets from the client" }),
  txPacketsPerSecond: Type.Number({ minimum: 0, description: "Inner packets to the client" }),
};

export const SessionRate = Type.Object(
  { seconds: Type.Number({ minimum: 0, description: "Over how long" }), ...rate },
  { $id: "SessionRate", ...CLOSED, description: "What passes a second, over some seconds" },
);

const Drop = Type.Object(
  {
    reason: Type.String({ description: "As docs/counters.md has it", examples: ["destination-denied"] }),
    packets: count("How many"),
    meaning: Type.String({ description: "In a few words", examples: ["to a place the user may not reach"] }),
  },
  { ...CLOSED, description: "Packets of this session that were dropped for one reason" },
);

export const SessionLive = Type.Object(
  {
    logInMethod: nullableString({
      description: "How the client proved itself: ms-chap-v2 and the like",
      examples: ["ms-chap-v2"],
    }),
    serverAddress: Type.String({
      description: "pacd's own address inside the tunnel",
      examples: ["10.77.0.1"],
    }),
    dns: Type.Array(Type.String(), {
      description: "Name servers given to the client",
      examples: [["10.0.0.53"]],
    }),
    wins: Type.Array(Type.String(), { description: "WINS servers given to the client", examples: [[]] }),
    agreed: nullable(AgreedOptions, "Negotiated options; null while LCP is negotiated anew"),
    policy: reference(SessionPolicy),
    timeLeft: reference(SessionTimeLeft),
    rate: reference(SessionRate),
    history: Type.Array(reference(SessionRate), {
      description:
        "The last ten minutes in samples of ten seconds, oldest first; those before the session came up are left out",
      maxItems: 60,
    }),
    drops: Type.Array(Drop, { description: "What was dropped, by reason; reasons without any are left out" }),
  },
  { $id: "SessionLive", ...CLOSED, description: "What only a session that is up has" },
);

export const SessionDetails = Type.Object(
  {
    ...Session.properties,
    client: nullable(
      SessionClient,
      "Who the client says it is; of an ended session name and kind alone; null: not recorded",
    ),
    link: nullable(
      SessionLink,
      "Loss and round trips, of an ended session as they were at its end; null: not recorded",
    ),
    live: nullable(SessionLive, "null for a session that has ended"),
  },
  { $id: "SessionDetails", ...CLOSED, description: "A session, and all that is known of it" },
);
