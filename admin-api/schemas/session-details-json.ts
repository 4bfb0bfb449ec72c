import type { Static } from "typebox";
import type { LiveSession } from "../../server/concentrator/calls/live-session.ts";
import type { Traffic } from "../../server/concentrator/calls/rate-history.ts";
import type { SessionInsight } from "../../server/concentrator/calls/session-insight.ts";
import type { UserPolicy } from "../../server/policy/user-policy.ts";
import type { SessionRecord } from "../../server/store/store-types.ts";
import {
  IN_FORCE,
  type SessionClient,
  type SessionDetails,
  type SessionLink,
  type SessionLive,
  type SessionRate,
} from "./session-details.ts";
import { endedSessionJson, liveSessionJson } from "./session-json.ts";

/** To three digits behind the point: more is noise. */
const rounded = (value: number) => Math.round(value * 1000) / 1000;

const share = (part: number, of: number) => (of === 0 ? null : Math.round((part / of) * 1e6) / 1e6);

function linkJson(link: SessionInsight["link"]): Static<typeof SessionLink> {
  const { arrived, lost, reordered, late, duplicates, roundTrip, tested, unacknowledged } = link;
  return {
    roundTripMs: roundTrip === undefined ? null : rounded(roundTrip.smoothed),
    leastRoundTripMs: roundTrip === undefined ? null : rounded(roundTrip.least),
    roundTrips: roundTrip?.samples ?? 0,
    roundTripAt: roundTrip === undefined ? null : new Date(roundTrip.at).toISOString(),
    arrived,
    lost,
    lostShare: share(lost, arrived - duplicates + lost),
    reordered,
    late,
    duplicates,
    tested,
    unacknowledged,
    unacknowledgedShare: share(unacknowledged, tested),
  };
}

function rateJson({
  milliseconds,
  rxBytes,
  txBytes,
  rxPackets,
  txPackets,
}: Traffic): Static<typeof SessionRate> {
  const a = (number: number) => (milliseconds <= 0 ? 0 : Math.max(0, number) / (milliseconds / 1000));
  return {
    seconds: milliseconds / 1000,
    rxBitsPerSecond: Math.round(a(rxBytes) * 8),
    txBitsPerSecond: Math.round(a(txBytes) * 8),
    rxPacketsPerSecond: rounded(a(rxPackets)),
    txPacketsPerSecond: rounded(a(txPackets)),
  };
}

function liveJson(insight: SessionInsight): Static<typeof SessionLive> {
  const {
    logInMethod,
    serverAddress,
    dns,
    wins,
    agreed: options,
    user,
    timeLeft,
    lately,
    history,
    drops,
  } = insight;
  const source = (field: keyof UserPolicy) => {
    if (user.own.includes(field)) return "user";
    return (user.fromGroup as readonly string[]).includes(field) ? "group" : "default";
  };
  const both = ({ byClient, byServer }: NonNullable<typeof options>["lcp"]) => ({
    byClient: [...byClient],
    byServer: [...byServer],
  });
  return {
    logInMethod,
    serverAddress,
    dns: [...dns],
    wins: [...wins],
    agreed:
      options === null
        ? null
        : {
            lcp: both(options.lcp),
            ccp: options.ccp === undefined ? null : both(options.ccp),
            ipcp: both(options.ipcp),
          },
    policy: {
      rateUp: user.rateUp,
      rateDown: user.rateDown,
      allowedDestinations: [...user.allowedDestinations],
      sessionTimeout: user.sessionTimeout,
      idleTimeout: user.idleTimeout,
      validUntil: user.validUntil,
      allowedHours: [...user.allowedHours],
      group: user.group?.name ?? null,
      from: Object.fromEntries(IN_FORCE.map((field) => [field, source(field)])) as Record<
        (typeof IN_FORCE)[number],
        string
      >,
    },
    timeLeft,
    rate: rateJson(lately),
    history: history.map(rateJson),
    drops: drops.map((one) => ({ ...one })),
  };
}

const clientJson = (client: SessionInsight["client"]): Static<typeof SessionClient> => ({
  ...client,
  identifications: [...client.identifications],
});

export const liveDetailsJson = (
  session: LiveSession,
  insight: SessionInsight,
): Static<typeof SessionDetails> => ({
  ...liveSessionJson(session),
  client: clientJson(insight.client),
  link: linkJson(insight.link),
  live: liveJson(insight),
});

/** Of a session from before these were recorded nothing is known. */
export function endedDetailsJson(session: SessionRecord): Static<typeof SessionDetails> {
  const { computerName, clientKind: kind, link } = session;
  const nothing = { hostName: null, vendorName: null, firmwareRevision: null, identifications: [] };
  return {
    ...endedSessionJson(session),
    client: computerName === null && kind === null ? null : { computerName, kind, ...nothing },
    link: link === null ? null : linkJson(JSON.parse(link) as SessionInsight["link"]),
    live: null,
  };
}
