import { Type } from "typebox";
import { CLOSED, oneOf, reference } from "./reference.ts";
import { Session } from "./session.ts";

/** Ours: what an administrator may say, in characters. */
const MAX_MESSAGE = 200;

const message = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: MAX_MESSAGE,
    pattern: "^[^\\p{C}\\p{Zl}\\p{Zp}]*$",
    description: "Why, one line: it goes to the log, and to the record of the session",
    examples: ["maintenance at noon"],
  }),
);

const dryRun = Type.Optional(
  oneOf(["true", "false"], { description: "true: nothing is ended, and the answer says what would be" }),
);

/** How one session is ended. */
export const EndOneQuery = Type.Object({ message }, CLOSED);

export const EndQuery = Type.Object(
  {
    user: Type.Optional(
      Type.String({ minLength: 1, description: "Sessions of the user of this name, in whatever spelling" }),
    ),
    userId: Type.Optional(Type.String({ minLength: 1, description: "Sessions of the user with this ID" })),
    address: Type.Optional(
      Type.String({
        description: "Sessions whose client dialled from this address, or has it inside the tunnel",
        examples: ["203.0.113.7"],
      }),
    ),
    group: Type.Optional(
      Type.String({
        minLength: 1,
        description: "Sessions of the users of this group, as it is now",
        examples: ["sales"],
      }),
    ),
    all: Type.Optional(oneOf(["true"], { description: "Every session" })),
    message,
    dryRun,
  },
  CLOSED,
);

export const EndedSessions = Type.Object(
  {
    count: Type.Integer({ minimum: 0, description: "How many" }),
    dryRun: Type.Boolean({ description: "Would they be ended, or are they?" }),
    items: Type.Array(reference(Session), { description: "Which, oldest first, as they were" }),
  },
  { $id: "EndedSessions", ...CLOSED, description: "Sessions that were ended, or would be" },
);
