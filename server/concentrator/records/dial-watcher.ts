import type { LinkEncryption } from "../../ppp/link-common/mppe-keys.ts";
import type { User } from "../../store/store-types.ts";
import type { Millis } from "../../wire/units.ts";

/** What is known of a session when it comes up. */
export interface SessionBegun {
  readonly sessionId: string;
  readonly attemptId: string;
  /** As the policy was then. */
  readonly user: User;
  readonly clientAddress: string;
  readonly assignedAddress: string;
  /** In which the address lies; null: in none. */
  readonly pool: string | null;
  readonly encryption: LinkEncryption;
  readonly connectedAt: string;
  /** From the Outgoing-Call-Request on. */
  readonly setup: Millis;
  /** From the user's name to the log-in that was accepted; null: unknown. */
  readonly logIn: Millis | null;
}

export interface SessionOver extends Omit<SessionBegun, "setup" | "logIn" | "encryption"> {
  readonly verdict: string;
  readonly evidence: string;
  readonly lasted: Millis;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
}

export interface DialFailed {
  readonly attemptId: string;
  readonly verdict: string;
  readonly evidence: string;
  /** As the client sent it, printable; undefined: it sent none. */
  readonly nameSent: string | undefined;
  /** Whose that name is; undefined: nobody's. */
  readonly userId: string | undefined;
  readonly clientAddress: string;
}

/** Is told what becomes of dials, as it happens. Must neither throw nor wait. */
export interface DialWatcher {
  /** Once for each session, however often its link is negotiated anew. */
  sessionUp(session: SessionBegun): void;
  /** Once for each session that came up. */
  sessionDown(session: SessionOver): void;
  /** A dial is over, and no session came of it. */
  dialFailed(dial: DialFailed): void;
}
