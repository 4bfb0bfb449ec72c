import { type TSchema, Type } from "typebox";
import { MAX_ALLOWED_HOURS } from "../../server/policy/allowed-hours.ts";
import { MAX_NETWORKS } from "../../server/policy/networks.ts";
import type { UserPolicy } from "../../server/policy/user-policy.ts";
import { listOfStrings, nullableInteger, nullableString, oneOf } from "./reference.ts";

/** When a change counts for a session that is up; the rest of the sentence stands in each description. */
const AT_ONCE = "A change counts at once.";
const DISCONNECTS = "A change disconnects whom it no longer allows.";
const NEXT_DIAL = "A change counts from the next dial on.";

const time = (description: string) =>
  nullableString({
    description: `${description} With its zone`,
    examples: ["2027-01-01T00:00:00.000Z"],
  });

const timeout = (description: string, minimum: number) =>
  nullableInteger({
    description: `${description} ${AT_ONCE}`,
    minimum,
    maximum: 31_536_000,
    examples: [28_800],
  });

const rate = (direction: string) =>
  nullableInteger({
    description: `Bits of inner IP a second ${direction}; null: unlimited. ${AT_ONCE}`,
    minimum: 8_000,
    maximum: 100_000_000_000,
    examples: [10_000_000],
  });

/**
 * Every field of UserPolicy. The schema says what kind of value it takes, and how much; what texts mean is
 * checked with the store (`server/policy/check-policy.ts`), whose bounds these repeat for the reader of the
 * document.
 */
export const policy = {
  enabled: Type.Boolean({ description: `May this user dial in? ${DISCONNECTS}` }),
  validFrom: time(`The user may dial from this moment on; null: since ever. ${DISCONNECTS}`),
  validUntil: time(`The user may be connected before this moment; null: for ever. ${DISCONNECTS}`),
  allowedHours: listOfStrings({
    description: `Times of the week, in the server's time zone; empty: at any time. ${DISCONNECTS}`,
    maxItems: MAX_ALLOWED_HOURS,
    examples: [["mon-fri 08:00-18:00", "sat 22:00-06:00"]],
  }),
  allowedSources: listOfStrings({
    description: `Networks that the user may dial from; empty: from anywhere. ${DISCONNECTS}`,
    maxItems: MAX_NETWORKS,
    examples: [["203.0.113.0/24", "198.51.100.7"]],
  }),
  staticAddress: nullableString({
    description: `The address that this user always gets, one of a pool's; null: one from the pool. ${NEXT_DIAL}`,
    examples: ["10.77.0.50"],
  }),
  pool: nullableString({
    description: `The pool of the configuration that the address comes from where there is no static one; null: tunnel.pool. ${NEXT_DIAL}`,
    examples: ["guests"],
  }),
  dns: Type.Unsafe<readonly string[] | null>({
    type: ["array", "null"],
    items: { type: "string" },
    maxItems: 2,
    description: `Name servers for the client; null: those of tunnel.dns. ${NEXT_DIAL}`,
    examples: [["10.0.0.53"]],
  }),
  encryption: oneOf(["required", "optional"], {
    description: `optional: a device without MPPE goes on in clear, which is weak. ${NEXT_DIAL}`,
  }),
  sessionTimeout: timeout("Seconds until a session is ended, whatever it does; null: never.", 1),
  idleTimeout: timeout(
    "Seconds that a session may go unused (docs/idle.md) until it is ended; null: never.",
    10,
  ),
  maxSessions: nullableInteger({
    description: `Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. ${NEXT_DIAL}`,
    minimum: 1,
    maximum: 65_535,
    examples: [1],
  }),
  whenExceeded: oneOf(["deny", "replace"], {
    description: `One session too many: refuse the new dial, or disconnect the oldest session. ${NEXT_DIAL}`,
  }),
  rateUp: rate("from the client"),
  rateDown: rate("to the client"),
  allowedDestinations: listOfStrings({
    description: `Where the client may send to, with protocol and ports if need be; empty: anywhere. ${AT_ONCE}`,
    maxItems: 64,
    examples: [["10.0.0.0/8", "192.0.2.5 tcp 443,8000-8080"]],
  }),
  passwordExpiresAt: time(
    "From this moment on the client must change the password at the log-in; null: never. Sessions stay up.",
  ),
} satisfies { readonly [Field in keyof UserPolicy]: TSchema };

const shownTime = (time: typeof policy.validFrom) => ({ ...time, format: "date-time" });

/** The same in answers, where times have one form. */
export const shownPolicy = {
  ...policy,
  validFrom: shownTime(policy.validFrom),
  validUntil: shownTime(policy.validUntil),
  passwordExpiresAt: shownTime(policy.passwordExpiresAt),
};
