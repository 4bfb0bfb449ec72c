import { type Millis, seconds } from "../../wire/units.ts";
import { RESTART } from "./counters.ts";

/**
 * Ours: waits after the first transmissions of a packet that asks for an answer. RFC 1661 §4.6 has 3 s and
 * makes it configurable. A client answers within one round trip, which on a slow road is 300 ms, so a second
 * is time enough, and a packet that is lost in a dial costs its user one second instead of three. A road that
 * is slower than that sees copies with the same identifier, whose answers all count.
 */
const FIRST: readonly Millis[] = [seconds(1), seconds(2)];

/**
 * How long to wait for an answer after so many transmissions in a row, this one included: 1 s, 2 s, then 3 s
 * each.
 */
export const restartAfter = (sent: number): Millis => FIRST[sent - 1] ?? RESTART;
