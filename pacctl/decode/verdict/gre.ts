import { elapsed } from "../../../server/wire/elapsed.ts";
import type { JudgedCall } from "../call-facts.ts";
import { endingClause } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";
import { timedOut, type Waiting } from "./waiting.ts";

/**
 * Ours: a control connection that lives for so long, in milliseconds, has a tunnel beside it, seen or not.
 */
const LIVES = 65_000;

/** Reminds of the commonest reason why there is no GRE in a capture. */
const FILTER = "A capture that was filtered by port alone has no GRE either: see that this one was not.";

/** Why there is no tunnel; undefined: there is GRE of both sides. */
export function judgeGre(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { gre, control, icmp, malformedGre } = call.facts;
  if (gre.client > 0 && gre.server > 0) return undefined;
  const refusal = icmp.find(({ about, final }) => about === "gre" && final);
  if (refusal !== undefined)
    return asCapture(
      "gre-refused",
      `${refusal.by} says by ICMP about GRE of the ${refusal.sender}: ${refusal.says}.`,
    );
  if (gre.client + gre.server === 0 && malformedGre > 0)
    return asCapture(
      "malformed-gre",
      `${malformedGre} GRE packets, of which none is allowed by RFC 2637 §4.1.`,
    );
  if (!control.callRequest && control.callReply === undefined) return undefined;
  if (gre.client + gre.server === 0) return noGre(call, waiting);
  if (!timedOut(waiting)) return asCapture("capture-ended", "GRE of one side alone had been seen.");
  if (gre.client === 0)
    return asServer(
      "gre-blocked",
      `${gre.server} GRE packets of the server, none of the client${endingClause(call)}.`,
    );
  return asClient(
    "gre-blocked",
    `${gre.client} GRE packets of the client, none of the server${endingClause(call)}.`,
  );
}

function noGre(call: JudgedCall, waiting: Waiting): Judgement {
  const lived = call.since(call.lastAt);
  if (call.facts.control.linkInfo)
    return asCapture(
      "gre-not-captured",
      "A Set-Link-Info has the character maps that are known only once LCP is open.",
    );
  if (lived > LIVES)
    return asCapture(
      "gre-not-captured",
      `The control connection went on for ${elapsed(lived)}, which no client does without a tunnel.`,
    );
  if (!timedOut(waiting))
    return asCapture("capture-ended", "The call was accepted, and no GRE packet had been seen yet.");
  return asServer(
    "gre-blocked",
    `The call was accepted, and no GRE packet of either side was seen${endingClause(call)}. ${FILTER}`,
  );
}
