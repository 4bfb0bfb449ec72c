import type { VerdictCode } from "../../../verdicts/register.ts";
import type { TunnelCounters } from "../../data-plane/data-plane.ts";
import type { LinkEnd } from "../../ppp/link/link-types.ts";
import { DISCONNECT_RESULT } from "../../pptp/messages/call-disconnect-notify.ts";
import { GENERAL_ERROR } from "../../pptp/messages/general-error.ts";
import type { Millis } from "../../wire/units.ts";
import type { Ending } from "../records/ending.ts";

/** Result and Error Code of a Call-Disconnect-Notify. */
export interface DisconnectCodes {
  readonly result: number;
  /** For a general error alone; not said: PAC-Error. */
  readonly error?: number;
}

/**
 * Is the client about to clear the call itself? It is after its own Terminate-Request, with which pppd also
 * answers a CHAP Failure, and it gets the time to do so (RFC 1661 §3.7): a Call-Disconnect-Notify sent at
 * once may overtake the last PPP packet, and pppd then reports a hang-up instead of the refused log-in. A
 * client that has acknowledged our Terminate-Request waits for us to disconnect, and each second of that is a
 * second until its user reads why.
 */
export const clientClears = (end: LinkEnd): boolean =>
  end.code === "peer-terminated" ||
  end.code === "peer-closed" ||
  end.code === "auth-refused" ||
  (end.code === "mppe-refused" && end.how === "hung-up");

/** Decided here and not by the line or the client: "administrative reasons" (RFC 2637 §2.13). */
const DECIDED: ReadonlySet<VerdictCode> = new Set([
  "disconnected-by-administrator",
  "server-stopped",
  "server-failed",
  "user-disabled",
  "user-not-valid",
  "outside-hours",
  "source-not-allowed",
  "too-many-sessions",
  "replaced",
  "session-timeout",
  "idle-timeout",
  "address-withdrawn",
]);

/**
 * The Result Code of the Call-Disconnect-Notify, and its Error Code where it has one (RFC 2637 §2.13, §2.16).
 * A refused log-in has one code whatever the reason: a stranger learns neither which users are disabled nor
 * that a password is right.
 */
export function disconnectCodes({ verdict }: Ending, cause?: LinkEnd): DisconnectCodes {
  if (cause?.code === "auth-refused") return { result: DISCONNECT_RESULT.lostCarrier };
  if (DECIDED.has(verdict)) return { result: DISCONNECT_RESULT.adminShutdown };
  if (verdict === "internal-error") return { result: DISCONNECT_RESULT.generalError };
  if (verdict === "no-address" || verdict === "server-full")
    return { result: DISCONNECT_RESULT.generalError, error: GENERAL_ERROR.noResource };
  return { result: DISCONNECT_RESULT.lostCarrier };
}

/** The text of our Terminate-Request; pppd writes it into its log. */
export function terminateReason({ verdict }: Ending): string {
  switch (verdict) {
    case "mppe-desynchronised":
      return "encryption out of step";
    case "mppe-over-budget":
      return "packet numbers jump too far and too often";
    case "replaced":
      return "another session of this user takes its place";
    case "session-timeout":
      return "the session has lasted as long as it may";
    case "idle-timeout":
      return "the session was idle for too long";
    case "outside-hours":
      return "the allowed hours are over";
    case "address-withdrawn":
      return "the address is not given out any more: dial again";
    default:
      return "disconnected by the administrator";
  }
}

/**
 * Call Statistics for the client's log (RFC 2637 §2.13), well within its 128 octets. `lasted` since the call
 * request.
 */
export function callStatistics(counters: TunnelCounters, lasted: Millis): string {
  const { rxBytes, rxPackets, txBytes, txPackets, drops } = counters;
  const seconds = Math.round(lasted / 1000);
  return `in ${rxBytes} bytes ${rxPackets} packets, out ${txBytes} bytes ${txPackets} packets, ${seconds} s, drops ${drops}`;
}
