import type { LinkEnd } from "../ppp/link/link-types.ts";
import { DISCONNECT_RESULT } from "../pptp/messages/call-disconnect-notify.ts";
import type { Ending } from "./verdicts/ending.ts";

/**
 * Is the client about to clear the call itself? It is after its own Terminate-Request, with which pppd also answers a
 * CHAP Failure, and it gets the time to do so (RFC 1661 §3.7): a Call-Disconnect-Notify sent at once may overtake the
 * last PPP packet, and pppd then reports a hang-up instead of the refused log-in. A client that has acknowledged our
 * Terminate-Request waits for us to disconnect, and each second of that is a second until its user reads why.
 */
export const clientClears = (end: LinkEnd): boolean =>
  end.code === "peer-terminated" ||
  end.code === "auth-refused" ||
  (end.code === "mppe-refused" && end.how === "hung-up");

/** The Result Code of the Call-Disconnect-Notify (RFC 2637 §2.13). */
export function resultOf(ending: Ending): number {
  if (ending.verdict === "disconnected-by-administrator") return DISCONNECT_RESULT.adminShutdown;
  if (ending.verdict === "internal-error") return DISCONNECT_RESULT.generalError;
  return DISCONNECT_RESULT.lostCarrier;
}
