import { Type } from "typebox";
import { CLOSED, idText, nullableId, nullableString } from "./reference.ts";
import { nullableVerdictCode } from "./verdict-code.ts";

const count = (description: string) => Type.Integer({ minimum: 0, description });

export const Session = Type.Object(
  {
    id: idText("The ID of the session"),
    state: Type.Union([Type.Literal("live"), Type.Literal("ended")]),
    user: Type.String({
      description:
        "The user's name: as it is now while the session lives, as it was at the beginning of an ended one",
      examples: ["anna"],
    }),
    userId: idText("The user's ID, which stays the same when the name is changed"),
    group: nullableString({
      description: "Name of the user's group: now while the session lives, at the beginning of an ended one",
      examples: ["sales"],
    }),
    groupId: nullableId("ID of that group; null: none"),
    clientAddress: Type.String({ description: "Where the client dialled from", examples: ["203.0.113.7"] }),
    assignedAddress: Type.String({ description: "Its address inside the tunnel", examples: ["10.77.0.10"] }),
    pool: nullableString({
      description:
        "The pool that the inner address is of; null: the user's own address, or a session of before pools were recorded",
      examples: ["tunnel.pool"],
    }),
    connectedAt: Type.String({ format: "date-time" }),
    disconnectedAt: nullableString({ format: "date-time", description: "null while the session lives" }),
    durationSeconds: count("How long the session has been up, or was"),
    endReason: nullableVerdictCode("Why it ended, a verdict; null while the session lives"),
    encryption: Type.String({
      description:
        "MPPE with its key length in bits, stateless or stateful, the weaker of both directions; none: everything in clear",
      examples: ["mppe-128-stateless", "mppe-40-stateful", "none"],
    }),
    mtu: Type.Integer({
      description: "Octets of the largest inner packet sent to the client",
      examples: [1400],
    }),
    rxBytes: count("Inner IP octets from the client"),
    txBytes: count("Inner IP octets to the client"),
    rxPackets: count("Inner IP packets from the client"),
    txPackets: count("Inner IP packets to the client"),
    lastActivity: nullableString({
      format: "date-time",
      description:
        "When the session was last used: chatter with everybody around does not count (docs/idle.md); null for never",
    }),
    attemptId: idText("The dial that led to this session"),
  },
  { $id: "Session", ...CLOSED, description: "A session" },
);

export const SessionId = Type.Object({ id: idText("The ID of the session") }, CLOSED);
