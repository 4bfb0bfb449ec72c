import type { Control } from "../../../server/pptp/control/control-state.ts";
import type { ControlEvent } from "../../../server/pptp/control/machine-types.ts";
import type { ControlMessage } from "../../../server/pptp/messages/message.ts";
import { toCallId, toPeerCallId } from "../../../server/wire/call-id.ts";
import { controlFixture } from "./control-fixtures.ts";

/** States of a control connection; the client's call IDs are 7 and 8, ours 700 and 800. */
export const STATES = {
  idle: { at: "idle", identity: { name: "pacd", firmwareRevision: 1 } },
  quiet: { at: "established", calls: [], keepalive: "quiet", nextEcho: 1, nextToken: 1 },
  echoing: { at: "established", calls: [], keepalive: "awaiting-echo", nextEcho: 2, nextToken: 1 },
  placing: {
    at: "established",
    calls: [{ at: "placing", token: 1, peerCallId: toPeerCallId(7), maximumBps: 10_000_000 }],
    keepalive: "quiet",
    nextEcho: 1,
    nextToken: 2,
  },
  abandoned: {
    at: "established",
    calls: [{ at: "abandoned", token: 1 }],
    keepalive: "quiet",
    nextEcho: 1,
    nextToken: 2,
  },
  up: {
    at: "established",
    calls: [{ at: "up", peerCallId: toPeerCallId(7), callId: toCallId(700) }],
    keepalive: "quiet",
    nextEcho: 1,
    nextToken: 2,
  },
  "up-echoing": {
    at: "established",
    calls: [{ at: "up", peerCallId: toPeerCallId(7), callId: toCallId(700) }],
    keepalive: "awaiting-echo",
    nextEcho: 2,
    nextToken: 2,
  },
  "two-up": {
    at: "established",
    calls: [
      { at: "up", peerCallId: toPeerCallId(7), callId: toCallId(700) },
      { at: "up", peerCallId: toPeerCallId(8), callId: toCallId(800) },
    ],
    keepalive: "quiet",
    nextEcho: 1,
    nextToken: 3,
  },
  stopping: { at: "wait-stop-reply" },
  closed: { at: "closed" },
} as const satisfies Record<string, Control>;

const received = (message: ControlMessage): ControlEvent => ({
  type: "message",
  message,
  statistics: (callId) => `call ${callId}`,
});
const fixture = (type: ControlMessage["type"], change: object = {}): ControlEvent =>
  received({ ...controlFixture(type).message, ...change } as ControlMessage);

/** Everything that can happen; token 1 and the IDs 7 and 700 are those of the first call. */
export const EVENTS = {
  "Start-Request": fixture("start-control-connection-request"),
  "Start-Request 0.9": fixture("start-control-connection-request", { version: 0x0009 }),
  "Start-Request 1.1": fixture("start-control-connection-request", { version: 0x0101 }),
  "Start-Request 2.0": fixture("start-control-connection-request", { version: 0x0200 }),
  "Start-Reply": fixture("start-control-connection-reply"),
  "Stop-Request": fixture("stop-control-connection-request"),
  "Stop-Reply": fixture("stop-control-connection-reply"),
  "Echo-Request": fixture("echo-request"),
  "Echo-Reply": fixture("echo-reply"),
  "Outgoing-Call-Request 7": fixture("outgoing-call-request", { callId: 7 }),
  "Outgoing-Call-Request 0": fixture("outgoing-call-request", { callId: 0 }),
  "Outgoing-Call-Reply": fixture("outgoing-call-reply"),
  "Incoming-Call-Request": fixture("incoming-call-request"),
  "Incoming-Call-Reply": fixture("incoming-call-reply"),
  "Incoming-Call-Connected": fixture("incoming-call-connected"),
  "Call-Clear-Request 7": fixture("call-clear-request", { callId: 7 }),
  "Call-Clear-Request 99": fixture("call-clear-request", { callId: 99 }),
  "Call-Disconnect-Notify": fixture("call-disconnect-notify", { callId: 700 }),
  "WAN-Error-Notify": fixture("wan-error-notify"),
  "Set-Link-Info 700": fixture("set-link-info", { peerCallId: 700 }),
  "Set-Link-Info 99": fixture("set-link-info", { peerCallId: 99 }),
  "timer start": { type: "timer", timer: "start" },
  "timer silence": { type: "timer", timer: "silence" },
  "timer echo": { type: "timer", timer: "echo" },
  "timer stop": { type: "timer", timer: "stop" },
  "call-accepted 1": { type: "call-accepted", token: 1, callId: toCallId(700) },
  "call-accepted 99": { type: "call-accepted", token: 99, callId: toCallId(900) },
  "call-refused 1": { type: "call-refused", token: 1, result: 4, error: 0 },
  "call-refused 99": { type: "call-refused", token: 99, result: 4, error: 0 },
  "hang-up 700": { type: "hang-up", callId: toCallId(700), result: 3, statistics: "rx 1" },
  "hang-up 900": { type: "hang-up", callId: toCallId(900), result: 3, statistics: "rx 1" },
  "shut-down": { type: "shut-down", statistics: (callId) => `call ${callId}` },
  "tcp-closed": { type: "tcp-closed" },
} as const satisfies Record<string, ControlEvent>;
