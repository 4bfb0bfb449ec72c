import type { DataPlane } from "../../data-plane/data-plane.ts";
import type { Clock } from "../../platform/clock.ts";
import { TimerSet } from "../../platform/timer-set.ts";
import type { User } from "../../store/store-types.ts";
import type { CallId } from "../../wire/call-id.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Millis } from "../../wire/units.ts";
import type { DialRecord } from "../records/dial-record.ts";
import type { Ending } from "../records/ending.ts";
import { IdleTime } from "./idle-time.ts";
import { objectionTo } from "./objections.ts";
import { limitPassed, type SessionTimes, type TimeLeft, timeLeft, untilNextLimit } from "./session-limits.ts";
import { trafficPolicy } from "./traffic-policy.ts";

/** What a watch needs of the server around it. */
export interface WatchServices {
  readonly clock: Clock;
  readonly plane: Pick<DataPlane, "counters" | "setTrafficPolicy">;
}

/** The call that is watched. */
export interface WatchedCall {
  readonly services: WatchServices;
  readonly callId: CallId;
  /** Where the client dials from. */
  readonly from: Ipv4;
  readonly record: Pick<DialRecord, "lasted">;
  /** Who has logged in, as the policy says now; somebody has. */
  loggedIn(): User;
  /** The policy ends the call. */
  end(ending: Ending): void;
}

/** Holds one call against its user's policy: as time passes, and when the policy changes. */
export class SessionWatch {
  readonly #call: WatchedCall;
  readonly #guarded: (work: () => void) => void;
  readonly #timers: TimerSet<"check">;
  #idle: IdleTime | undefined;

  /** `guarded` does some work, and ends the call where that throws. */
  constructor(call: WatchedCall, guarded: (work: () => void) => void) {
    this.#call = call;
    this.#guarded = guarded;
    this.#timers = new TimerSet(call.services.clock);
  }

  /** The session is up; or up again, after LCP was negotiated anew. */
  begin(): void {
    const { clock, plane } = this.#call.services;
    this.#idle ??= new IdleTime(clock, () => plane.counters(this.#call.callId).lastActivity);
    this.#checkAgain(untilNextLimit(this.#call.loggedIn(), this.#times()));
  }

  /** What is left of the limits of a session that is up. */
  timeLeft(): TimeLeft {
    return timeLeft(this.#call.loggedIn(), this.#times());
  }

  /** The call is over. */
  stop(): void {
    this.#timers.clear();
  }

  /** Ends a session whose time is over, or checks again when it may be. */
  check(): void {
    this.#guarded(() => this.#check());
  }

  /** An administrator has changed the policy of the user who has logged in, who may have come up or not. */
  changed(): void {
    this.#guarded(() => this.#changed());
  }

  /** Why this policy would end the call at this moment; undefined: it would not. */
  objectionTo(user: User): Ending | undefined {
    const { services, from, record } = this.#call;
    if (record.lasted === undefined) return objectionTo(user, from, services.clock.date());
    const times = this.#times();
    return objectionTo(user, from, times.at) ?? limitPassed(user, times);
  }

  #check(): void {
    const user = this.#call.loggedIn();
    const times = this.#times();
    const passed = this.objectionTo(user);
    this.#checkAgain(passed === undefined ? untilNextLimit(user, times) : undefined);
    if (passed !== undefined) this.#call.end(passed);
  }

  #changed(): void {
    const { services, callId, record } = this.#call;
    const user = this.#call.loggedIn();
    if (record.lasted !== undefined) {
      services.plane.setTrafficPolicy(callId, trafficPolicy(user));
      this.#check();
      return;
    }
    const objection = this.objectionTo(user);
    if (objection !== undefined) this.#call.end(objection);
  }

  #checkAgain(after: Millis | undefined): void {
    if (after === undefined) this.#timers.disarm("check");
    else this.#timers.arm("check", after, () => this.check());
  }

  #times(): SessionTimes {
    const { record, services } = this.#call;
    const { lasted } = record;
    if (lasted === undefined || this.#idle === undefined)
      throw new Error("a session that never came up has no times");
    return { at: services.clock.date(), idle: this.#idle.now(), lasted };
  }
}
