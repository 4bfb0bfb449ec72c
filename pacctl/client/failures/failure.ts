import type { Stage } from "../dial/dial-types.ts";
import { FAILURES, type FailureCode } from "./register.ts";

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

/** What Windows shows when a connection that was up ends; no other error is one of a connection. */
const ENDS: readonly number[] = [628, 629];

/** A failure as scripts and people read it. */
export function explained({ code, stage, seen }: Failure) {
  const { windowsErrors, ...words } = FAILURES[code];
  const errors: readonly number[] = windowsErrors;
  const shown = stage === "tunnel" ? errors.filter((error) => ENDS.includes(error)) : errors;
  return { stage, code, seen, ...words, windowsErrors: shown };
}
