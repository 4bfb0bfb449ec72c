import { ANY_BEARER, ANY_FRAMING, PROTOCOL_VERSION } from "../../../server/pptp/constants.ts";
import { MAX_CONNECT_SPEED, RECEIVE_WINDOW } from "../../../server/pptp/limits.ts";
import { ECHO_RESULT } from "../../../server/pptp/messages/echo-reply.ts";
import { GENERAL_ERROR } from "../../../server/pptp/messages/general-error.ts";
import { STOP_RESULT } from "../../../server/pptp/messages/stop-control-connection-reply.ts";
import { STOP_REASON } from "../../../server/pptp/messages/stop-control-connection-request.ts";
import type { OwnCall, PnsEffect } from "./pns-types.ts";

/** What Windows says at least; RFC 2637 §2.7 gives no figure. */
const MINIMUM_BPS = 300;

const NOTHING = new Uint8Array(64);

/** Start-Control-Connection-Request (RFC 2637 §2.1). */
export const startRequest: PnsEffect = {
  do: "send",
  message: {
    type: "start-control-connection-request",
    version: PROTOCOL_VERSION,
    framingCapabilities: ANY_FRAMING,
    bearerCapabilities: ANY_BEARER,
    maximumChannels: 0,
    firmwareRevision: 0,
    hostName: "",
    vendorName: "pacctl",
  },
};

/** Outgoing-Call-Request (RFC 2637 §2.7). No VPN server looks at a phone number. */
export const callRequest = ({ callId, serialNumber }: OwnCall): PnsEffect => ({
  do: "send",
  message: {
    type: "outgoing-call-request",
    callId,
    callSerialNumber: serialNumber,
    minimumBps: MINIMUM_BPS,
    maximumBps: MAX_CONNECT_SPEED,
    bearerType: ANY_BEARER,
    framingType: ANY_FRAMING,
    receiveWindow: RECEIVE_WINDOW,
    processingDelay: 0,
    phoneNumberLength: 0,
    phoneNumber: NOTHING,
    subAddress: NOTHING,
  },
});

/** Call-Clear-Request (RFC 2637 §2.12). */
export const clearRequest = ({ callId }: OwnCall): PnsEffect => ({
  do: "send",
  message: { type: "call-clear-request", callId },
});

/** Stop-Control-Connection-Request (RFC 2637 §2.3). */
export const stopRequest: PnsEffect = {
  do: "send",
  message: { type: "stop-control-connection-request", reason: STOP_REASON.localShutdown },
};

/** Echo-Request (RFC 2637 §2.5). */
export const echoRequest = (identifier: number): PnsEffect => ({
  do: "send",
  message: { type: "echo-request", identifier },
});

/** Echo-Reply (RFC 2637 §2.6). */
export const echoReply = (identifier: number): PnsEffect => ({
  do: "send",
  message: { type: "echo-reply", identifier, result: ECHO_RESULT.ok, error: GENERAL_ERROR.none },
});

/** Stop-Control-Connection-Reply (RFC 2637 §2.4). */
export const stopReply: PnsEffect = {
  do: "send",
  message: { type: "stop-control-connection-reply", result: STOP_RESULT.ok, error: GENERAL_ERROR.none },
};
