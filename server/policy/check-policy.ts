import { AppError } from "../errors/app-error.ts";
import { formatIpv4, parseIpv4 } from "../wire/ipv4.ts";
import { formatAllowedHours, MAX_ALLOWED_HOURS, parseAllowedHours } from "./allowed-hours.ts";
import { formatDestination, parseDestination } from "./destinations.ts";
import type { DecidedPolicy } from "./group-policy.ts";
import { formatPlace, MAX_NETWORKS, parseNetwork } from "./networks.ts";
import { type Parsed, quoted } from "./parsed.ts";
import { utcTime } from "./times.ts";
import type { UserPolicy } from "./user-policy.ts";

/** Ours: destinations in one list. The data plane compares each packet with all of them. */
const MAX_DESTINATIONS = 64;

/** IPCP has a primary and a secondary name server and no third (RFC 1877 §1). */
const MAX_DNS = 2;

/** Ours: a year, in seconds. */
const LONGEST_TIMEOUT = 31_536_000;

/** Ours, in seconds: less would end sessions between two keystrokes. */
const SHORTEST_IDLE_TIMEOUT = 10;

/** Ours. */
const MOST_SESSIONS = 65_535;

/**
 * Ours, in bits a second: a full packet takes 1.5 s at the lower one; no link is as fast as the upper one.
 */
const SLOWEST_RATE = 8_000;
const FASTEST_RATE = 100_000_000_000;

/** As the configuration names its pools; whether there is such a pool is not known here. */
const POOL_NAME = /^[a-z0-9_-]{1,32}$/;

/**
 * The settings that are given, checked and in their normal form, those that are not left out. Throws
 * AppError: invalid-policy, or invalid-address for a static address, with the `field` and one sentence that
 * shows the right form.
 */
export function checkPolicy(change: Partial<UserPolicy>): Partial<UserPolicy> {
  const checked: Partial<UserPolicy> = Object.fromEntries(
    Object.entries(RULES)
      .map(([field, rule]) => [field, rule, change[field as keyof UserPolicy]] as const)
      .filter(([, , value]) => value !== undefined)
      .map(([field, rule, value]) => [field, (rule as Rule)(value, field)]),
  );
  const { validFrom, validUntil } = checked;
  if (typeof validFrom === "string" && typeof validUntil === "string" && validFrom >= validUntil)
    throw endsBeforeItBegins();
  return checked;
}

/** The same for what a group decides; null, which is nothing, may stand for every field. */
export function checkDecided(change: Partial<DecidedPolicy>): Partial<DecidedPolicy> {
  const entries = Object.entries(change);
  const undecided = entries.filter(([, value]) => value === null);
  const decided = entries.filter(([, value]) => value !== null);
  return { ...Object.fromEntries(undecided), ...checkPolicy(Object.fromEntries(decided)) };
}

/** For whoever finds it out only with both ends in hand. */
export const endsBeforeItBegins = () => refusal("validUntil", "validUntil must be later than validFrom.");

const time = orNull((value: unknown, field): string => {
  const utc = typeof value === "string" ? utcTime(value) : undefined;
  if (utc === undefined)
    throw refusal(
      field,
      `${field} must be a time with its zone, like 2026-03-01T08:00:00Z or 2026-03-01T09:00+01:00.`,
    );
  return utc;
});

const RULES: { readonly [Field in keyof UserPolicy]: (value: unknown, field: string) => UserPolicy[Field] } =
  {
    enabled: (value, field) => {
      if (typeof value !== "boolean") throw refusal(field, `${field} must be true or false.`);
      return value;
    },
    validFrom: time,
    validUntil: time,
    allowedHours: list(MAX_ALLOWED_HOURS, parseAllowedHours, formatAllowedHours),
    allowedSources: list(MAX_NETWORKS, parseNetwork, formatPlace),
    staticAddress: orNull(staticAddress),
    pool: orNull((value, field) => {
      if (typeof value !== "string" || !POOL_NAME.test(value))
        throw refusal(field, `${field} must be the name of a pool, 1 to 32 of a-z 0-9 _ -, such as guests.`);
      return value;
    }),
    dns: orNull(list(MAX_DNS, parseHost, (host) => host)),
    encryption: oneOf("required", "optional"),
    sessionTimeout: orNull(whole(1, LONGEST_TIMEOUT, "seconds")),
    idleTimeout: orNull(whole(SHORTEST_IDLE_TIMEOUT, LONGEST_TIMEOUT, "seconds")),
    maxSessions: orNull(whole(1, MOST_SESSIONS, "sessions")),
    whenExceeded: oneOf("deny", "replace"),
    rateUp: orNull(whole(SLOWEST_RATE, FASTEST_RATE, "bits per second")),
    rateDown: orNull(whole(SLOWEST_RATE, FASTEST_RATE, "bits per second")),
    allowedDestinations: list(MAX_DESTINATIONS, parseDestination, formatDestination),
    passwordExpiresAt: time,
  };
type Rule<T = unknown> = (value: unknown, field: string) => T;

function orNull<T>(rule: Rule<T>): Rule<T | null> {
  return (value, field) => (value === null ? null : rule(value, field));
}

function oneOf<const Word extends string>(...words: readonly Word[]): Rule<Word> {
  return (value, field) => {
    const word = words.find((one) => one === value);
    if (word === undefined) throw refusal(field, `${field} must be ${words.join(" or ")}.`);
    return word;
  };
}

function whole(least: number, most: number, unit: string): Rule<number> {
  return (value, field) => {
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most)
      throw refusal(field, `${field} must be a whole number of ${unit}, ${least} to ${most}.`);
    return value;
  };
}

/** Each text in its normal form, once. */
function list<T>(
  most: number,
  parse: (text: string) => Parsed<T>,
  format: (value: T) => string,
): Rule<readonly string[]> {
  return (value, field) => {
    if (!Array.isArray(value)) throw refusal(field, `${field} must be a list.`);
    if (value.length > most)
      throw refusal(field, `${field} has ${value.length} entries; ${most} is the most.`);
    const texts = value.map((text: unknown) => {
      const parsed: Parsed<T> =
        typeof text === "string" ? parse(text) : { ok: false, says: "each entry must be a text." };
      if (!parsed.ok) throw refusal(field, `${field}: ${parsed.says}`);
      return format(parsed.value);
    });
    return [...new Set(texts)];
  };
}

/** An address that a host can have: not 0.0.0.0/8, loopback, multicast or reserved. */
function parseHost(text: string): Parsed<string> {
  const address = parseIpv4(text);
  const first = address === undefined ? 0 : address >>> 24;
  if (address === undefined || first === 0 || first === 127 || first >= 224)
    return { ok: false, says: `${quoted(text)} is not the address of a host, like 192.0.2.53.` };
  return { ok: true, value: formatIpv4(address) };
}

/** Whether it fits the pool is not known here. */
function staticAddress(value: unknown, field: string): string {
  const address = typeof value === "string" ? parseIpv4(value) : undefined;
  if (address === undefined)
    throw new AppError("invalid-address", "The static address must be an IPv4 address like 10.77.0.20.", {
      field,
    });
  return formatIpv4(address);
}

const refusal = (field: string, message: string) => new AppError("invalid-policy", message, { field });
