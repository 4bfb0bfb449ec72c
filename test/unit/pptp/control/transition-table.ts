import type { EVENTS } from "../../../support/pptp/control-cases.ts";

/**
 * Every state × event pair: for each event, the states (named in `STATES`, several with the same outcome
 * together) and what `summary` says of the transition. No arrow: the state does not move.
 */
export const TRANSITIONS: Readonly<Record<keyof typeof EVENTS, Readonly<Record<string, string>>>> = {
  "Start-Request": {
    idle: "disarm start, send SCCRP 1, arm silence 60 → quiet",
    "quiet placing abandoned up two-up": "arm silence 60, out-of-order",
    "echoing up-echoing stopping closed": "out-of-order",
  },
  "Start-Request 0.9": {
    idle: "disarm start, send SCCRP 5, end bad-version → closed",
    "quiet placing abandoned up two-up": "arm silence 60, out-of-order",
    "echoing up-echoing stopping closed": "out-of-order",
  },
  "Start-Request 1.1": {
    idle: "disarm start, send SCCRP 5, end bad-version → closed",
    "quiet placing abandoned up two-up": "arm silence 60, out-of-order",
    "echoing up-echoing stopping closed": "out-of-order",
  },
  "Start-Request 2.0": {
    idle: "disarm start, send SCCRP 5, end bad-version → closed",
    "quiet placing abandoned up two-up": "arm silence 60, out-of-order",
    "echoing up-echoing stopping closed": "out-of-order",
  },
  "Start-Reply": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, out-of-order",
    "echoing up-echoing stopping closed": "out-of-order",
  },
  "Stop-Request": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned": "disarm silence, send StopRP 1, end stopped-by-peer → closed",
    echoing: "disarm echo, send StopRP 1, end stopped-by-peer → closed",
    up: "disarm silence, down 700 stopped, send StopRP 1, end stopped-by-peer → closed",
    "up-echoing": "disarm echo, down 700 stopped, send StopRP 1, end stopped-by-peer → closed",
    "two-up":
      "disarm silence, down 700 stopped, down 800 stopped, send StopRP 1, end stopped-by-peer → closed",
    stopping: "disarm stop, send StopRP 1, end stopped-by-us → closed",
    closed: "out-of-order",
  },
  "Stop-Reply": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, out-of-order",
    "echoing up-echoing closed": "out-of-order",
    stopping: "disarm stop, end stopped-by-us → closed",
  },
  "Echo-Request": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, send EchoRP fedcba98",
    "echoing up-echoing stopping": "send EchoRP fedcba98",
    closed: "out-of-order",
  },
  "Echo-Reply": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, out-of-order",
    echoing: "disarm echo, arm silence 60 → quiet [] echo 2 token 1",
    "up-echoing": "disarm echo, arm silence 60 → quiet [up 7/700] echo 2 token 2",
    "stopping closed": "out-of-order",
  },
  "Outgoing-Call-Request 7": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    quiet: "arm silence 60, place #1 for 7 → quiet [placing 7#1] echo 1 token 2",
    echoing: "place #1 for 7 → awaiting-echo [placing 7#1] echo 2 token 2",
    "placing up two-up": "arm silence 60, send OCRP 0/7 2.5, duplicate-call",
    abandoned: "arm silence 60, place #2 for 7 → quiet [abandoned #1 placing 7#2] echo 1 token 3",
    "up-echoing": "send OCRP 0/7 2.5, duplicate-call",
    stopping: "send OCRP 0/7 7.0, call-refused",
    closed: "out-of-order",
  },
  "Outgoing-Call-Request 0": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    quiet: "arm silence 60, place #1 for 0 → quiet [placing 0#1] echo 1 token 2",
    echoing: "place #1 for 0 → awaiting-echo [placing 0#1] echo 2 token 2",
    placing: "arm silence 60, place #2 for 0 → quiet [placing 7#1 placing 0#2] echo 1 token 3",
    abandoned: "arm silence 60, place #2 for 0 → quiet [abandoned #1 placing 0#2] echo 1 token 3",
    up: "arm silence 60, place #2 for 0 → quiet [up 7/700 placing 0#2] echo 1 token 3",
    "up-echoing": "place #2 for 0 → awaiting-echo [up 7/700 placing 0#2] echo 2 token 3",
    "two-up": "arm silence 60, place #3 for 0 → quiet [up 7/700 up 8/800 placing 0#3] echo 1 token 4",
    stopping: "send OCRP 0/0 7.0, call-refused",
    closed: "out-of-order",
  },
  "Outgoing-Call-Reply": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, ignored",
    "echoing up-echoing stopping": "ignored",
    closed: "out-of-order",
  },
  "Incoming-Call-Request": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, send ICRP 0/41394 3.0, call-refused",
    "echoing up-echoing stopping": "send ICRP 0/41394 3.0, call-refused",
    closed: "out-of-order",
  },
  "Incoming-Call-Reply": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, ignored",
    "echoing up-echoing stopping": "ignored",
    closed: "out-of-order",
  },
  "Incoming-Call-Connected": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, ignored",
    "echoing up-echoing stopping": "ignored",
    closed: "out-of-order",
  },
  "Call-Clear-Request 7": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet abandoned": "arm silence 60, unknown-call",
    "echoing stopping": "unknown-call",
    placing: 'arm silence 60, send CDN 0 4.0 "" → abandoned',
    up: 'arm silence 60, send CDN 700 4.0 "call 700", down 700 call-clear → quiet [] echo 1 token 2',
    "up-echoing": 'send CDN 700 4.0 "call 700", down 700 call-clear → awaiting-echo [] echo 2 token 2',
    "two-up":
      'arm silence 60, send CDN 700 4.0 "call 700", down 700 call-clear → quiet [up 8/800] echo 1 token 3',
    closed: "out-of-order",
  },
  "Call-Clear-Request 99": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet abandoned two-up": "arm silence 60, unknown-call",
    "echoing stopping": "unknown-call",
    placing: 'arm silence 60, send CDN 0 4.0 "" → abandoned',
    up: 'arm silence 60, send CDN 700 4.0 "call 700", down 700 call-clear → quiet [] echo 1 token 2',
    "up-echoing": 'send CDN 700 4.0 "call 700", down 700 call-clear → awaiting-echo [] echo 2 token 2',
    closed: "out-of-order",
  },
  "Call-Disconnect-Notify": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, ignored",
    "echoing up-echoing stopping": "ignored",
    closed: "out-of-order",
  },
  "WAN-Error-Notify": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, ignored",
    "echoing up-echoing stopping": "ignored",
    closed: "out-of-order",
  },
  "Set-Link-Info 700": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned": "arm silence 60, unknown-call",
    "echoing stopping": "unknown-call",
    "up two-up": "arm silence 60, set-link-info",
    "up-echoing": "set-link-info",
    closed: "out-of-order",
  },
  "Set-Link-Info 99": {
    idle: "disarm start, out-of-order, destroy protocol-error → closed",
    "quiet placing abandoned up two-up": "arm silence 60, unknown-call",
    "echoing up-echoing stopping": "unknown-call",
    closed: "out-of-order",
  },
  "timer start": {
    idle: "destroy start-timeout → closed",
    "quiet echoing placing abandoned up up-echoing two-up stopping closed": "stale",
  },
  "timer silence": {
    "idle echoing up-echoing stopping closed": "stale",
    quiet: "send EchoRQ 1, arm echo 60 → echoing",
    placing: "send EchoRQ 1, arm echo 60 → awaiting-echo [placing 7#1] echo 2 token 2",
    abandoned: "send EchoRQ 1, arm echo 60 → awaiting-echo [abandoned #1] echo 2 token 2",
    up: "send EchoRQ 1, arm echo 60 → up-echoing",
    "two-up": "send EchoRQ 1, arm echo 60 → awaiting-echo [up 7/700 up 8/800] echo 2 token 3",
  },
  "timer echo": {
    "idle quiet placing abandoned up two-up stopping closed": "stale",
    echoing: "destroy echo-timeout → closed",
    "up-echoing": "down 700 echo-timeout, destroy echo-timeout → closed",
  },
  "timer stop": {
    "idle quiet echoing placing abandoned up up-echoing two-up closed": "stale",
    stopping: "destroy stopped-by-us → closed",
  },
  "call-accepted 1": {
    "idle closed": "down 700 control-lost",
    "quiet echoing up up-echoing two-up": "down 700 call-clear",
    placing: "send OCRP 700/7 1.0, up 700 → up",
    abandoned: "down 700 call-clear → quiet [] echo 1 token 2",
    stopping: "down 700 shut-down",
  },
  "call-accepted 99": {
    "idle closed": "down 900 control-lost",
    "quiet echoing placing abandoned up up-echoing two-up": "down 900 call-clear",
    stopping: "down 900 shut-down",
  },
  "call-refused 1": {
    "idle quiet echoing up up-echoing two-up stopping closed": "stale",
    placing: "send OCRP 0/7 4.0 → quiet [] echo 1 token 2",
    abandoned: "stale → quiet [] echo 1 token 2",
  },
  "call-refused 99": {
    "idle quiet echoing placing abandoned up up-echoing two-up stopping closed": "stale",
  },
  "hang-up 700": {
    "idle quiet echoing placing abandoned stopping closed": "stale",
    up: 'send CDN 700 3.0 "rx 1", down 700 hung-up → quiet [] echo 1 token 2',
    "up-echoing": 'send CDN 700 3.0 "rx 1", down 700 hung-up → awaiting-echo [] echo 2 token 2',
    "two-up": 'send CDN 700 3.0 "rx 1", down 700 hung-up → quiet [up 8/800] echo 1 token 3',
  },
  "hang-up 900": {
    "idle quiet echoing placing abandoned up up-echoing two-up stopping closed": "stale",
  },
  "shut-down": {
    idle: "disarm start, destroy stopped-by-us → closed",
    "quiet abandoned": "disarm silence, send StopRQ 3, arm stop 3 → stopping",
    echoing: "disarm echo, send StopRQ 3, arm stop 3 → stopping",
    placing: "disarm silence, send OCRP 0/7 7.0, send StopRQ 3, arm stop 3 → stopping",
    up: 'disarm silence, send CDN 700 3.0 "call 700", down 700 shut-down, send StopRQ 3, arm stop 3 → stopping',
    "up-echoing":
      'disarm echo, send CDN 700 3.0 "call 700", down 700 shut-down, send StopRQ 3, arm stop 3 → stopping',
    "two-up":
      'disarm silence, send CDN 700 3.0 "call 700", send CDN 800 3.0 "call 800", down 700 shut-down, down 800 shut-down, send StopRQ 3, arm stop 3 → stopping',
    "stopping closed": "stale",
  },
  "tcp-closed": {
    idle: "disarm start, destroy peer-closed → closed",
    "quiet placing abandoned": "disarm silence, destroy peer-closed → closed",
    echoing: "disarm echo, destroy peer-closed → closed",
    up: "disarm silence, down 700 control-lost, destroy peer-closed → closed",
    "up-echoing": "disarm echo, down 700 control-lost, destroy peer-closed → closed",
    "two-up": "disarm silence, down 700 control-lost, down 800 control-lost, destroy peer-closed → closed",
    stopping: "disarm stop, destroy stopped-by-us → closed",
    closed: "nothing",
  },
};
