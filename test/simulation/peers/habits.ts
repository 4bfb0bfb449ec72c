import { type PeerCallId, toPeerCallId } from "../../../server/wire/call-id.ts";

/** How a client differs from pptp-linux with pppd 2.4.9. */
export interface Habits {
  readonly user: string;
  readonly password: string;
  /** What its user chooses when the password has expired; without one nothing. */
  readonly newPassword: string | undefined;
  /**
   * "mppe": 128 bits stateless. "none": answers CCP with Protocol-Reject. "no-bits": asks for MPPE without a
   * bit, for ever.
   */
  readonly encryption: "mppe" | "none" | "no-bits";
  /** Is anything sent through GRE? */
  readonly gre: "open" | "blocked" | "one-way";
  /** The client's own call ID. */
  readonly callId: PeerCallId;
  /** Does it send again what nobody answers? */
  readonly insistent: boolean;
}

export const PPTP_LINUX: Habits = {
  user: "alice",
  password: "s3cret",
  newPassword: undefined,
  encryption: "mppe",
  gre: "open",
  callId: toPeerCallId(0x1111),
  insistent: false,
};
