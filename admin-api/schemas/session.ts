import { type Static, Type } from "typebox";
import type { LiveSession } from "../../server/concentrator/calls/live-session.ts";
import type { SessionRecord } from "../../server/store/store-types.ts";
import { CLOSED, nullableString } from "./reference.ts";

const count = (description: string) => Type.Integer({ minimum: 0, description });

export const Session = Type.Object(
  {
    id: Type.String(),
    state: Type.Union([Type.Literal("live"), Type.Literal("ended")]),
    user: Type.String({
      description:
        "The user's name: as it is now while the session lives, as it was at the beginning of an ended one",
      examples: ["anna"],
    }),
    userId: Type.String({ description: "The user's ID, which stays the same when the name is changed" }),
    clientAddress: Type.String({ description: "Where the client dialled from", examples: ["203.0.113.7"] }),
    assignedAddress: Type.String({ description: "Its address inside the tunnel", examples: ["10.77.0.10"] }),
    connectedAt: Type.String({ format: "date-time" }),
    disconnectedAt: nullableString({ format: "date-time", description: "null while the session lives" }),
    durationSeconds: count("How long the session has been up, or was"),
    endReason: nullableString({ description: "A verdict code; null while the session lives" }),
    encryption: Type.String({
      description:
        "MPPE with its key length in bits, stateless or stateful, the weaker of both directions; none: everything in clear",
      examples: ["mppe-128-stateless", "mppe-40-stateful", "none"],
    }),
    mtu: Type.Integer({ description: "Octets of the largest inner packet sent to the client" }),
    rxBytes: count("Inner IP octets from the client"),
    txBytes: count("Inner IP octets to the client"),
    rxPackets: count("Inner IP packets from the client"),
    txPackets: count("Inner IP packets to the client"),
    lastActivity: nullableString({
      format: "date-time",
      description:
        "When the session was last used: chatter with everybody around does not count (docs/idle.md); null for never, and for an ended session",
    }),
    attemptId: Type.String({ description: "The dial that led to this session" }),
  },
  { $id: "Session", ...CLOSED, description: "A session" },
);

export const SessionId = Type.Object({ id: Type.String() }, CLOSED);

export function liveSessionJson(session: LiveSession): Static<typeof Session> {
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
export function endedSessionJson(session: SessionRecord): Static<typeof Session> {
  const { disconnectedAt, endReason } = session;
  const lasted = disconnectedAt === null ? 0 : Date.parse(disconnectedAt) - Date.parse(session.connectedAt);
  const durationSeconds = Math.max(0, Math.floor(lasted / 1000));
  return {
    ...common(session),
    state: "ended",
    durationSeconds,
    disconnectedAt,
    endReason,
    lastActivity: null,
  };
}

function common(session: LiveSession | SessionRecord) {
  return {
    id: session.id,
    user: session.user,
    userId: session.userId,
    clientAddress: session.clientAddress,
    assignedAddress: session.assignedAddress,
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
