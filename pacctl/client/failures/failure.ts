import { FAILURES, type FailureCode } from "../../../verdicts/register.ts";
import type { Stage } from "../../../verdicts/stages.ts";

/** Why a dial failed. */
export interface Failure {
  readonly code: FailureCode;
  /**
   * The stage that it broke off at; "host": before the first; "tunnel": after the last, when the tunnel had
   * been up.
   */
  readonly stage: Stage | "host" | "tunnel";
  /** What was seen on the wire or on this host, one sentence; printable. */
  readonly seen: string;
}

/** A failure before it is known at which stage: what it is, and what was seen. */
export type FailureReason = readonly [code: FailureCode, seen: string];

/** What Windows shows when a connection that was up ends; no other error is one of a connection. */
const END_ERRORS: readonly number[] = [628, 629];

/** A failure as scripts and people read it. */
export function explained({ code, stage, seen }: Failure) {
  const { windowsErrors: errors, ...words } = FAILURES[code];
  const windowsErrors = stage === "tunnel" ? errors.filter((error) => END_ERRORS.includes(error)) : errors;
  return { stage, code, seen, ...words, windowsErrors };
}
