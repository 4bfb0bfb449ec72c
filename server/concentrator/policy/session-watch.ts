import type { Millis } from "../../wire/units.ts";
import type { CallSession } from "../calls/call-session.ts";
import type { CallOrigin, CallServices } from "../calls/call-types.ts";
import type { Ending } from "../records/ending.ts";
import { objectionTo } from "./objections.ts";
import { limitPassed, untilNextLimit } from "./session-limits.ts";
import { trafficPolicy } from "./traffic-policy.ts";

/** What a watch needs of its call. */
export interface WatchedCall {
  readonly services: Pick<CallServices, "clock" | "plane">;
  readonly origin: CallOrigin;
  readonly session: CallSession;
  /** Looks again after this time, and at no other; undefined: never. */
  lookAgain(after: Millis | undefined): void;
  /** The policy ends the call. */
  end(ending: Ending): void;
}

/** Holds one call against its user's policy: as time passes, and when the policy changes. */
export class SessionWatch {
  readonly #call: WatchedCall;

  constructor(call: WatchedCall) {
    this.#call = call;
  }

  /** The session is up. */
  begin(): void {
    const { session } = this.#call;
    this.#call.lookAgain(untilNextLimit(session.loggedIn(), session.times()));
  }

  /** Ends a session whose time is over, or comes back when it may be. */
  look(): void {
    const { session, origin } = this.#call;
    const user = session.loggedIn();
    const times = session.times();
    const passed = objectionTo(user, origin.peerAddress, times.at) ?? limitPassed(user, times);
    this.#call.lookAgain(passed === undefined ? untilNextLimit(user, times) : undefined);
    if (passed !== undefined) this.#call.end(passed);
  }

  /** An administrator has changed the policy of the user who has logged in, who may have come up or not. */
  changed(): void {
    const { services, session, origin } = this.#call;
    const user = session.loggedIn();
    if (session.cameUp) {
      services.plane.setTrafficPolicy(origin.callId, trafficPolicy(user));
      this.look();
      return;
    }
    const objection = objectionTo(user, origin.peerAddress, services.clock.date());
    if (objection !== undefined) this.#call.end(objection);
  }
}
