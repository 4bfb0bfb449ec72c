import type { Static } from "typebox";
import type { Ladder } from "../../ladder/ladder-types.ts";
import { traceRow } from "../../ladder/trace-row.ts";
import type { Attempt } from "./attempt.ts";

/** A dial as a ladder: the same words as in JSON, and so no secret either. */
export function attemptLadder(attempt: Static<typeof Attempt>): Ladder {
  const { id, clientAddress, user, startedAt, endedAt, setupMs, sessionId, trace, verdict } = attempt;
  const facts = [
    ["User", user],
    ["Started", startedAt],
    ["Ended", endedAt],
    ["Repeated", attempt.count === 1 ? null : `×${attempt.count} since ${attempt.firstAt}`],
    ["Set-up", setupMs === null ? null : `${Math.round(setupMs)} ms`],
    ["Session", sessionId],
  ] as const;
  return {
    title: `Dial ${id}`,
    client: clientAddress,
    server: "pacd",
    facts: facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
    rows: trace.map(traceRow),
    findings: [],
    stages: [],
    up: sessionId !== null,
    verdict,
  };
}
