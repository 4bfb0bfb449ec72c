import type { Stage } from "../dial/dial-types.ts";
import { FAILURES, type FailureCode } from "./register.ts";

/** Why a dial failed. */
export interface Failure {
  readonly code: FailureCode;
  /** The stage that it broke off at; "host": before the first. */
  readonly stage: Stage | "host";
  /** What was seen on the wire or on this host, one sentence; printable. */
  readonly seen: string;
}

/** A failure as scripts and people read it. */
export function explained({ code, stage, seen }: Failure) {
  return { stage, code, seen, ...FAILURES[code] };
}
