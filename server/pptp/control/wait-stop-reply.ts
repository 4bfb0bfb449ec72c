import { GENERAL_ERROR } from "../messages/general-error.ts";
import type { ControlMessage } from "../messages/message.ts";
import { CALL_RESULT } from "../messages/outgoing-call-reply.ts";
import { incoming } from "./calls.ts";
import type { Next, WaitStopReply } from "./control-state.ts";
import type { ControlEffect, ControlEvent } from "./machine-types.ts";
import { late, note } from "./notes.ts";
import { callRefused, echoReply, stopReply } from "./replies.ts";

const DISARM: ControlEffect = { do: "disarm", timer: "stop" };

/** Waits for the answer to our Stop-Request (RFC 2637 §3.1.2 wait_stop_reply). */
export function waitStopReply(state: WaitStopReply, event: ControlEvent): Next {
  switch (event.type) {
    case "message":
      return received(state, event.message);
    case "timer":
      return event.timer === "stop" ? closed("destroy") : late(state, event);
    case "tcp-closed":
      // Windows closes instead of answering.
      return closed("destroy", DISARM);
    case "call-accepted":
    case "call-refused":
    case "hang-up":
    case "shut-down":
      return late(state, event, "shut-down");
  }
}

function received(state: WaitStopReply, message: ControlMessage): Next {
  switch (message.type) {
    case "stop-control-connection-reply":
      return closed("end", DISARM);
    case "stop-control-connection-request":
      // It crossed with ours. Both sides want the same, so its answer is as good as the one to ours.
      return closed("end", DISARM, stopReply);
    case "echo-request":
      return [state, echoReply(message)];
    case "outgoing-call-request":
      return [
        state,
        callRefused(message.callId, CALL_RESULT.doNotAccept, GENERAL_ERROR.none),
        note("call-refused", message),
      ];
    case "call-clear-request":
    case "set-link-info":
      return [state, note("unknown-call", message)];
    case "start-control-connection-request":
    case "start-control-connection-reply":
    case "echo-reply":
      return [state, note("out-of-order", message)];
    case "incoming-call-request":
      return incoming(state, message);
    case "outgoing-call-reply":
    case "incoming-call-reply":
    case "incoming-call-connected":
    case "call-disconnect-notify":
    case "wan-error-notify":
      return [state, note("ignored", message)];
  }
}

const closed = (how: "end" | "destroy", ...before: readonly ControlEffect[]): Next => [
  { at: "closed" },
  ...before,
  { do: "close", how, cause: "stopped-by-us" },
];
