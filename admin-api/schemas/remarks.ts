import { Type } from "typebox";
import type { Store, User as StoredUser } from "../../server/store/store-types.ts";
import { MAX_COMMENT_LENGTH, MAX_LABEL_LENGTH, MAX_LABELS } from "../../server/store/user-rules.ts";
import { CLOSED, idText } from "./reference.ts";

/** Ours: bounds what a look at one user costs. */
const DIALS_LOOKED_AT = 20;

export const comment = Type.String({
  description: `A remark of administrators: one line, ${MAX_COMMENT_LENGTH} characters at most; empty: none`,
  examples: ["Room 7, until the move"],
});

const LABELS = `Words to find users by, ${MAX_LABELS} at most. A key has 1 to 63 of a-z 0-9 . _ / -, a value at most ${MAX_LABEL_LENGTH} characters in one line, or none`;

export const labels = Type.Record(Type.String(), Type.String(), {
  description: LABELS,
  examples: [{ department: "sales", laptop: "" }],
});

/** In a merge patch null takes one label away. */
export const labelsPatch = Type.Unsafe<Record<string, string | null>>({
  type: "object",
  additionalProperties: { type: ["string", "null"] },
  description: `${LABELS}. What is not named stays; null takes one away`,
  examples: [{ department: "sales" }],
});

/** When and from where a user got in last. */
export const lastLogIn = Type.Unsafe<{ at: string; address: string; sessionId: string } | null>({
  ...Type.Object(
    {
      at: Type.String({ format: "date-time", description: "When the session came up" }),
      address: Type.String({ format: "ipv4", description: "Where the client dialled from" }),
      sessionId: idText("The session that it became"),
    },
    CLOSED,
  ),
  type: ["object", "null"],
  description:
    "The last log-in that became a session; null: there was none. It is there when the record is written",
});

export const lastLogInOf = ({ lastLogInAt, lastLogInAddress, lastLogInSession }: StoredUser) =>
  lastLogInAt === null || lastLogInAddress === null || lastLogInSession === null
    ? null
    : { at: lastLogInAt, address: lastLogInAddress, sessionId: lastLogInSession };

/** Of a user who is shown alone: the latest dial that did not become a session. */
export const lastFailure = Type.Object(
  {
    at: Type.String({ format: "date-time", description: "When the dial began" }),
    address: Type.String({ format: "ipv4", description: "Where the client dialled from" }),
    verdict: Type.String({ description: "The code of docs/verdicts.md", examples: ["bad-credentials"] }),
    attemptId: idText("The dial on record"),
  },
  {
    ...CLOSED,
    description: `The latest dial that failed, among the last ${DIALS_LOOKED_AT} of the user; absent where none did`,
  },
);

/** Looks it up. */
export async function lastFailureOf({ id }: StoredUser, { attempts }: Pick<Store, "attempts">) {
  const { items } = await attempts.list({ userId: id, limit: DIALS_LOOKED_AT });
  const failed = items.find(({ sessionId, endedAt }) => sessionId === null && endedAt !== null);
  if (failed === undefined) return {};
  const { startedAt: at, clientAddress: address, verdict, id: attemptId } = failed;
  return { lastFailure: { at, address, verdict, attemptId } };
}
