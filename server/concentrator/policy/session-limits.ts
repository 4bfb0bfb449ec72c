import { localMoment, secondsLeft } from "../../policy/allowed-hours.ts";
import type { UserPolicy } from "../../policy/user-policy.ts";
import { type Millis, millis, seconds } from "../../wire/units.ts";
import type { Ending } from "../records/ending.ts";
import { LIMITS_RECHECK } from "./limits.ts";

/** How old a session is at the moment at which its limits are checked. */
export interface SessionTimes {
  /** By the monotonic clock: how long the session has been up. */
  readonly lasted: Millis;
  /** Since the session was last used (`idle-time.ts`), or since it came up. */
  readonly idle: Millis;
  /** The wall clock. */
  readonly at: Date;
}

/** The time limit that has passed; undefined: none has. What `objectionTo` knows is not repeated here. */
export function limitPassed(user: UserPolicy, { lasted, idle }: SessionTimes): Ending | undefined {
  const { sessionTimeout, idleTimeout } = user;
  if (sessionTimeout !== null && lasted >= seconds(sessionTimeout)) {
    const evidence = `The session lasted ${sessionTimeout} s, as long as the user's may.`;
    return { verdict: "session-timeout", evidence };
  }
  if (idleTimeout !== null && idle >= seconds(idleTimeout)) {
    const evidence = `The session was not used for ${idleTimeout} s, the user's idle timeout.`;
    return { verdict: "idle-timeout", evidence };
  }
  return undefined;
}

/** What is left of a session's time, in seconds; null: without end. */
export interface TimeLeft {
  /** Until the session timeout. */
  readonly session: number | null;
  /** Until the idle timeout, should nothing more pass. */
  readonly idle: number | null;
  /** Until the user is no longer valid. */
  readonly validity: number | null;
  /** Until the hours that are open now close. */
  readonly hours: number | null;
}

/** What is left of each limit; never less than nothing. */
export function timeLeft(user: UserPolicy, { lasted, idle, at }: SessionTimes): TimeLeft {
  const { sessionTimeout, idleTimeout, validUntil, allowedHours } = user;
  const whole = (ms: number) => Math.max(0, Math.ceil(ms / 1000));
  return {
    session: sessionTimeout === null ? null : whole(seconds(sessionTimeout) - lasted),
    idle: idleTimeout === null ? null : whole(seconds(idleTimeout) - idle),
    validity: validUntil === null ? null : whole(Date.parse(validUntil) - at.getTime()),
    hours: secondsLeft(allowedHours, localMoment(at)) ?? null,
  };
}

/**
 * How long until a limit may pass; undefined: the user has none; 0: one has. An hour at most, whatever the
 * limits: `setTimeout` counts no further than 24 days. A wall clock that is set, or changes to summer time,
 * is `clock-watch.ts`'s.
 */
export function untilNextLimit(user: UserPolicy, { lasted, idle, at }: SessionTimes): Millis | undefined {
  const { sessionTimeout, idleTimeout, validUntil, allowedHours } = user;
  const open = secondsLeft(allowedHours, localMoment(at));
  const next = Math.min(
    sessionTimeout === null ? Number.POSITIVE_INFINITY : seconds(sessionTimeout) - lasted,
    idleTimeout === null ? Number.POSITIVE_INFINITY : seconds(idleTimeout) - idle,
    validUntil === null ? Number.POSITIVE_INFINITY : Date.parse(validUntil) - at.getTime(),
    open === undefined ? Number.POSITIVE_INFINITY : seconds(open),
  );
  return next === Number.POSITIVE_INFINITY ? undefined : millis(Math.max(0, Math.min(next, LIMITS_RECHECK)));
}
