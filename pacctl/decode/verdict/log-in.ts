import { causeOfError } from "../../../verdicts/ms-chap-errors.ts";
import type { JudgedCall } from "../call-facts.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";
import { timedOut, type Waiting } from "./waiting.ts";

/** Why nobody was let in; undefined: somebody was, or nothing was asked. */
export function judgeLogIn(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { logIn } = call.link;
  if (logIn.outcome === "refused") return refused(call);
  if (logIn.outcome === "accepted" || logIn.method === undefined) return undefined;
  // Whatever came after the log-in shows that it was accepted.
  if (call.link.ccp.begun || call.link.ipcp.begun) return undefined;
  if (logIn.method === "eap") return asCapture("eap-log-in", "LCP agreed on EAP, or EAP packets were seen.");
  if (!timedOut(waiting)) return asCapture("capture-ended", "The log-in was under way.");
  const { challenges, responses, method } = logIn;
  if (responses > 0)
    return asClient(
      "auth-unanswered",
      `The server said nothing to ${responses} log-in packets of the client.`,
    );
  if (challenges > 0 || method === "pap")
    return asServer(
      "auth-unanswered",
      method === "pap"
        ? "The client sent no PAP Authenticate-Request."
        : `The client answered none of ${challenges} Challenges.`,
    );
  return asClient("auth-unanswered", "The server sent no Challenge.");
}

function refused({ link }: JudgedCall): Judgement {
  const { error, message, password, user } = link.logIn;
  const said = message === "" ? "without a text" : `saying "${message}"`;
  const evidence = `The server refused "${user ?? ""}" ${said}.`;
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
          `${evidence} The password given is the one that the client used.`,
        );
      return asServer(
        cause,
        password === "wrong"
          ? `${evidence} The client did not use the password that was given here.`
          : evidence,
      );
  }
}
