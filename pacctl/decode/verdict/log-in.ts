import { causeOfError } from "../../../verdicts/ms-chap-errors.ts";
import type { JudgedCall } from "../call-facts.ts";
import { userInWords } from "../link/claims.ts";
import { eapRefusal, judgeEap, refusedByEap } from "./eap.ts";
import { endingClause } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";
import { hungUpAtOnce, timedOut, type Waiting } from "./waiting.ts";

/** Why nobody was let in; undefined: somebody was, or nothing was asked. */
export function judgeLogIn(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { logIn } = call.link;
  if (logIn.outcome === "refused") return refused(call);
  if (logIn.outcome === "accepted" || logIn.method === undefined) return undefined;
  // Whatever came after the log-in shows that it was accepted.
  if (call.link.ccp.begun || call.link.ipcp.begun) return undefined;
  if (logIn.method === "eap") return judgeEap(call, waiting);
  if (!timedOut(waiting)) return asCapture("capture-ended", "The log-in was under way.");
  const { challenges, responses, method } = logIn;
  // Nobody waited: it was not the silence of the other side that ended it.
  if (responses + challenges > 0 && hungUpAtOnce(call)) return undefined;
  if (responses > 0)
    return asClient(
      "auth-unanswered",
      `The server said nothing to ${responses} log-in packets of the client${endingClause(call)}.`,
    );
  if (challenges > 0 || method === "pap")
    return asServer(
      "auth-unanswered",
      method === "pap"
        ? `The client sent no PAP Authenticate-Request${endingClause(call)}.`
        : `The client answered none of ${challenges} Challenges${endingClause(call)}.`,
    );
  return asClient("auth-unanswered", `The server sent no Challenge${endingClause(call)}.`);
}

function refused(call: JudgedCall): Judgement {
  const { error, message, password, method, eap, given } = call.link.logIn;
  const said = message === "" ? "without a text" : `saying "${message}"`;
  const byEap = method === "eap" && message === "";
  const judged = byEap ? refusedByEap(call) : undefined;
  if (judged !== undefined) return judged;
  const evidence = byEap
    ? eapRefusal(call)
    : `The server refused ${userInWords(call.link.logIn)} ${method === "eap" ? `by ${eap.title}, ` : ""}${said}.`;
  const cause = causeOfError(error);
  switch (cause) {
    case "account-restricted":
    case "auth-refused":
      return asClient(cause, evidence);
    case "password-expired":
    case "password-change-refused":
      return asServer(cause, evidence);
    case "bad-credentials":
      if (password === "right")
        return asCapture(
          "right-password-refused",
          `${evidence} The ${given} given is the one that the client used.`,
        );
      return asServer(
        cause,
        password === "wrong"
          ? `${evidence} The client did not use the ${given} that was given here.`
          : evidence,
      );
  }
}
