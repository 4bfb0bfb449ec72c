import type { ConditionCode } from "../conditions/register.ts";

/** Names of what can be put back, for the log and the metric `pacd_host_repairs_total`. */
export const HOST_PARTS = [
  "link",
  "address",
  "routes",
  "forwarding",
  "redirects",
  "masquerade",
  "forward-accept",
] as const;

export type HostPartName = (typeof HOST_PARTS)[number];

/** One thing of the host that pacd needs. */
export interface HostPart {
  readonly name: HostPartName;
  /** Which one of several; "" where there is one only. */
  readonly subject: string;
  /** The condition that holds while it is not as it should be. */
  readonly code: ConditionCode;
  /**
   * What is wrong now, in a sentence that does not say what to do; undefined: nothing. Starts no program.
   * Throws the kernel's error where it cannot be seen.
   */
  problem(): string | undefined;
  /** Puts it back; throws or rejects where that is refused. Undefined: it is not ours to set. */
  readonly putBack: (() => void | Promise<void>) | undefined;
  /** What an operator is to do where pacd does not, or cannot, put it back. */
  readonly remedy: string;
}
