import { describeMessage } from "../../../server/pptp/messages/codec.ts";
import type { CutMessage } from "../../../server/pptp/messages/cut-message.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";

/** The fields that tell something in a ladder; all others are shown with every field. Not named: all. */
const TELLING: { readonly [T in ControlMessage["type"]]?: readonly string[] } = {
  "start-control-connection-request": ["hostName", "vendorName"],
  "start-control-connection-reply": ["result", "error", "hostName", "vendorName"],
  "stop-control-connection-reply": ["result", "error"],
  "echo-reply": ["identifier", "result", "error"],
  "outgoing-call-request": ["callId", "receiveWindow"],
  "outgoing-call-reply": ["callId", "peerCallId", "result", "error", "connectSpeed", "receiveWindow"],
  "incoming-call-request": ["callId"],
  "call-disconnect-notify": ["callId", "result", "error", "cause", "callStatistics"],
};

/** These say nothing where they are zero or empty. */
const SILENT = new Set(["error", "cause", "hostName", "vendorName", "callStatistics"]);

/** A message as a row of a ladder says it; of one that is cut, the fields that are there. */
export function tellingText(message: CutMessage): string {
  const values = message as unknown as Record<string, unknown>;
  const names = (TELLING[message.type] ?? Object.keys(values)).filter((name) => values[name] !== undefined);
  const telling = names.filter((name) => !SILENT.has(name) || (values[name] !== 0 && values[name] !== ""));
  // Fields that are not named are not looked at.
  return describeMessage(message as ControlMessage, new Set(telling));
}
