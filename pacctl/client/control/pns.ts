import { ECHO_WAIT, PEER_SILENCE } from "../../../server/pptp/constants.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { CALL_RESULT } from "../../../server/pptp/messages/outgoing-call-reply.ts";
import { START_RESULT } from "../../../server/pptp/messages/start-control-connection-reply.ts";
import { CLOSING_WAIT, REPLY_WAIT } from "./limits.ts";
import {
  callRequest,
  clearRequest,
  echoReply,
  echoRequest,
  startRequest,
  stopReply,
  stopRequest,
} from "./messages.ts";
import type { OwnCall, Pns, PnsEffect, PnsEnd, PnsEvent, PnsNext, PnsTimer } from "./pns-types.ts";

/** A PNS before its first message. */
export const createPns = (call: OwnCall): Pns => ({ at: "idle", call });

/**
 * The control connection from the side that dials (RFC 2637 §3.1.1, and §3.2.4.2 for the call). Pure.
 * Messages that mean nothing in a state move nothing: a server may send Set-Link-Info or a late reply at any
 * time.
 */
export function pns(state: Pns, event: PnsEvent): PnsNext {
  if (state.at === "ended") return [state];
  switch (event.type) {
    case "start":
      if (state.at !== "idle") return [state];
      return [{ ...state, at: "starting" }, startRequest, { do: "arm", timer: "reply", after: REPLY_WAIT }];
    case "message":
      return heard(state, receive(state, event.message));
    case "fault":
      return end({ code: leaving(state) ? "hung-up" : "not-pptp" });
    case "closed":
      return end({ code: leaving(state) ? "hung-up" : "connection-lost" });
    case "timer":
      return expired(state, event.timer);
    case "hang-up":
      return hangUp(state);
  }
}

function receive(state: Pns, message: ControlMessage): PnsNext {
  switch (message.type) {
    case "echo-request":
      return [state, echoReply(message.identifier)];
    case "stop-control-connection-request":
      return end(
        leaving(state) ? { code: "hung-up" } : { code: "stopped", reason: message.reason },
        stopReply,
      );
    case "start-control-connection-reply":
      if (state.at !== "starting") return [state];
      if (message.result !== START_RESULT.ok) return end({ code: "start-refused", result: message.result });
      return [
        { ...state, at: "calling" },
        { do: "greeted", hostName: message.hostName, vendorName: message.vendorName },
        callRequest(state.call),
        { do: "arm", timer: "reply", after: REPLY_WAIT },
      ];
    case "outgoing-call-reply":
      if (state.at !== "calling" || message.peerCallId !== state.call.callId) return [state];
      if (message.result !== CALL_RESULT.connected)
        return end({ code: "call-refused", result: message.result, error: message.error }, stopRequest);
      return [
        { at: "connected", call: state.call, serverCallId: message.callId, echoes: 0 },
        { do: "disarm", timer: "reply" },
        { do: "call-up", serverCallId: message.callId },
      ];
    case "call-disconnect-notify":
      if (state.at === "clearing") return stop();
      if (state.at !== "connected" || message.callId !== state.serverCallId) return [state];
      return end(
        {
          code: "call-disconnected",
          result: message.result,
          error: message.error,
          cause: message.cause,
          text: message.callStatistics,
        },
        stopRequest,
      );
    case "call-clear-request":
      if (state.at === "clearing") return stop();
      if (state.at !== "connected" || !isAbout(message.callId, state)) return [state];
      return end({ code: "call-cleared" }, stopRequest);
    case "stop-control-connection-reply":
      return state.at === "stopping" ? end({ code: "hung-up" }) : [state];
    default:
      return [state];
  }
}

/** Which of the two IDs of a call a server puts into a message that is not its own to send is its affair. */
const isAbout = (id: number, { call, serverCallId }: Extract<Pns, { at: "connected" }>): boolean =>
  id === serverCallId || id === call.callId;

/** Any message ends the silence after which an Echo-Request is due (RFC 2637 §3.1.4). */
function heard(before: Pns, [state, ...effects]: PnsNext): PnsNext {
  if (state.at !== "connected") return [state, ...effects];
  const waiting = before.at === "connected" ? ([{ do: "disarm", timer: "echo" }] as const) : [];
  return [state, ...effects, ...waiting, { do: "arm", timer: "silence", after: PEER_SILENCE }];
}

function expired(state: Pns, timer: PnsTimer): PnsNext {
  if (state.at === "connected") {
    if (timer === "echo") return end({ code: "echo-unanswered" });
    if (timer !== "silence") return [state];
    const echoes = state.echoes + 1;
    return [{ ...state, echoes }, echoRequest(echoes), { do: "arm", timer: "echo", after: ECHO_WAIT }];
  }
  if (timer !== "reply") return [state];
  switch (state.at) {
    case "starting":
      return end({ code: "start-unanswered" });
    case "calling":
      return end({ code: "call-unanswered" }, stopRequest);
    case "clearing":
      return stop();
    case "stopping":
      return end({ code: "hung-up" });
    case "idle":
    case "ended":
      return [state];
  }
}

/** First the call, then the connection: a server that keeps accounts sees both. */
function hangUp(state: Pns): PnsNext {
  switch (state.at) {
    case "connected":
    case "calling":
      return [
        { at: "clearing" },
        { do: "disarm", timer: "silence" },
        { do: "disarm", timer: "echo" },
        clearRequest(state.call),
        { do: "arm", timer: "reply", after: CLOSING_WAIT },
      ];
    case "starting":
      return stop();
    case "idle":
      return end({ code: "hung-up" });
    case "clearing":
    case "stopping":
    case "ended":
      return [state];
  }
}

const stop = (): PnsNext => [
  { at: "stopping" },
  stopRequest,
  { do: "arm", timer: "reply", after: CLOSING_WAIT },
];

const leaving = (state: Pns): boolean => state.at === "clearing" || state.at === "stopping";

const end = (cause: PnsEnd, ...last: readonly PnsEffect[]): PnsNext => [
  { at: "ended" },
  ...last,
  { do: "disarm", timer: "reply" },
  { do: "disarm", timer: "silence" },
  { do: "disarm", timer: "echo" },
  { do: "ended", cause },
];
