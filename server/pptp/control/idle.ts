import { PEER_SILENCE, PROTOCOL_VERSION } from "../constants.ts";
import type { ControlMessage } from "../messages/message.ts";
import { START_RESULT } from "../messages/start-control-connection-reply.ts";
import type { Idle, Next } from "./control-state.ts";
import type { ControlEffect, ControlEnd, ControlEvent } from "./machine-types.ts";
import { late, note } from "./notes.ts";
import { startReply } from "./replies.ts";

const DISARM: ControlEffect = { do: "disarm", timer: "start" };

/** Waits for the Start-Request (RFC 2637 §3.1.2 idle). */
export function idle(state: Idle, event: ControlEvent): Next {
  switch (event.type) {
    case "message":
      return received(state, event.message);
    case "timer":
      return event.timer === "start" ? closed("destroy", "start-timeout") : late(state, event);
    case "tcp-closed":
      return closed("destroy", "peer-closed", DISARM);
    case "shut-down":
      // Nothing is established that a Stop-Request could stop.
      return closed("destroy", "stopped-by-us", DISARM);
    case "call-accepted":
    case "call-refused":
    case "hang-up":
      return late(state, event);
  }
}

function received(state: Idle, message: ControlMessage): Next {
  // §2.1: the control connection stands "before any other PPTP messages can be issued". No client breaks
  // this.
  if (message.type !== "start-control-connection-request") {
    return closed("destroy", "protocol-error", DISARM, note("out-of-order", message));
  }
  // §3.1.2 would answer a later version with our own and go on. No later one was ever defined, so nobody
  // knows what such a peer sends next; like other servers we refuse it, and the reply says which version we
  // speak.
  if (message.version !== PROTOCOL_VERSION) {
    return closed("end", "bad-version", DISARM, startReply(state.identity, START_RESULT.badVersion));
  }
  return [
    { at: "established", calls: [], keepalive: "quiet", nextEcho: 1, nextToken: 1 },
    DISARM,
    startReply(state.identity, START_RESULT.ok),
    { do: "arm", timer: "silence", after: PEER_SILENCE },
  ];
}

const closed = (how: "end" | "destroy", cause: ControlEnd, ...before: readonly ControlEffect[]): Next => [
  { at: "closed" },
  ...before,
  { do: "close", how, cause },
];
