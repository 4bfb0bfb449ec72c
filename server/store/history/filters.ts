import { networkContains, parseNetwork } from "../../policy/networks.ts";
import { parseIpv4 } from "../../wire/ipv4.ts";
import type { Ipv4Network } from "../../wire/ipv4-network.ts";
import { historyKey } from "../name-keys.ts";
import type { SessionRecord } from "../session-types.ts";
import type { AttemptSummary } from "../store-types.ts";

/**
 * Which sessions are meant; all conditions together. Times are ISO 8601 in UTC with milliseconds, places
 * addresses or networks such as 203.0.113.0/24.
 */
export interface SessionFilter {
  /** In whatever spelling. */
  readonly user?: string;
  readonly userId?: string;
  /** Of the client, or inside the tunnel. */
  readonly address?: string;
  readonly clientAddress?: string;
  readonly assignedAddress?: string;
  readonly pool?: string;
  /** The group's ID when the session came up. */
  readonly groupId?: string;
  /** The group's name then, for a group that is no more. */
  readonly groupName?: string;
  readonly encryption?: "weak" | "strong";
  /** Up at this moment or later. */
  readonly since?: string;
  /** Began before this moment. */
  readonly until?: string;
  /** Up at this very moment. */
  readonly at?: string;
  readonly endReason?: string;
  /** The ID begins like this. */
  readonly idPrefix?: string;
}

/** Which dials are meant; `since` and `until` are about their beginning. */
export interface AttemptFilter {
  readonly user?: string;
  readonly userId?: string;
  /** Of the client; an address or a network. */
  readonly address?: string;
  readonly verdict?: string;
  readonly since?: string;
  readonly until?: string;
  readonly idPrefix?: string;
}

/** The encryption that has no stronger one; all else counts as weak. */
export const STRONGEST = "mppe-128-stateless";

/** What of a session the filters look at, besides its end. */
type Filtered = Pick<
  SessionRecord,
  | "id"
  | "user"
  | "userId"
  | "clientAddress"
  | "assignedAddress"
  | "pool"
  | "groupId"
  | "groupName"
  | "encryption"
  | "connectedAt"
>;

/**
 * The same question as the database is asked, for what stands in memory: does a session with this end fit?
 * Null: it has none.
 */
export function sessionsThatFit(
  filter: SessionFilter,
): (session: Filtered, disconnectedAt: string | null, endReason: string | null) => boolean {
  const { userId, pool, groupId, groupName, encryption, since, until, at, idPrefix } = filter;
  const key = filter.user === undefined ? undefined : historyKey(filter.user);
  const either = places(filter.address);
  const client = places(filter.clientAddress);
  const assigned = places(filter.assignedAddress);
  return (session, disconnectedAt, endReason) => {
    const end = disconnectedAt ?? FOR_EVER;
    return (
      (key === undefined || historyKey(session.user) === key) &&
      is(userId, session.userId) &&
      (either(session.clientAddress) || either(session.assignedAddress)) &&
      client(session.clientAddress) &&
      assigned(session.assignedAddress) &&
      is(pool, session.pool) &&
      is(groupId, session.groupId) &&
      is(groupName, session.groupName) &&
      (encryption === undefined || (encryption === "strong") === (session.encryption === STRONGEST)) &&
      (since === undefined || end >= since) &&
      (until === undefined || session.connectedAt < until) &&
      (at === undefined || (session.connectedAt <= at && end > at)) &&
      is(filter.endReason, endReason) &&
      (idPrefix === undefined || session.id.startsWith(idPrefix))
    );
  };
}

export function attemptFits(attempt: AttemptSummary, filter: AttemptFilter): boolean {
  const { user, userId, address, verdict, since, until, idPrefix } = filter;
  return (
    (user === undefined || (attempt.user !== null && historyKey(attempt.user) === historyKey(user))) &&
    is(userId, attempt.userId) &&
    (address === undefined || isAt(address, attempt.clientAddress)) &&
    is(verdict, attempt.verdict) &&
    (since === undefined || attempt.startedAt >= since) &&
    (until === undefined || attempt.startedAt < until) &&
    (idPrefix === undefined || attempt.id.startsWith(idPrefix))
  );
}

/** Later than every time on record. */
export const FOR_EVER = "9999-12-31T23:59:59.999Z";

/** An address or a network that was checked before. */
export function networkOf(place: string): Ipv4Network {
  const network = parseNetwork(place);
  if (!network.ok) throw new Error(`a filter names no network: ${place}`);
  return network.value;
}

/** Tells which addresses lie in the place; undefined: all do. */
function places(place: string | undefined): (address: string) => boolean {
  if (place === undefined) return () => true;
  const network = networkOf(place);
  return (address) => {
    const parsed = parseIpv4(address);
    return parsed !== undefined && networkContains(network, parsed);
  };
}

/** Does the address lie in the place? Whatever is no address lies nowhere. */
export function isAt(place: string, address: string): boolean {
  const parsed = parseIpv4(address);
  return parsed !== undefined && networkContains(networkOf(place), parsed);
}

const is = (wanted: string | undefined, value: string | null): boolean =>
  wanted === undefined || wanted === value;
