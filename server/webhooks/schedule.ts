import type { WebhookProgress } from "../store/webhooks/webhook-types.ts";
import { type Millis, millis } from "../wire/units.ts";
import { DISABLED_AFTER, FIRST_WAIT, LAST_WAIT, NOTICED_AFTER, TRIED_FOR } from "./limits.ts";

/** What a failure leads to. */
export interface AfterFailure {
  readonly step: Omit<WebhookProgress, "cursor">;
  /** This event is not tried again. */
  readonly givesUp: boolean;
  /** Nothing was taken for so long that the web hook is disabled. */
  readonly disables: boolean;
}

/** Something was taken. */
export const AFTER_DELIVERY = {
  attempts: 0,
  triedSince: null,
  failures: 0,
  nextAt: null,
  failingSince: null,
} as const satisfies Omit<WebhookProgress, "cursor">;

/** Something was not taken. `chance`: 0 to 1. */
export function afterFailure(before: WebhookProgress, at: Date, chance: number): AfterFailure {
  const now = at.toISOString();
  const triedSince = before.triedSince ?? now;
  const failingSince = before.failingSince ?? now;
  const failures = before.failures + 1;
  const givesUp = passed(triedSince, at) >= TRIED_FOR;
  const wait = waitAfter(failures, chance);
  return {
    step: {
      attempts: givesUp ? 0 : before.attempts + 1,
      triedSince: givesUp ? null : triedSince,
      failures,
      nextAt: new Date(at.getTime() + wait).toISOString(),
      failingSince,
    },
    givesUp,
    disables: passed(failingSince, at) >= DISABLED_AFTER,
  };
}

/** How long it is waited after so many failures one after the other. */
export function waitAfter(failures: number, chance: number): Millis {
  const full = Math.min(FIRST_WAIT * 2 ** Math.min(failures - 1, 20), LAST_WAIT);
  return millis(Math.round(full * (0.8 + 0.4 * chance)));
}

/** How long it is until the next try; a wall clock that was set makes it no longer than it can be. */
export function waitLeft({ nextAt }: Pick<WebhookProgress, "nextAt">, at: Date): Millis {
  if (nextAt === null) return millis(0);
  return millis(Math.min(Math.max(0, Date.parse(nextAt) - at.getTime()), 1.2 * LAST_WAIT));
}

/** Has it taken nothing for so long that somebody should look? */
export const isNoticed = ({ failingSince }: Pick<WebhookProgress, "failingSince">, at: Date): boolean =>
  failingSince !== null && passed(failingSince, at) >= NOTICED_AFTER;

const passed = (since: string, at: Date): number => at.getTime() - Date.parse(since);
