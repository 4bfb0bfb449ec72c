import { elapsed } from "../../../server/wire/elapsed.ts";
import type { JudgedCall } from "../call-facts.ts";
import type { DecodedVerdict } from "../decode-types.ts";
import { judgeControl } from "./control.ts";
import { judgeEnding } from "./ending.ts";
import { judgeGre } from "./gre.ts";
import { asClient, asServer, explained, type Judgement } from "./judgement.ts";
import { judgeLink } from "./link.ts";
import type { Waiting } from "./waiting.ts";

/**
 * Why a dial ended as it did. `now`: the last moment of the capture, in nanoseconds; `captureEnded`: it went
 * on until then.
 */
export function verdictOf(call: JudgedCall, now: number, captureEnded: boolean): DecodedVerdict {
  const ending = judgeEnding(call, "");
  const over = !captureEnded || ending !== undefined;
  const waiting: Waiting = { over, waited: Math.max(now - call.lastAt, call.lastAt - call.begunAt) / 1e6 };
  return explained(
    judgeControl(call, waiting) ??
      judgeGre(call, waiting) ??
      judgeLink(call, waiting) ??
      afterUp(call, captureEnded),
    call.facts.control.ofPacd,
  );
}

/** The session was up: how it ended, if it did. */
function afterUp(call: JudgedCall, captureEnded: boolean): Judgement {
  const lasted = elapsed((call.lastAt - (call.upAt ?? call.begunAt)) / 1e6);
  if (call.link.logIn.proven === false)
    return asClient("server-not-proven", "The S= of the Success is not what the password makes it.");
  const ending = judgeEnding(call, `after a session of ${lasted}`);
  if (ending !== undefined) return ending;
  const set = call.upAt === undefined ? "" : `Up ${elapsed(call.since(call.upAt))} after it began. `;
  if (captureEnded)
    return asServer("connected", `${set}The capture ends ${lasted} later, and the session goes on.`);
  return asServer("link-lost", `${set}Nothing passed any more ${lasted} later, and nobody said goodbye.`);
}
