import type { Static } from "typebox";
import type { LiveSession, SessionFacts } from "../../server/concentrator/calls/live-session.ts";
import type { SessionRecord } from "../../server/store/session-types.ts";
import type { Session } from "./session.ts";

/** A session as answers and exports have it. */
export type SessionJson = Static<typeof Session>;

/** A session that is up, as it is at this moment. */
export const liveSessionJson = (session: LiveSession): SessionJson => ({
  ...liveFactsJson(session),
  ...figuresJson(session, session.durationSeconds),
});

/** What of that does not go on changing. */
export const liveFactsJson = (session: SessionFacts) => ({
  ...factsJson(session, "live"),
  disconnectedAt: null,
  endReason: null,
});

/** From the accounting record: what is left of a session that ended. */
export const endedSessionJson = (session: SessionRecord): SessionJson => ({
  ...factsJson(session, "ended"),
  disconnectedAt: session.disconnectedAt,
  endReason: session.endReason,
  ...figuresJson(session, durationOf(session)),
});

/** Whole seconds between beginning and end; 0 where it has none. */
export function durationOf({
  connectedAt,
  disconnectedAt,
}: Pick<SessionRecord, "connectedAt" | "disconnectedAt">): number {
  const lasted = disconnectedAt === null ? 0 : Date.parse(disconnectedAt) - Date.parse(connectedAt);
  return Math.max(0, Math.floor(lasted / 1000));
}

function factsJson<State extends "live" | "ended">(session: SessionFacts | SessionRecord, state: State) {
  return {
    id: session.id,
    state,
    user: session.user,
    userId: session.userId,
    group: session.groupName,
    groupId: session.groupId,
    clientAddress: session.clientAddress,
    assignedAddress: session.assignedAddress,
    pool: session.pool,
    encryption: session.encryption,
    mtu: session.mtu,
    attemptId: session.attemptId,
    connectedAt: session.connectedAt,
  };
}

const figuresJson = (session: LiveSession | SessionRecord, durationSeconds: number) => ({
  durationSeconds,
  rxBytes: session.rxBytes,
  txBytes: session.txBytes,
  rxPackets: session.rxPackets,
  txPackets: session.txPackets,
  lastActivity: session.lastActivity,
});
