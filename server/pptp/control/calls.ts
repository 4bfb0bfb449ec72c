import type { CallId } from "../../wire/call-id.ts";
import { NO_CALL_ID } from "../constants.ts";
import { MAX_CALLS } from "../limits.ts";
import { DISCONNECT_RESULT } from "../messages/call-disconnect-notify.ts";
import { GENERAL_ERROR } from "../messages/general-error.ts";
import type {
  CallClearRequest,
  IncomingCallRequest,
  OutgoingCallRequest,
  SetLinkInfo,
} from "../messages/message.ts";
import { CALL_RESULT } from "../messages/outgoing-call-reply.ts";
import type {
  AbandonedCall,
  Call,
  Control,
  Established,
  Next,
  PlacingCall,
  UpCall,
} from "./control-state.ts";
import type { CallStatistics, ControlEvent } from "./machine-types.ts";
import { note, stale } from "./notes.ts";
import { callConnected, callDisconnected, callRefused, incomingCallRefused } from "./replies.ts";

// The PAC's states of an outgoing call (RFC 2637 §3.2.4.1), which is how a VPN client dials.

/** Outgoing-Call-Request: a place is to be found. */
export function requested(state: Established, request: OutgoingCallRequest): Next {
  const { callId, maximumBps } = request;
  // Two calls with one ID could not be told apart, in Call-Clear-Request nor in the GRE packets that we send.
  if (state.calls.some((call) => isLive(call) && call.peerCallId === callId)) {
    return [
      state,
      callRefused(callId, CALL_RESULT.generalError, GENERAL_ERROR.badCallId),
      note("duplicate-call", request),
    ];
  }
  if (state.calls.length >= MAX_CALLS) {
    return [state, callRefused(callId, CALL_RESULT.busy, GENERAL_ERROR.none), note("call-refused", request)];
  }
  const token = state.nextToken;
  const call: PlacingCall = { at: "placing", token, peerCallId: callId, maximumBps };
  return [
    { ...state, nextToken: token + 1, calls: [...state.calls, call] },
    { do: "place-call", token, request },
  ];
}

/** There is a call ID, and GRE is open for it: the client may know. */
export function accepted(state: Established, token: number, callId: CallId): Next {
  const call = awaiting(state, token);
  if (call?.at !== "placing") {
    // The client has cleared it meanwhile: what was just placed is given back.
    return [without(state, call), { do: "call-down", callId, cause: "call-clear" }];
  }
  const up: UpCall = { at: "up", peerCallId: call.peerCallId, callId };
  return [
    { ...state, calls: replaced(state, call, up) },
    callConnected(call, callId),
    { do: "call-up", callId },
  ];
}

/** There is no place. */
export function refused(state: Established, token: number, result: number, error: number): Next {
  const call = awaiting(state, token);
  if (call?.at !== "placing") return stale(without(state, call));
  return [without(state, call), callRefused(call.peerCallId, result, error)];
}

/** Call-Clear-Request: valid in any state of a call (RFC 2637 §2.12). */
export function cleared(state: Established, request: CallClearRequest, statistics: CallStatistics): Next {
  const live = state.calls.filter(isLive);
  // Routers rewrite call IDs, not always rightly; with one call there is no doubt which one the client means.
  const call = live.length === 1 ? live[0] : live.find(({ peerCallId }) => peerCallId === request.callId);
  if (call === undefined) return [state, note("unknown-call", request)];
  if (call.at === "placing") {
    const abandoned: AbandonedCall = { at: "abandoned", token: call.token };
    return [
      { ...state, calls: replaced(state, call, abandoned) },
      // The client does not know our ID, and we have none yet.
      callDisconnected(NO_CALL_ID, DISCONNECT_RESULT.request),
    ];
  }
  return [
    without(state, call),
    callDisconnected(call.callId, DISCONNECT_RESULT.request, statistics(call.callId)),
    { do: "call-down", callId: call.callId, cause: "call-clear" },
  ];
}

type HangUp = Extract<ControlEvent, { type: "hang-up" }>;

/**
 * A call ends from our side. The control connection stays, also after the last one: the RFC lets the client
 * dial again or send its Stop-Request.
 */
export function hungUp(state: Established, { callId, result, error, statistics }: HangUp): Next {
  const call = state.calls.find((candidate) => candidate.at === "up" && candidate.callId === callId);
  if (call === undefined) return stale(state);
  return [
    without(state, call),
    callDisconnected(callId, result, statistics, error),
    { do: "call-down", callId, cause: "hung-up" },
  ];
}

/**
 * Incoming-Call-Request: to the client we would be the PNS, whose idle state answers what it does not accept
 * (RFC 2637 §3.2.3.2). Without an answer the client would wait (§2.10).
 */
export const incoming = (state: Control, request: IncomingCallRequest): Next => [
  state,
  incomingCallRefused(request),
  note("call-refused", request),
];

/**
 * Set-Link-Info: GRE escapes nothing, so there is nothing to do with a character map. One for no call of ours
 * is only noted: it crosses with our Call-Disconnect-Notify, and routers rewrite the ID in it.
 */
export function linkInfo(state: Established, message: SetLinkInfo): Next {
  const known = state.calls.some((call) => call.at === "up" && call.callId === message.peerCallId);
  return [state, note(known ? "set-link-info" : "unknown-call", message)];
}

/** Does the client still count on this call? */
const isLive = (call: Call): call is PlacingCall | UpCall => call.at !== "abandoned";

/** The call that is being placed under this token. */
const awaiting = (state: Established, token: number) =>
  state.calls.find((call): call is PlacingCall | AbandonedCall => call.at !== "up" && call.token === token);

const replaced = (state: Established, before: Call, after: Call): readonly Call[] =>
  state.calls.map((call) => (call === before ? after : call));

const without = (state: Established, gone: Call | undefined): Established =>
  gone === undefined ? state : { ...state, calls: state.calls.filter((call) => call !== gone) };
