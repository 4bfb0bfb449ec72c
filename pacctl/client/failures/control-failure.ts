import { DISCONNECT_RESULT } from "../../../server/pptp/messages/call-disconnect-notify.ts";
import { CALL_RESULT } from "../../../server/pptp/messages/outgoing-call-reply.ts";
import { codeName } from "../../../server/pptp/messages/show.ts";
import { START_RESULT } from "../../../server/pptp/messages/start-control-connection-reply.ts";
import { STOP_REASON } from "../../../server/pptp/messages/stop-control-connection-request.ts";
import { printable } from "../../../server/wire/printable.ts";
import type { PnsEnd } from "../control/pns-types.ts";
import type { FailureReason } from "./failure.ts";

const disconnectResult = codeName(DISCONNECT_RESULT);
const stopReason = codeName(STOP_REASON);
const startResult = codeName(START_RESULT);
const callResult = codeName(CALL_RESULT);

/** Has the server ended the call with a message, so that it may have ended PPP as well? */
export const hasHungUp = ({ code }: PnsEnd): boolean =>
  code === "call-disconnected" || code === "call-cleared" || code === "stopped";

/** What the end of the control connection says. */
export function controlFailure(end: Exclude<PnsEnd, { code: "hung-up" }>): FailureReason {
  switch (end.code) {
    case "not-pptp":
      return ["not-pptp", "The octets that came are no PPTP message."];
    case "start-refused":
      return ["start-refused", `Start-Control-Connection-Reply with result ${startResult(end.result)}.`];
    case "start-unanswered":
      return ["start-unanswered", "No Start-Control-Connection-Reply came."];
    case "call-refused":
      return [
        "call-refused",
        `Outgoing-Call-Reply with result ${callResult(end.result)}, error ${end.error}.`,
      ];
    case "call-unanswered":
      return ["call-unanswered", "No Outgoing-Call-Reply came."];
    case "call-disconnected": {
      const text = printable(Buffer.from(end.text, "latin1"), 128);
      const said = text === "" ? "" : `: "${text}"`;
      const codes = `result ${disconnectResult(end.result)}, error ${end.error}, cause ${end.cause}`;
      return ["hung-up-by-server", `Call-Disconnect-Notify with ${codes}${said}.`];
    }
    case "call-cleared":
      return ["hung-up-by-server", "The server sent a Call-Clear-Request."];
    case "stopped":
      return ["hung-up-by-server", `Stop-Control-Connection-Request with reason ${stopReason(end.reason)}.`];
    case "connection-lost":
      return ["connection-lost", "TCP was closed."];
    case "echo-unanswered":
      return ["link-lost", "No Echo-Reply came on the control connection."];
  }
}
