import type { VerdictSource } from "../../../../pacctl/decode/decode-types.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { ascii } from "../../../support/bytes.ts";
import { DialCapture, type From } from "../../../support/decode/dial-capture.ts";

/** A capture, and what is to be said of its one call. */
export type Case = readonly [
  what: string,
  source: VerdictSource,
  code: string,
  capture: DialCapture,
  evidence?: RegExp,
];

export const dial = (): DialCapture => new DialCapture();

export const CLEAR = { type: "call-clear-request", callId: toPeerCallId(100) } as const;

/** As a Windows server ends a call, its own call ID in it. */
export const SERVER_CLEARS = { type: "call-clear-request", callId: toPeerCallId(200) } as const;

export const hex = (octets: Uint8Array): string => Buffer.from(octets).toString("hex");

/** An LCP Terminate-Request with a text. */
export const terminate = (capture: DialCapture, from: From, said: string, identifier = 9): DialCapture =>
  capture.control(from, "lcp", 5, identifier, hex(ascii(said)));

export const notify = (result: number, callStatistics = "") =>
  ({
    type: "call-disconnect-notify",
    callId: toCallId(200),
    result,
    error: 0,
    cause: 0,
    callStatistics,
  }) as const;

/** Naks of one side to the other's option, as often as said. */
export function naks(
  capture: DialCapture,
  from: "client" | "server",
  protocol: "lcp" | "ipcp",
  option: string,
  times: number,
): DialCapture {
  const other = from === "client" ? "server" : "client";
  for (let id = 1; id <= times; id += 1)
    capture.control(other, protocol, 1, id, option).control(from, protocol, 3, id, option);
  return capture;
}
