import { type Field, u16 } from "./field.ts";

/** Cause values of Q.931 and Q.850 that a PAC with real lines gives. */
const CAUSES: Readonly<Record<number, string>> = {
  0: "none",
  1: "unassigned number",
  3: "no route to destination",
  16: "normal call clearing",
  17: "user busy",
  18: "no user responding",
  19: "no answer",
  21: "call rejected",
  22: "number changed",
  26: "non-selected user clearing",
  27: "destination out of order",
  28: "invalid number format",
  29: "facility rejected",
  31: "normal, unspecified",
  34: "no circuit or channel available",
  38: "network out of order",
  41: "temporary failure",
  42: "switching equipment congestion",
  44: "requested channel not available",
  47: "resource unavailable",
  57: "bearer capability not authorized",
  58: "bearer capability not available",
  63: "service not available",
  65: "bearer capability not implemented",
  79: "service not implemented",
  88: "incompatible destination",
  102: "recovery on timer expiry",
  127: "interworking, unspecified",
};

/** Cause Code: Q.931's of an ISDN call, 0 elsewhere (RFC 2637 §2.8, §2.13). */
export const cause = (): Field<number> =>
  u16(String, (value) => `${value} (${CAUSES[value] ?? "not a cause that is known"})`);
