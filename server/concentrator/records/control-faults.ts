import { DECODE_FAULTS } from "../../wire/decoded.ts";

/** What is counted of control connections, for status and metrics; `docs/counters.md` explains each. */
export const CONTROL_FAULTS = [
  ...DECODE_FAULTS, // octets that are no control message
  "start-timeout",
  "bad-version",
  "protocol-error",
  "out-of-order",
  "unknown-call",
  "ignored",
  "duplicate-call",
  "call-refused",
  "stale",
  "control-flood",
  "too-many-connections",
  "too-many-dials",
  "internal-error",
] as const;

export type ControlFault = (typeof CONTROL_FAULTS)[number];
