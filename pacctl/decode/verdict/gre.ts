import { elapsed } from "../../../server/wire/elapsed.ts";
import type { Side } from "../../capture/captured.ts";
import type { JudgedCall } from "../call-facts.ts";
import { endingClause, judgeEnding } from "./ending.ts";
import { asCapture, asClient, asServer, type Judgement } from "./judgement.ts";
import { uncapturedGre } from "./uncaptured.ts";
import { timedOut, type Waiting } from "./waiting.ts";

/**
 * Ours: a control connection that lives for so long, in milliseconds, has a tunnel beside it, seen or not.
 */
const LIVES = 65_000;

/**
 * Ours: who ends a call so soon after it was accepted, in nanoseconds, has not waited for GRE of the other
 * side. Servers wait nine seconds and more for LCP; people and programs that dial wait as well.
 */
const AT_ONCE: Readonly<Record<Side, number>> = { server: 5e9, client: 1e9 };

/** Ours: GRE and TCP of a program that ends are closed within so many nanoseconds, in either order. */
const CLOSES = 1e9;

/** Reminds of the commonest reason why there is no GRE in a capture. */
const FILTER = "A capture that was filtered by port alone has no GRE either: see that this one was not.";

/** Why there is no tunnel; undefined: there is GRE of both sides. */
export function judgeGre(call: JudgedCall, waiting: Waiting): Judgement | undefined {
  const { gre, control, icmp, malformedGre } = call.facts;
  if (gre.client > 0 && gre.server > 0) return undefined;
  // One direction alone was captured: what is in it may tell all the same.
  if (
    gre.client + gre.server > 0 &&
    uncapturedGre(call, gre.client === 0 ? "client" : "server") !== undefined
  )
    return undefined;
  // A host whose PPTP service has ended refuses what still comes.
  const refusal = icmp.find(({ about, final, by, at }) => about === "gre" && final && at < endOf(call, by));
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
  const passed = gre.client + gre.server === 0 ? passedUnseen(call) : undefined;
  const certain = passed ?? endedAtOnce(call);
  if (certain !== undefined) return certain;
  if (gre.client + gre.server === 0) return noGre(call, waiting);
  if (!timedOut(waiting)) return asCapture("capture-ended", "GRE of one side alone had been seen.");
  if (call.facts.otherCall !== undefined) return inAnotherCall(call, call.facts.otherCall);
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

/** When the PPTP service of this host has ended, or the call, in nanoseconds of the capture. */
function endOf({ client, server, facts }: JudgedCall, host: string): number {
  const { first } = facts.endings;
  if (first === undefined) return Number.POSITIVE_INFINITY;
  return first.at - (host === { client, server }[first.from] ? CLOSES : 0);
}

/** One side ended the call before the other could have been missed. */
function endedAtOnce(call: JudgedCall): Judgement | undefined {
  const { gre, control, endings } = call.facts;
  const { first } = endings;
  const { acceptedAt } = control;
  if (first === undefined || acceptedAt === undefined) return undefined;
  const after = first.at - acceptedAt;
  if (after < 0 || after >= AT_ONCE[first.from]) return undefined;
  const ending = judgeEnding(call);
  // What the server sends may be its answer to the client.
  if (first.from === "client" || gre.server > 0 || ending?.source === "server") return ending;
  const own = `${gre.client} GRE packet${gre.client === 1 ? "" : "s"}`;
  const sent =
    gre.client === 0 ? "Neither side sent a GRE packet" : `The client sent ${own}, the server none`;
  const filter = gre.client === 0 ? ` ${FILTER}` : "";
  return asCapture(
    "ended-before-ppp",
    `${sent}, and the server ended the call ${elapsed(after / 1e6)} after it had accepted it${endingClause(call)}.${filter}`,
  );
}

/** What only a tunnel makes possible, though no GRE is in the capture. */
function passedUnseen(call: JudgedCall): Judgement | undefined {
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
  return undefined;
}

/** GRE is let through between these two, but not for this call. */
function inAnotherCall(call: JudgedCall, other: number): Judgement {
  const { gre } = call.facts;
  const own =
    gre.client + gre.server === 0 ? "none" : gre.client > 0 ? "only the client's" : "only the server's";
  return asCapture(
    "gre-in-another-call",
    `GRE of both sides passes between these two in call ${other}, and ${own} in this one${endingClause(call)}.`,
  );
}

function noGre(call: JudgedCall, waiting: Waiting): Judgement {
  if (!timedOut(waiting))
    return asCapture("capture-ended", "The call was accepted, and no GRE packet had been seen yet.");
  if (call.facts.otherCall !== undefined) return inAnotherCall(call, call.facts.otherCall);
  return asServer(
    "gre-blocked",
    `The call was accepted, and no GRE packet of either side was seen${endingClause(call)}. ${FILTER}`,
  );
}
