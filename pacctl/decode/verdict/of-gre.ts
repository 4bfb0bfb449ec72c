import { elapsed } from "../../../ladder/text/times.ts";
import type { Call } from "../calls/call.ts";
import { endingOf, sinceBegin } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./explained.ts";
import { inVain, type Waiting } from "./of-control.ts";

/**
 * Ours: a control connection that lives for so long, in milliseconds, has a tunnel beside it, seen or not.
 */
const LIVES = 65_000;

/** Reminds of the commonest reason why there is no GRE in a capture. */
const FILTER = "A capture that was filtered by port alone has no GRE either: see that this one was not.";

/** Why there is no tunnel; undefined: there is GRE of both sides. */
export function judgementOfGre(call: Call, waiting: Waiting): Judgement | undefined {
  const { gre, control, icmp, oddGre } = call.facts;
  if (gre.client > 0 && gre.server > 0) return undefined;
  const refusal = icmp.find(({ about, final }) => about === "gre" && final);
  if (refusal !== undefined)
    return asCapture(
      "gre-refused",
      `${refusal.by} says by ICMP about GRE of the ${refusal.sender}: ${refusal.says}.`,
    );
  if (gre.client + gre.server === 0 && oddGre > 0)
    return asCapture("malformed-gre", `${oddGre} GRE packets, of which none is allowed by RFC 2637 §4.1.`);
  if (!control.callRequest && control.callReply === undefined) return undefined;
  if (gre.client + gre.server === 0) return none(call, waiting);
  if (!inVain(waiting)) return asCapture("capture-ended", "GRE of one side alone had been seen.");
  if (gre.client === 0)
    return asServer(
      "gre-blocked",
      `${gre.server} GRE packets of the server, none of the client${ending(call)}.`,
    );
  return asClient(
    "gre-blocked",
    `${gre.client} GRE packets of the client, none of the server${ending(call)}.`,
  );
}

function none(call: Call, waiting: Waiting): Judgement {
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
  if (!inVain(waiting))
    return asCapture("capture-ended", "The call was accepted, and no GRE packet had been seen yet.");
  return asServer(
    "gre-blocked",
    `The call was accepted, and no GRE packet of either side was seen${ending(call)}. ${FILTER}`,
  );
}

/** `; the client sent a Call-Clear-Request, 4.8 s after it began`. */
function ending(call: Call): string {
  const evidence = endingOf(call, sinceBegin(call))?.evidence;
  return evidence === undefined ? "" : `; ${evidence[0]!.toLowerCase()}${evidence.slice(1, -1)}`;
}
