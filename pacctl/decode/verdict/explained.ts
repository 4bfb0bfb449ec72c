import { VERDICTS, type VerdictCode } from "../../../verdicts/register.ts";
import { FAILURES, type FailureCode } from "../../client/failures/register.ts";
import type { DecodedVerdict } from "../decode-types.ts";
import { CAPTURE_VERDICTS, type CaptureVerdict } from "./register.ts";

/**
 * A verdict with its evidence, not yet in words. The same code may stand in two registers, said from either
 * side.
 */
export type Judgement =
  | { readonly source: "server"; readonly code: VerdictCode; readonly evidence: string }
  | { readonly source: "client"; readonly code: FailureCode; readonly evidence: string }
  | { readonly source: "capture"; readonly code: CaptureVerdict; readonly evidence: string };

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
export const asCapture = (code: CaptureVerdict, evidence: string): Judgement => ({
  source: "capture",
  code,
  evidence,
});

/** In the words of its register. */
export function explained({ source, code, evidence }: Judgement): DecodedVerdict {
  const words =
    source === "server" ? VERDICTS[code] : source === "client" ? FAILURES[code] : CAPTURE_VERDICTS[code];
  return { source, code, evidence, ...words };
}
