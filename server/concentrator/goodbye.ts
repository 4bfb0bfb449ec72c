import type { LinkEnd } from "../ppp/link/link-types.ts";
import { DISCONNECT_RESULT } from "../pptp/messages/call-disconnect-notify.ts";
import type { Ending } from "./verdicts/ending.ts";

const CLIENT_CLEARS: ReadonlySet<LinkEnd["code"]> = new Set([
  "peer-terminated",
  "auth-refused",
  "auth-protocol-refused",
  "no-address",
  "mppe-refused",
  "ipcp-not-agreed",
  "lcp-not-agreed",
]);

/**
 * Did the client take part in this end, by its own Terminate-Request or the answer to ours? Then it clears the call
 * next, and gets the time to do so (RFC 1661 §3.7). A Call-Disconnect-Notify sent at once may overtake the last PPP
 * packet, and pppd then reports a hang-up instead of the refused log-in.
 */
export const clientClears = (end: LinkEnd): boolean => CLIENT_CLEARS.has(end.code);

/** The Result Code of the Call-Disconnect-Notify (RFC 2637 §2.13). */
export function resultOf(ending: Ending): number {
  if (ending.verdict === "disconnected-by-administrator") return DISCONNECT_RESULT.adminShutdown;
  if (ending.verdict === "internal-error") return DISCONNECT_RESULT.generalError;
  return DISCONNECT_RESULT.lostCarrier;
}
