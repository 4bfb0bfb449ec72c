import { type Static, Type } from "typebox";
import type { AttemptRecord, AttemptSummary as StoredSummary } from "../../server/store/store-types.ts";
import type { Words } from "../../verdicts/cause.ts";
import { VERDICTS } from "../../verdicts/register.ts";
import { CLOSED, idText, nullableId, nullableString } from "./reference.ts";
import { verdictCode } from "./verdict-code.ts";

/** What the example of a verdict says. */
const words = VERDICTS["bad-credentials"];

export const Verdict = Type.Object(
  {
    code: verdictCode("in-progress until there is one; docs/verdicts.md lists all"),
    cause: Type.String({
      description: "What happened, one sentence",
      examples: [words.cause],
    }),
    evidence: Type.String({
      description: "What was seen that led to this verdict",
      examples: ["The password of anna was wrong (MS-CHAPv2)."],
    }),
    windowsErrors: Type.Array(Type.Integer(), {
      description: "Error numbers that a Windows user may have seen",
      examples: [[691]],
    }),
    remedy: Type.String({ description: "What to do", examples: [words.remedy] }),
  },
  { ...CLOSED, description: "How the dial ended, and why" },
);

const TraceEntry = Type.Object(
  {
    at: Type.Number({ description: "Milliseconds since the Outgoing-Call-Request" }),
    from: Type.Union([Type.Literal("client"), Type.Literal("server"), Type.Literal("pacd")]),
    layer: Type.String({
      description: "pptp, gre, lcp, pap, chap, eap, ccp, ipcp, ipv6cp, ppp or pacd",
      examples: ["lcp"],
    }),
    text: Type.String({
      description: "One decoded line, without secrets",
      examples: ["Configure-Request id=1 mru=1400 magic=0c6f3548"],
    }),
  },
  CLOSED,
);

const summaryFields = {
  id: idText("The ID of the dial"),
  startedAt: Type.String({ format: "date-time" }),
  endedAt: nullableString({ format: "date-time", description: "null while the dial or its session goes on" }),
  clientAddress: Type.String({ description: "Where from", format: "ipv4", examples: ["203.0.113.7"] }),
  user: nullableString({
    description: "The name as the client sent it, escaped; null before it sent one",
    examples: ["anna"],
  }),
  userId: nullableId("The ID of the user whose name that is; null where it is nobody's"),
  sessionId: nullableId("The session that came of it"),
  setupMs: Type.Unsafe<number | null>({
    type: ["number", "null"],
    description:
      "From Outgoing-Call-Request to an acknowledged address, in ms; null where it never came to that",
  }),
  count: Type.Integer({
    minimum: 1,
    description:
      "How many dials this is: those of one user name and address that were refused with one verdict are one entry, and all other fields are of the latest",
  }),
  firstAt: Type.String({ format: "date-time", description: "When the first of them began" }),
  lastTimes: Type.Array(Type.String({ format: "date-time" }), {
    description: "When the last of them began, newest first; ten at most",
  }),
  verdict: Verdict,
};

export const AttemptSummary = Type.Object(summaryFields, {
  $id: "AttemptSummary",
  ...CLOSED,
  description: "A dial, without its trace",
});

export const Attempt = Type.Object(
  { ...summaryFields, trace: Type.Array(TraceEntry) },
  { $id: "Attempt", ...CLOSED, description: "A dial, with its trace" },
);

export const AttemptId = Type.Object({ id: idText("The ID of the dial") }, CLOSED);

/** What a verdict code says to an administrator; undefined for an unknown one. */
export type Verdicts = (code: string) => Words | undefined;

/** What Windows shows when a connection ends that was up. */
const ENDS: readonly number[] = [628, 629];

export function summaryJson(attempt: StoredSummary, verdicts: Verdicts): Static<typeof AttemptSummary> {
  const { id, startedAt, endedAt, clientAddress, user, userId, sessionId, setupMs, count, firstAt } = attempt;
  const text = verdicts(attempt.verdict);
  const errors: readonly number[] = text?.windowsErrors ?? [];
  // Of a session that was up, Windows shows that it ended; the other numbers are of dials that do not come
  // up.
  const shown = setupMs === null ? errors : errors.filter((error) => ENDS.includes(error));
  const verdict = {
    code: attempt.verdict,
    cause: text?.cause ?? "This version of pacd does not know the verdict; another one recorded it.",
    evidence: attempt.evidence,
    windowsErrors: [...shown],
    remedy: text?.remedy ?? "Look at the evidence and the trace.",
  };
  const lastTimes = [...attempt.lastTimes];
  return {
    id,
    startedAt,
    endedAt,
    clientAddress,
    user,
    userId,
    sessionId,
    setupMs,
    count,
    firstAt,
    lastTimes,
    verdict,
  };
}

export function attemptJson(attempt: AttemptRecord, verdicts: Verdicts): Static<typeof Attempt> {
  const trace = attempt.trace.map(({ at, from, layer, text }) => ({ at, from, layer, text }));
  return { ...summaryJson(attempt, verdicts), trace };
}
