import { elapsed } from "../../../server/wire/elapsed.ts";
import type { JudgedCall } from "../call-facts.ts";
import type { DecodedVerdict } from "../decode-types.ts";
import { judgeBreach, judgeControl } from "./control.ts";
import { judgeCut } from "./cut.ts";
import { judgeEncryption } from "./encryption.ts";
import { judgeEnding } from "./ending.ts";
import { judgeGre } from "./gre.ts";
import { asClient, asServer, endOfSession, explained, type Judgement } from "./judgement.ts";
import { judgeLink } from "./link.ts";
import { judgeMisdirected } from "./misdirected.ts";
import { goesOn, judgeEchoes, judgeSilence } from "./silence.ts";
import { judgeTold } from "./told.ts";
import { judgeUncaptured } from "./uncaptured.ts";
import type { Waiting } from "./waiting.ts";

/** Ours: a session that was quiet for longer, in nanoseconds, is told to be. Windows asks after 60 s. */
const QUIET = 60e9;

/**
 * Why a dial ended as it did. `now`: the last moment of the capture, in nanoseconds; `captureEnded`: it went
 * on until then.
 */
export function verdictOf(call: JudgedCall, now: number, captureEnded: boolean): DecodedVerdict {
  const ending = judgeEnding(call);
  const live = captureEnded && goesOn(call, now);
  const over = !live || ending !== undefined;
  const waiting: Waiting = { over, waited: (now - call.cameOnAt) / 1e6 };
  const judgement =
    judgeEchoes(call) ??
    judgeControl(call, waiting) ??
    judgeBreach(call) ??
    judgeTold(call) ??
    judgeMisdirected(call, waiting) ??
    judgeGre(call, waiting) ??
    judgeLink(call, waiting, now) ??
    afterUp(call, now, live);
  const doubt = judgeCut(call, judgement) ?? judgeUncaptured(call, judgement);
  return explained(doubt ?? judgement, call.facts.control.ofPacd);
}

/** The session was up: how it ended, if it did. */
function afterUp(call: JudgedCall, now: number, live: boolean): Judgement {
  const begun = call.upAt ?? call.begunAt;
  if (call.link.logIn.proven === false)
    return asClient("server-not-proven", "The S= of the Success is not what the password makes it.");
  const ending = judgeEncryption(call) ?? judgeEnding(call);
  if (ending !== undefined) return endOfSession(ending);
  const set = call.upAt === undefined ? "" : `Up ${elapsed(call.since(call.upAt))} after it began. `;
  if (!live) return judgeSilence(call, now, set);
  const quiet =
    now - call.lastAt > QUIET ? `; it was quiet for the last ${elapsed((now - call.lastAt) / 1e6)}` : "";
  return asServer(
    "connected",
    `${set}The capture ends ${elapsed((now - begun) / 1e6)} later, and the session goes on${quiet}.`,
  );
}
