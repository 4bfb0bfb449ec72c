import type { DataPlane } from "../../data-plane/data-plane.ts";
import type { Clock } from "../../platform/clock.ts";
import type { AgreedOptions } from "../../ppp/link/agreed-options.ts";
import type { User } from "../../store/store-types.ts";
import type { CallId } from "../../wire/call-id.ts";
import type { DialLease } from "../addresses/dial-lease.ts";
import type { SessionWatch } from "../policy/session-watch.ts";
import type { DialRecord } from "../records/dial-record.ts";
import { RateHistory } from "./rate-history.ts";
import { type SessionInsight, sessionInsight } from "./session-insight.ts";

/** A call, as far as it is looked into. */
export interface SeenCall {
  readonly services: {
    readonly clock: Pick<Clock, "now">;
    readonly plane: Pick<DataPlane, "counters" | "link">;
  };
  readonly callId: CallId;
  readonly record: Pick<DialRecord, "client" | "method">;
  /** Who has logged in, as the policy says now; somebody has. */
  loggedIn(): User;
}

/** The link of that call. */
export interface SeenLink {
  readonly agreed: AgreedOptions | undefined;
  readonly over: boolean;
}

/** What can be seen of one call while its session is up; counts nothing but what it carries. */
export class LiveInsight {
  readonly #call: SeenCall;
  readonly #lease: Pick<DialLease, "assignment">;
  readonly #watch: Pick<SessionWatch, "timeLeft">;
  readonly #link: SeenLink;
  #rates: RateHistory | undefined;

  constructor(
    call: SeenCall,
    lease: Pick<DialLease, "assignment">,
    watch: Pick<SessionWatch, "timeLeft">,
    link: SeenLink,
  ) {
    this.#call = call;
    this.#lease = lease;
    this.#watch = watch;
    this.#link = link;
  }

  /** The session is up; or up again. */
  begin(): void {
    this.#rates ??= new RateHistory(this.#call.services.clock.now());
  }

  /** Once every SAMPLE_EVERY, while the session is up. */
  sampleRates(): void {
    const { services, callId } = this.#call;
    if (!this.#link.over) this.#rates?.sample(services.plane.counters(callId), services.clock.now());
  }

  /** All that is known now. The session is up. */
  get(): SessionInsight {
    const { services, callId, record } = this.#call;
    const { assignment } = this.#lease;
    if (this.#rates === undefined || assignment === undefined)
      throw new Error("a session is looked into that is not up");
    return sessionInsight({
      client: record.client.facts(),
      method: record.method,
      agreed: this.#link.agreed,
      assignment,
      user: this.#call.loggedIn(),
      timeLeft: this.#watch.timeLeft(),
      link: services.plane.link(callId),
      counters: services.plane.counters(callId),
      rates: this.#rates,
      now: services.clock.now(),
    });
  }
}
