import {
  type CaptureCode,
  type FailureCode,
  type SeenCause,
  type VerdictCode,
  wordsInCapture,
} from "../../../verdicts/register.ts";
import type { DecodedVerdict } from "../decode-types.ts";

/** A cause with its evidence, not yet in words. */
export type Judgement = SeenCause & {
  readonly evidence: string;
  /** What Windows shows, where this call tells it better than the register. */
  readonly windowsErrors?: readonly number[];
};

/** As the server would say it. */
export const asServer = (code: VerdictCode, evidence: string): Judgement => ({
  source: "server",
  code,
  evidence,
});

/** As its client would. */
export const asClient = (code: FailureCode, evidence: string): Judgement => ({
  source: "client",
  code,
  evidence,
});

/** As only a capture can. */
export const asCapture = (code: CaptureCode, evidence: string): Judgement => ({
  source: "capture",
  code,
  evidence,
});

/** In words. `ofPacd`: the server in the capture is pacd, whose administrator has pacctl. */
export const explained = (judgement: Judgement, ofPacd: boolean): DecodedVerdict => ({
  source: judgement.source,
  code: judgement.code,
  evidence: judgement.evidence,
  ...wordsInCapture(judgement, ofPacd),
  ...(judgement.windowsErrors === undefined ? {} : { windowsErrors: judgement.windowsErrors }),
});

/** What Windows shows when a connection that was up ends; no other error is one of a session. */
const END_ERRORS: ReadonlySet<number> = new Set([628, 629]);

/** It as the end of a session. */
export const endOfSession = (ending: Judgement): Judgement => ({
  ...ending,
  windowsErrors: wordsInCapture(ending, false).windowsErrors.filter((error) => END_ERRORS.has(error)),
});
