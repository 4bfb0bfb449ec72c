import type { LinkFigures, TunnelCounters } from "../../data-plane/data-plane.ts";
import { DROP_WORDS } from "../../data-plane/drop-words.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import type { Assignment } from "../../ppp/ipcp/assignment.ts";
import type { AgreedOptions } from "../../ppp/link/agreed-options.ts";
import type { User } from "../../store/store-types.ts";
import { formatIpv4 } from "../../wire/ipv4.ts";
import type { Millis } from "../../wire/units.ts";
import type { TimeLeft } from "../policy/session-limits.ts";
import type { ClientFacts } from "../records/client-identity.ts";
import type { RateHistory, Traffic } from "./rate-history.ts";

/** All that is known of a session that is up, beside what the list of sessions has. */
export interface SessionInsight {
  readonly client: ClientFacts;
  readonly logInMethod: Credentials["method"] | null;
  /** Null while LCP is negotiated anew. */
  readonly agreed: AgreedOptions | null;
  readonly serverAddress: string;
  readonly dns: readonly string[];
  readonly wins: readonly string[];
  /** The user as the policy says now. */
  readonly user: User;
  readonly timeLeft: TimeLeft;
  readonly link: LinkFigures;
  /** What was dropped of it, and in words why. */
  readonly drops: readonly { readonly reason: string; readonly packets: number; readonly meaning: string }[];
  readonly lately: Traffic;
  /** Oldest first. */
  readonly history: readonly Traffic[];
}

/** Where it comes from. */
export interface InsightSources {
  readonly client: ClientFacts;
  readonly method: Credentials["method"] | undefined;
  readonly agreed: AgreedOptions | undefined;
  readonly assignment: Assignment;
  readonly user: User;
  readonly timeLeft: TimeLeft;
  readonly link: LinkFigures;
  readonly counters: TunnelCounters;
  readonly rates: RateHistory;
  readonly now: Millis;
}

export function sessionInsight(parts: InsightSources): SessionInsight {
  const { client, method, agreed, assignment, user, timeLeft, link, counters, rates, now } = parts;
  return {
    client,
    logInMethod: method ?? null,
    agreed: agreed ?? null,
    serverAddress: formatIpv4(assignment.local),
    dns: assignment.dns.map(formatIpv4),
    wins: assignment.wins.map(formatIpv4),
    user,
    timeLeft,
    link,
    drops: link.drops.map(({ reason, packets }) => ({ reason, packets, meaning: DROP_WORDS[reason] })),
    lately: rates.lately(counters, now),
    history: rates.all(),
  };
}
