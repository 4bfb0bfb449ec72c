import { elapsed } from "../../../server/wire/elapsed.ts";
import type { CaptureSummary } from "../../capture/captured.ts";

/** A clock before this, in nanoseconds of the Unix epoch, has not been set: there were no such captures. */
const CLOCKS_SET = 631_152_000_000_000_000n; // 1990

/** What is to be said of the times in a capture, a line each. */
export function orderWords({ order, startedAt }: CaptureSummary): string {
  const { backwards, first, most, sorted, kept, clocks, timeless } = order;
  const lines: string[] = [];
  if (sorted > 0)
    lines.push(
      `Behind packets with later times: ${sorted}, the first of them packet ${first}; put in the order of their times, as reordercap does`,
    );
  else if (backwards > 0)
    lines.push(
      `Times that run backwards: ${backwards}, the first at packet ${first}, by ${elapsed(most / 1e6)} at most; ${kept ? "a clock was set, since the packets are in order" : "if packets are in the wrong order, decode what reordercap makes of this"}`,
    );
  if (clocks > 0)
    lines.push(
      `Two captures in one, whose clocks differ by ${elapsed(clocks / 1e6)}, as packets show that are in both: times of one were moved`,
    );
  if (timeless) lines.push("All packets have one time: how long anything took is not known");
  if (startedAt !== undefined && startedAt < CLOCKS_SET)
    lines.push(
      "The clock of whatever captured this was not set, or the packets have no times: times of day are not known",
    );
  return lines.map((line) => `  ${line}\n`).join("");
}
