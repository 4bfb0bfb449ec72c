import type { JudgedCall } from "../call-facts.ts";
import { opposite } from "../side.ts";

/** Ours: a question that waited for so long, in milliseconds, was answered by nobody. */
const UNANSWERED_AFTER = 5000;

/** How long a call has waited for what did not come. */
export interface Waiting {
  /** So long nothing came, in milliseconds. */
  readonly waited: number;
  /** One side has ended the call, or it is silent for good. */
  readonly over: boolean;
}

/** Was it long enough to say that nobody answers? */
export const timedOut = ({ waited, over }: Waiting): boolean => over || waited >= UNANSWERED_AFTER;

/**
 * Did one side end the call so early that it cannot have waited for anything? Where nothing of the other is
 * in the capture, it may have got its answer.
 */
export function hungUpAtOnce(call: JudgedCall): boolean {
  const { endings, gre } = call.facts;
  const { first } = endings;
  if (first === undefined || gre[opposite(first.from)] === 0) return false;
  return (first.at - call.cameOnAt) / 1e6 < UNANSWERED_AFTER;
}
