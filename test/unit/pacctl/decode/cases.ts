import type { VerdictSource } from "../../../../pacctl/decode/decode-types.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";

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
