import { type Millis, millis } from "../wire/units.ts";
import type { Rule } from "./limits.ts";

/** The wrong log-ins of one budget. Times are those of the clock that is handed in. */
export interface Failures {
  /** How many counted at `last`; fewer with time. */
  readonly count: number;
  /** The first and the last of those that count. */
  readonly since: Millis;
  readonly last: Millis;
  /** All of them since `since`. */
  readonly total: number;
  /** Nothing is judged before. */
  readonly until: Millis;
}

/** How many count now. */
export const counted = (failures: Failures | undefined, rule: Rule, now: Millis): number =>
  failures === undefined ? 0 : Math.max(0, failures.count - (now - failures.last) / rule.forgiven);

/** Do more count than are free? */
export const beyond = (failures: Failures | undefined, rule: Rule, now: Millis): boolean =>
  counted(failures, rule, now) > rule.free;

/** What so many cost; 0 while they are free. */
export function delayOf(count: number, rule: Rule): Millis {
  if (count <= rule.free) return millis(0);
  const doublings = Math.floor((Math.ceil(count) - rule.free - 1) / rule.doubledBy);
  return millis(Math.min(rule.longest, rule.first * 2 ** doublings));
}

/** One more. `free: false`: none are free for this one. */
export function failed(
  failures: Failures | undefined,
  rule: Rule,
  now: Millis,
  { free }: { readonly free: boolean } = { free: true },
): Failures {
  const before = counted(failures, rule, now);
  const kept = before > 0 && failures !== undefined ? failures : undefined;
  const count = Math.min(rule.most, Math.max(before, free ? 0 : rule.free) + 1);
  return {
    count,
    since: kept?.since ?? now,
    last: now,
    total: (kept?.total ?? 0) + 1,
    until: millis(now + delayOf(count, rule)),
  };
}
