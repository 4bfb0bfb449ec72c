import { ECHO_WAIT, PEER_SILENCE } from "../constants.ts";
import { STOP_WAIT } from "../limits.ts";
import { DISCONNECT_RESULT } from "../messages/call-disconnect-notify.ts";
import { GENERAL_ERROR } from "../messages/general-error.ts";
import type { ControlMessage } from "../messages/message.ts";
import { CALL_RESULT } from "../messages/outgoing-call-reply.ts";
import { STOP_REASON } from "../messages/stop-control-connection-request.ts";
import { accepted, cleared, hungUp, incoming, linkInfo, refused, requested } from "./calls.ts";
import type { Call, Established, Next } from "./control-state.ts";
import type { CallEnd, CallStatistics, ControlEffect, ControlEvent, ControlTimer } from "./machine-types.ts";
import { note, stale } from "./notes.ts";
import { callDisconnected, callRefused, echoReply, stopReply } from "./replies.ts";

/** Carries calls, and keeps watch over the peer (RFC 2637 §3.1.2 established, §3.1.4). */
export function established(state: Established, event: ControlEvent): Next {
  switch (event.type) {
    case "message":
      return received(state, event.message, event.statistics);
    case "timer":
      return expired(state, event.timer);
    case "call-accepted":
      return accepted(state, event.token, event.callId);
    case "call-refused":
      return refused(state, event.token, event.result, event.error);
    case "hang-up":
      return hungUp(state, event);
    case "shut-down":
      return shutDown(state, event.statistics);
    case "tcp-closed":
      return [
        { at: "closed" },
        disarmWatch(state),
        ...callsDown(state.calls, "control-lost"),
        { do: "close", how: "destroy", cause: "peer-closed" },
      ];
  }
}

function received(state: Established, message: ControlMessage, statistics: CallStatistics): Next {
  switch (message.type) {
    case "stop-control-connection-request":
      return [
        { at: "closed" },
        disarmWatch(state),
        ...callsDown(state.calls, "stopped"),
        stopReply,
        { do: "close", how: "end", cause: "stopped-by-peer" },
      ];
    case "echo-request":
      return heard(state, [state, echoReply(message)]);
    case "echo-reply":
      return answered(state, message);
    case "outgoing-call-request":
      return heard(state, requested(state, message));
    case "call-clear-request":
      return heard(state, cleared(state, message, statistics));
    case "set-link-info":
      return heard(state, linkInfo(state, message));
    // §3.1.2 draws a Start-Request here as the end of the connection, against its own text and §3.1.1: a slip
    // for Stop-Request. One too many does no harm.
    case "start-control-connection-request":
    case "start-control-connection-reply":
    case "stop-control-connection-reply":
      return heard(state, [state, note("out-of-order", message)]);
    case "incoming-call-request":
      return heard(state, incoming(state, message));
    // For a PNS: we place no incoming calls, and a call is ended by Call-Clear-Request.
    case "outgoing-call-reply":
    case "incoming-call-reply":
    case "incoming-call-connected":
    case "call-disconnect-notify":
    case "wan-error-notify":
      return heard(state, [state, note("ignored", message)]);
  }
}

/**
 * Any message ends a silence. It does not end the wait for an Echo-Reply, which is all that §3.1.4 lets count
 * there.
 */
function heard(state: Established, [next, ...effects]: Next): Next {
  if (state.keepalive === "awaiting-echo") return [next, ...effects];
  return [next, { do: "arm", timer: "silence", after: PEER_SILENCE }, ...effects];
}

/**
 * The identifier is not compared: one request is out at most, and a peer that garbles it is alive all the
 * same.
 */
function answered(state: Established, message: ControlMessage): Next {
  if (state.keepalive === "quiet") return heard(state, [state, note("out-of-order", message)]);
  return [
    { ...state, keepalive: "quiet" },
    { do: "disarm", timer: "echo" },
    { do: "arm", timer: "silence", after: PEER_SILENCE },
  ];
}

function expired(state: Established, timer: ControlTimer): Next {
  if (timer === "silence" && state.keepalive === "quiet") {
    return [
      { ...state, keepalive: "awaiting-echo", nextEcho: (state.nextEcho + 1) >>> 0 },
      { do: "send", message: { type: "echo-request", identifier: state.nextEcho } },
      { do: "arm", timer: "echo", after: ECHO_WAIT },
    ];
  }
  if (timer === "echo" && state.keepalive === "awaiting-echo") {
    return [
      { at: "closed" },
      ...callsDown(state.calls, "echo-timeout"),
      { do: "close", how: "destroy", cause: "echo-timeout" },
    ];
  }
  return stale(state);
}

function shutDown(state: Established, statistics: CallStatistics): Next {
  return [
    { at: "wait-stop-reply" },
    disarmWatch(state),
    ...state.calls.flatMap((call) => lastMessage(call, statistics)),
    ...callsDown(state.calls, "shut-down"),
    {
      do: "send",
      message: { type: "stop-control-connection-request", reason: STOP_REASON.localShutdown },
    },
    { do: "arm", timer: "stop", after: STOP_WAIT },
  ];
}

/** What the client hears of each call when we shut down. */
function lastMessage(call: Call, statistics: CallStatistics): readonly ControlEffect[] {
  switch (call.at) {
    case "up":
      return [callDisconnected(call.callId, DISCONNECT_RESULT.adminShutdown, statistics(call.callId))];
    case "placing":
      return [callRefused(call.peerCallId, CALL_RESULT.doNotAccept, GENERAL_ERROR.none)];
    case "abandoned":
      return [];
  }
}

/** Of the two timers one is armed: the watch goes from silence to echo and back. */
const disarmWatch = (state: Established): ControlEffect => ({
  do: "disarm",
  timer: state.keepalive === "quiet" ? "silence" : "echo",
});

/** For calls that are up. One that is being placed is given back when its answer finds it gone. */
const callsDown = (calls: readonly Call[], cause: CallEnd): readonly ControlEffect[] =>
  calls.filter((call) => call.at === "up").map(({ callId }) => ({ do: "call-down", callId, cause }));
