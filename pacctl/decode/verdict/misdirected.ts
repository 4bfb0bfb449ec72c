import type { Side } from "../../capture/captured.ts";
import type { JudgedCall } from "../call-facts.ts";
import { opposite } from "../side.ts";
import { endingClause } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";
import { timedOut, type Waiting } from "./waiting.ts";

/**
 * Whether one side's GRE was such that the other drops it; undefined: it was not, or was taken all the same.
 */
export function judgeMisdirected(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { link, facts } = call;
  if (link.lcp.opened || link.logIn.responses > 0 || !timedOut(waiting)) return undefined;
  for (const from of ["server", "client"] as const) {
    const [fault] = misdirected(call, from);
    const own = facts.gre[from] - facts.astray[from];
    if (fault === undefined || own > 0 || isHeard(call, from)) continue;
    const evidence = `${fault.slice(0, -1)}, and the ${opposite(from)} answers none of them${endingClause(call)}.`;
    if (facts.elsewhere[from] === undefined) return asCapture("gre-with-other-ids", evidence);
    return from === "server"
      ? asClient("gre-from-elsewhere", evidence)
      : asServer("gre-from-elsewhere", evidence);
  }
  return undefined;
}

/** The same as findings. */
export const misdirectedFindings = (call: JudgedCall): string[] =>
  (["client", "server"] as const).flatMap((from) => misdirected(call, from));

function misdirected(call: JudgedCall, from: Side): string[] {
  const { elsewhere, otherIds } = call.facts;
  const to = opposite(from);
  const given = call.ids[to];
  return [
    ...(elsewhere[from] === undefined
      ? []
      : [
          `GRE packets of the ${from} come from ${elsewhere[from]}, its control connection from ${call[from]}.`,
        ]),
    ...(otherIds[to] === undefined || otherIds[to] === given
      ? []
      : [
          `GRE packets of the ${from} carry call ID ${otherIds[to]}, and the ${to} had given ${given ?? "none that was seen"}.`,
        ]),
  ];
}

/** Does the other side answer or acknowledge what this one sends? */
const isHeard = ({ facts, link }: JudgedCall, from: Side): boolean =>
  facts.confirmed[from] > 0 ||
  [link.lcp, link.ccp, link.ipcp].some(({ sides }) => sides[opposite(from)].replies > 0);
