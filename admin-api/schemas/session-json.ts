import type { Static } from "typebox";
import type { LiveSession } from "../../server/concentrator/calls/live-session.ts";
import type { SessionRecord } from "../../server/store/session-types.ts";
import type { Session } from "./session.ts";

/** A session as answers and exports have it. */
export type SessionJson = Static<typeof Session>;

/** A session that is up, as it is at this moment. */
export function liveSessionJson(session: LiveSession): SessionJson {
  return {
    ...common(session),
    state: "live",
    durationSeconds: session.durationSeconds,
    disconnectedAt: null,
    endReason: null,
    lastActivity: session.lastActivity,
  };
}

/** From the accounting record: what is left of a session that ended. */
export function endedSessionJson(session: SessionRecord): SessionJson {
  const { disconnectedAt, endReason } = session;
  return {
    ...common(session),
    state: "ended",
    durationSeconds: durationOf(session),
    disconnectedAt,
    endReason,
    lastActivity: session.lastActivity,
  };
}

/** Whole seconds between beginning and end; 0 where it has none. */
export function durationOf({
  connectedAt,
  disconnectedAt,
}: Pick<SessionRecord, "connectedAt" | "disconnectedAt">): number {
  const lasted = disconnectedAt === null ? 0 : Date.parse(disconnectedAt) - Date.parse(connectedAt);
  return Math.max(0, Math.floor(lasted / 1000));
}

function common(session: LiveSession | SessionRecord) {
  return {
    id: session.id,
    user: session.user,
    userId: session.userId,
    group: session.groupName,
    groupId: session.groupId,
    clientAddress: session.clientAddress,
    assignedAddress: session.assignedAddress,
    pool: session.pool,
    connectedAt: session.connectedAt,
    encryption: session.encryption,
    mtu: session.mtu,
    rxBytes: session.rxBytes,
    txBytes: session.txBytes,
    rxPackets: session.rxPackets,
    txPackets: session.txPackets,
    attemptId: session.attemptId,
  };
}
