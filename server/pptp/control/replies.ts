import { type CallId, type PeerCallId, toPeerCallId } from "../../wire/call-id.ts";
import { ANY_BEARER, ANY_FRAMING, NO_CALL_ID, PROTOCOL_VERSION } from "../constants.ts";
import { MAX_CALLS, MAX_CONNECT_SPEED, RECEIVE_WINDOW } from "../limits.ts";
import { CALL_STATISTICS_SIZE, DISCONNECT_RESULT } from "../messages/call-disconnect-notify.ts";
import { ECHO_RESULT } from "../messages/echo-reply.ts";
import { GENERAL_ERROR } from "../messages/general-error.ts";
import { INCOMING_CALL_RESULT } from "../messages/incoming-call-reply.ts";
import type { EchoRequest, IncomingCallRequest } from "../messages/message.ts";
import { CALL_RESULT } from "../messages/outgoing-call-reply.ts";
import { STOP_RESULT } from "../messages/stop-control-connection-reply.ts";
import type { Identity, PlacingCall } from "./control-state.ts";
import type { ControlEffect } from "./machine-types.ts";

/** Start-Control-Connection-Reply (RFC 2637 §2.2). */
export const startReply = (identity: Identity, result: number): ControlEffect => ({
  do: "send",
  message: {
    type: "start-control-connection-reply",
    version: PROTOCOL_VERSION,
    result,
    error: GENERAL_ERROR.none,
    framingCapabilities: ANY_FRAMING,
    bearerCapabilities: ANY_BEARER,
    // What this peer can have; how many clients the host serves is no stranger's business.
    maximumChannels: MAX_CALLS,
    firmwareRevision: identity.firmwareRevision,
    hostName: identity.name,
    vendorName: identity.name,
  },
});

/** Stop-Control-Connection-Reply (RFC 2637 §2.4). */
export const stopReply: ControlEffect = {
  do: "send",
  message: { type: "stop-control-connection-reply", result: STOP_RESULT.ok, error: GENERAL_ERROR.none },
};

/** Echo-Reply (RFC 2637 §2.6). */
export const echoReply = (request: EchoRequest): ControlEffect => ({
  do: "send",
  message: {
    type: "echo-reply",
    identifier: request.identifier,
    result: ECHO_RESULT.ok,
    error: GENERAL_ERROR.none,
  },
});

/** Outgoing-Call-Reply that connects (RFC 2637 §2.8). */
export const callConnected = (call: PlacingCall, callId: CallId): ControlEffect => ({
  do: "send",
  message: {
    type: "outgoing-call-reply",
    callId,
    peerCallId: call.peerCallId,
    result: CALL_RESULT.connected,
    error: GENERAL_ERROR.none,
    cause: 0,
    // 0 would read as "no line"; a client that names no maximum means any.
    connectSpeed: Math.min(call.maximumBps || MAX_CONNECT_SPEED, MAX_CONNECT_SPEED),
    receiveWindow: RECEIVE_WINDOW,
    processingDelay: 0,
    physicalChannelId: 0,
  },
});

/** Outgoing-Call-Reply that refuses (RFC 2637 §2.8). */
export const callRefused = (peerCallId: PeerCallId, result: number, error: number): ControlEffect => ({
  do: "send",
  message: {
    type: "outgoing-call-reply",
    callId: NO_CALL_ID,
    peerCallId,
    result,
    error,
    cause: 0,
    connectSpeed: 0,
    receiveWindow: 0,
    processingDelay: 0,
    physicalChannelId: 0,
  },
});

/** Incoming-Call-Reply that refuses (RFC 2637 §2.10). */
export const incomingCallRefused = (request: IncomingCallRequest): ControlEffect => ({
  do: "send",
  message: {
    type: "incoming-call-reply",
    callId: toPeerCallId(0), // to the client we would be the PNS
    peerCallId: request.callId,
    result: INCOMING_CALL_RESULT.doNotAccept,
    error: GENERAL_ERROR.none,
    receiveWindow: 0,
    transmitDelay: 0,
  },
});

/** Call-Disconnect-Notify (RFC 2637 §2.13). */
export const callDisconnected = (
  callId: CallId,
  result: number,
  statistics = "",
  error: number = GENERAL_ERROR.pacError,
): ControlEffect => ({
  do: "send",
  message: {
    type: "call-disconnect-notify",
    callId,
    result,
    // An error code belongs to a general error and to nothing else.
    error: result === DISCONNECT_RESULT.generalError ? error : GENERAL_ERROR.none,
    cause: 0,
    callStatistics: statistics.replace(/[^ -~]/g, "?").slice(0, CALL_STATISTICS_SIZE),
  },
});
