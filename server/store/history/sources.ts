import { formatIpv4 } from "../../wire/ipv4.ts";
import { historyKey } from "../name-keys.ts";
import { type AttemptFilter, networkOf, type SessionFilter, STRONGEST } from "./filters.ts";

/** Conditions of one SELECT, all of them together. */
export interface Conditions {
  /** The index to use, where SQLite without statistics would take a worse one. */
  readonly index?: string;
  readonly where: readonly string[];
  readonly values: readonly (string | number)[];
}

/** By what a list of sessions goes, each in both directions. */
export const SESSION_SORTS = [
  "connectedAt",
  "disconnectedAt",
  "durationSeconds",
  "user",
  "rxBytes",
  "txBytes",
] as const;

export type SessionSort = (typeof SESSION_SORTS)[number];

/** In SQL. */
export const SESSION_SORT_TERMS: Readonly<Record<SessionSort, string>> = {
  connectedAt: "connected_at",
  disconnectedAt: "disconnected_at",
  durationSeconds:
    "CAST(round((unixepoch(disconnected_at, 'subsec') - unixepoch(connected_at, 'subsec')) * 1000) AS INTEGER) / 1000",
  user: "user_key",
  rxBytes: "rx_bytes",
  txBytes: "tx_bytes",
};

/**
 * Sessions that lasted longer have an index of their own (migrations/0008-history.ts). A second more than the
 * day that it goes by, for what is lost when days are counted as fractions.
 */
const LONG = 86_401_000;

/**
 * The SELECTs that together find the sessions that have ended; one session may be found by two of them. An
 * address is looked for on both sides by a SELECT each. What was up at some time or later began within a
 * day before that, or lasted long; so nobody looks through all that was over by then.
 */
export function sessionSources(filter: SessionFilter): readonly Conditions[] {
  const common = sessionConditions(filter);
  const { address, since, until, at } = filter;
  const sides: readonly (Conditions & { readonly of?: Side })[] =
    address === undefined ? [NONE] : SIDES.map((of) => ({ ...placeIs(of, address), of }));
  const begun: Conditions[] = [];
  if (until !== undefined) begun.push(condition("connected_at < ?", until));
  if (at !== undefined) begun.push(condition("connected_at <= ?", at));
  const from = [since, at]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  if (from === undefined) return sides.map((side) => all(common, side, ...begun));
  const ended = [
    ...(since === undefined ? [] : [condition("disconnected_at >= ?", since)]),
    ...(at === undefined ? [] : [condition("disconnected_at > ?", at)]),
  ];
  const border = new Date(Date.parse(from) - LONG).toISOString();
  return sides.flatMap((side) => [
    {
      ...all(common, side, ...begun, ...ended, condition("connected_at >= ?", border)),
      ...(onlyByTime(filter) && { index: "sessions_by_time" }),
    },
    {
      ...all(common, side, ...begun, ...ended, LASTED_LONG, condition("connected_at < ?", border)),
      index: longIndex(filter, side.of),
    },
  ]);
}

/**
 * Is a list narrowed down by nothing but time? Then SQLite, in a list by user, would walk through the index
 * of users, past all that was before.
 */
function onlyByTime({ since: _, until: __, at: ___, encryption, ...others }: SessionFilter): boolean {
  return encryption !== "weak" && Object.values(others).every((value) => value === undefined);
}

const SIDES = ["client_address", "assigned_address"] as const;

type Side = (typeof SIDES)[number];

/**
 * By what the long ones are best found. Where clients never hang up all sessions are long: then those of one
 * user, or of one address, are few among them.
 */
function longIndex(filter: SessionFilter, side: Side | undefined): string {
  const { user, userId, address } = filter;
  if (userId !== undefined) return "sessions_long_by_user_id";
  if (user !== undefined) return "sessions_long_by_user";
  const places = {
    client_address: filter.clientAddress,
    assigned_address: filter.assignedAddress,
    ...(side !== undefined && { [side]: address }),
  };
  const of = SIDES.findLast((one) => places[one] !== undefined && networkOf(places[one]).prefix === 32);
  return of === undefined ? "sessions_long" : `sessions_long_by_${of}`;
}

function sessionConditions(filter: SessionFilter): Conditions {
  const { user, clientAddress, assignedAddress, encryption, idPrefix } = filter;
  return all(
    condition("disconnected_at IS NOT NULL"),
    user === undefined ? NONE : condition("user_key = ?", historyKey(user)),
    equals("user_id", filter.userId),
    clientAddress === undefined ? NONE : placeIs("client_address", clientAddress),
    assignedAddress === undefined ? NONE : placeIs("assigned_address", assignedAddress),
    equals("pool", filter.pool),
    equals("group_id", filter.groupId),
    filter.groupName === undefined
      ? NONE
      : condition("group_id IS NOT NULL AND group_name = ?", filter.groupName),
    encryption === undefined
      ? NONE
      : condition(`encryption ${encryption === "weak" ? "!=" : "="} '${STRONGEST}'`),
    equals("end_reason", filter.endReason),
    idPrefix === undefined ? NONE : prefixIs("id", idPrefix),
  );
}

/** Likewise for dials that have ended or not. */
export function attemptSources(filter: AttemptFilter): readonly Conditions[] {
  const { user, userId, address, verdict, since, until, idPrefix } = filter;
  return [
    all(
      user === undefined ? NONE : condition("user_key = ?", historyKey(user)),
      equals("user_id", userId),
      address === undefined ? NONE : placeIs("client_address", address),
      equals("verdict", verdict),
      since === undefined ? NONE : condition("started_at >= ?", since),
      until === undefined ? NONE : condition("started_at < ?", until),
      idPrefix === undefined ? NONE : prefixIs("id", idPrefix),
    ),
  ];
}

const NONE: Conditions = { where: [], values: [] };

const LASTED_LONG = condition("julianday(disconnected_at) - julianday(connected_at) >= 1");

function condition(where: string, ...values: readonly (string | number)[]): Conditions {
  return { where: [where], values };
}

const equals = (column: string, value: string | undefined): Conditions =>
  value === undefined ? NONE : condition(`${column} = ?`, value);

export const all = (...conditions: readonly Conditions[]): Conditions => ({
  where: conditions.flatMap(({ where }) => where),
  values: conditions.flatMap(({ values }) => values),
});

/** As a range, so that an index is of use. "~" sorts behind whatever IDs are made of. */
const prefixIs = (column: string, prefix: string): Conditions =>
  condition(`${column} >= ? AND ${column} < ?`, prefix, `${prefix}~`);

/**
 * A network is first a range of texts, for the index: the octets that it fixes as a whole; `is_in` then says
 * exactly.
 */
function placeIs(column: string, place: string): Conditions {
  const network = networkOf(place);
  const whole = Math.floor(network.prefix / 8);
  const octets = formatIpv4(network.address).split(".");
  if (network.prefix === 32) return condition(`${column} = ?`, octets.join("."));
  const exactly = condition(`is_in(${column}, ?)`, place);
  if (whole === 0) return exactly;
  const beginning = octets.slice(0, whole).join(".");
  return all(condition(`${column} >= ? AND ${column} < ?`, `${beginning}.`, `${beginning}/`), exactly);
}
