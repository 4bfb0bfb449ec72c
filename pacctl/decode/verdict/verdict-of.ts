import { elapsed } from "../../../ladder/text/times.ts";
import type { Call } from "../calls/call.ts";
import type { DecodedVerdict } from "../decode-types.ts";
import { endingOf } from "./ending.ts";
import { asClient, asServer, explained, type Judgement } from "./explained.ts";
import { judgementOfControl, type Waiting } from "./of-control.ts";
import { judgementOfGre } from "./of-gre.ts";
import { judgementOfLink } from "./of-link.ts";

/**
 * Why a dial ended as it did. `now`: the last moment of the capture, in nanoseconds; `captureEnded`: it went
 * on until then.
 */
export function verdictOf(call: Call, now: number, captureEnded: boolean): DecodedVerdict {
  const ending = endingOf(call, "");
  const over = !captureEnded || ending !== undefined;
  const waiting: Waiting = { over, waited: Math.max(now - call.lastAt, call.lastAt - call.begunAt) / 1e6 };
  return explained(
    judgementOfControl(call, waiting) ??
      judgementOfGre(call, waiting) ??
      judgementOfLink(call, waiting) ??
      afterUp(call, captureEnded),
    call.facts.control.ofPacd,
  );
}

/** The session was up: how it ended, if it did. */
function afterUp(call: Call, captureEnded: boolean): Judgement {
  const lasted = elapsed((call.lastAt - (call.upAt ?? call.begunAt)) / 1e6);
  if (call.link.logIn.proven === false)
    return asClient("server-not-proven", "The S= of the Success is not what the password makes it.");
  const ending = endingOf(call, `after a session of ${lasted}`);
  if (ending !== undefined) return ending;
  const set = call.upAt === undefined ? "" : `Up ${elapsed(call.since(call.upAt))} after it began. `;
  if (captureEnded)
    return asServer("connected", `${set}The capture ends ${lasted} later, and the session goes on.`);
  return asServer("link-lost", `${set}Nothing passed any more ${lasted} later, and nobody said goodbye.`);
}
