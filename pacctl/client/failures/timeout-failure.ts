import type { FailureCode } from "../../../verdicts/register.ts";
import type { Stage } from "../../../verdicts/stages.ts";

/** What a dial is that stood still at this stage; `answered`: what the server had answered by then. */
export function timeoutFailure(
  stage: Stage,
  answered: { readonly start: boolean; readonly lcp: boolean },
): FailureCode {
  const codes: Readonly<Record<Stage, FailureCode>> = {
    tcp: "tcp-unanswered",
    control: answered.start ? "call-unanswered" : "start-unanswered",
    lcp: answered.lcp ? "lcp-not-agreed" : "lcp-unanswered",
    auth: "auth-unanswered",
    ccp: "mppe-refused",
    ipcp: "ipcp-unanswered",
  };
  return codes[stage];
}
