import { elapsed } from "../../../server/wire/elapsed.ts";
import type { Call } from "./call.ts";

/**
 * Ours: less, in nanoseconds, is how exactly several interfaces or processors agree, and not worth a word.
 */
const NOTABLE = 1e6;

const WAS_SET = ". A clock was set, since the packets are in order; times are counted on from the latest.";
const MAY_BE =
  ". Times are counted on from the latest; if packets are in the wrong order, this may be wrong: reordercap writes a file in order.";

/**
 * What is to be said of times that ran backwards during a call, and of packets that stood in another order.
 */
export function orderFindings(call: Call): string[] {
  const { firstFrame, highestFrame, displaced, services } = call;
  const { clockSteps, clockWasSet, clockDifference } = services.clock();
  const steps = clockSteps.filter(
    ({ frame, by }) => frame > firstFrame && frame <= highestFrame && by >= NOTABLE,
  );
  const found: string[] = [];
  const [first] = steps;
  if (first !== undefined) {
    const often = steps.length === 1 ? "once" : `${steps.length} times`;
    const most = Math.max(...steps.map(({ by }) => by));
    const where = `before packet ${first.frame} by ${elapsed(first.by / 1e6)}`;
    const at = steps.length === 1 ? where : `first ${where}, at most by ${elapsed(most / 1e6)}`;
    found.push(
      `The times in the capture run backwards ${often} during this call, ${at}${clockWasSet ? WAS_SET : MAY_BE}`,
    );
  }
  if (displaced.packets > 0 && clockDifference > 0)
    found.push(
      `This capture is of two hosts whose clocks differ by ${elapsed(clockDifference / 1e6)}, as packets show that are in it twice: times of one were moved by that.`,
    );
  else if (displaced.packets > 0)
    found.push(
      `${displaced.packets} packets of this call stand in the file behind later ones, the first of them packet ${displaced.first}: they were put in the order of their times, as reordercap does.`,
    );
  return found;
}
