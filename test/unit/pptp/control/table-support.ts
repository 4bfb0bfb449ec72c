import { isDeepStrictEqual } from "node:util";
import type { Call, Control, Next } from "../../../../server/pptp/control/control-state.ts";
import type { ControlEffect } from "../../../../server/pptp/control/machine-types.ts";
import type { ControlMessage } from "../../../../server/pptp/messages/message.ts";
import { STATES } from "../../../support/pptp/control-cases.ts";

/**
 * A transition in a line: the effects in order, then " → " and the new state where it differs: its name in
 * `STATES` where it has one there.
 */
export function summary(before: Control, [after, ...effects]: Next): string {
  const done = effects.map(effectSummary).join(", ") || "nothing";
  return isDeepStrictEqual(before, after) ? done : `${done} → ${stateSummary(after)}`;
}

function stateSummary(state: Control): string {
  const named = Object.entries(STATES).find(([, candidate]) => isDeepStrictEqual(candidate, state));
  if (named !== undefined) return named[0];
  if (state.at !== "established") return state.at;
  const calls = state.calls.map(callSummary);
  return `${state.keepalive} [${calls.join(" ")}] echo ${state.nextEcho} token ${state.nextToken}`;
}

function callSummary(call: Call): string {
  if (call.at === "up") return `up ${call.peerCallId}/${call.callId}`;
  return call.at === "placing" ? `placing ${call.peerCallId}#${call.token}` : `abandoned #${call.token}`;
}

function effectSummary(effect: ControlEffect): string {
  switch (effect.do) {
    case "send":
      return `send ${messageSummary(effect.message)}`;
    case "arm":
      return `arm ${effect.timer} ${effect.after / 1000}`;
    case "disarm":
      return `disarm ${effect.timer}`;
    case "place-call":
      return `place #${effect.token} for ${effect.request.callId}`;
    case "call-up":
      return `up ${effect.callId}`;
    case "call-down":
      return `down ${effect.callId} ${effect.cause}`;
    case "note":
      return effect.note;
    case "close":
      return `${effect.how} ${effect.cause}`;
  }
}

function messageSummary(message: ControlMessage): string {
  switch (message.type) {
    case "start-control-connection-reply":
      return `SCCRP ${message.result}`;
    case "stop-control-connection-request":
      return `StopRQ ${message.reason}`;
    case "stop-control-connection-reply":
      return `StopRP ${message.result}`;
    case "echo-request":
      return `EchoRQ ${message.identifier}`;
    case "echo-reply":
      return `EchoRP ${message.identifier.toString(16)}`;
    case "outgoing-call-reply":
      return `OCRP ${message.callId}/${message.peerCallId} ${message.result}.${message.error}`;
    case "incoming-call-reply":
      return `ICRP ${message.callId}/${message.peerCallId} ${message.result}.${message.error}`;
    case "call-disconnect-notify":
      return `CDN ${message.callId} ${message.result}.${message.error} ${JSON.stringify(message.callStatistics)}`;
    default:
      return message.type;
  }
}
