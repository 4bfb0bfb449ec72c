import { NO_COUNTERS } from "../../data-plane/counters.ts";
import type { TunnelCounters, TunnelFault } from "../../data-plane/data-plane.ts";
import { TimerSet } from "../../platform/timer-set.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import type { LinkEnd } from "../../ppp/link/link-types.ts";
import type { CallEnd } from "../../pptp/control/machine-types.ts";
import type { User } from "../../store/store-types.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Millis } from "../../wire/units.ts";
import type { LogInRoom } from "../log-in/admission.ts";
import { REFUSAL_AFTER } from "../log-in/limits.ts";
import { logIn } from "../log-in/log-in.ts";
import { SessionWatch, type WatchedCall } from "../policy/session-watch.ts";
import { type Ending, endingOfCall, endingOfLink, onRecord } from "../records/ending.ts";
import { CallSession } from "./call-session.ts";
import type { CallOrigin, CallServices, ControlLine, HangUp, Parting } from "./call-types.ts";
import { callStatistics, clientClears, farewell, partingOf } from "./disconnect-codes.ts";
import { CALL_CLEAR_GRACE } from "./limits.ts";
import { type LinkOwner, LinkRoom } from "./link-runner.ts";
import { type AskedCall, Liveness } from "./liveness.ts";

/** What the data plane has seen of a tunnel that cannot go on. */
const FAULTS: Readonly<Record<TunnelFault, string>> = {
  "mppe-desynchronised": "Packet after packet was out of step, or decrypted to nonsense.",
  "mppe-over-budget": "Its packets asked for more key changes than a tunnel may cost, for 5 seconds.",
};

/**
 * One call, from the call reply to the last word: the room above its PPP link. It decides who gets in, keeps
 * the first reason to end, and says goodbye. The control connection tells it `start` and `down`; the data
 * plane tells it `frame` and `broken`.
 */
export class Call implements LinkOwner, LogInRoom, WatchedCall, AskedCall {
  readonly services: CallServices;
  readonly origin: CallOrigin;
  readonly session: CallSession;
  readonly #hangUp: HangUp;
  readonly #settled: () => void;
  readonly #timers: TimerSet<"grace" | "limits" | "refusal">;
  readonly #link: LinkRoom;
  readonly #watch: SessionWatch;
  readonly #liveness: Liveness;
  /** Set once, by whoever first knows why this call ends. */
  #ending: Ending | undefined;
  /** Why the last log-in failed; undefined: it did not. */
  #refusal: Ending | undefined;
  /** As they stood when the tunnel was removed. */
  #last: TunnelCounters = NO_COUNTERS;
  #finished = false;
  #released = false;
  readonly #whenReleased: (() => void)[] = [];

  /** `settled` is called when the dial has come up or ended. */
  constructor(services: CallServices, origin: CallOrigin, hangUp: HangUp, settled: () => void) {
    this.#settled = settled;
    this.services = services;
    this.origin = origin;
    this.#hangUp = hangUp;
    this.#timers = new TimerSet(services.clock);
    this.session = new CallSession(services, origin, () => this.disconnect());
    this.#link = new LinkRoom(this);
    this.#watch = new SessionWatch(this);
    this.#liveness = new Liveness(services.clock, this);
  }

  /** Who logged in; undefined before that. */
  get userId(): string | undefined {
    return this.session.known.user?.id;
  }

  /** Has this dial come up, whatever became of it then? */
  get cameUp(): boolean {
    return this.session.cameUp;
  }

  /** The link has ended: the dial wants nothing any more. */
  get over(): boolean {
    return this.#link.over;
  }

  /** Where the client dials from. */
  get from(): Ipv4 {
    return this.origin.peerAddress;
  }

  /** The Outgoing-Call-Reply has gone out. */
  start(): void {
    this.#link.start();
  }

  /** A PPP control frame came through GRE. */
  frame(frame: Uint8Array): void {
    this.#link.frame(frame);
    this.#liveness.heard();
  }

  /** Is the client still there? Where it is not, the call has ended when this resolves. */
  alive(): Promise<boolean> {
    return this.over ? Promise.resolve(false) : this.#liveness.ask();
  }

  echo(): void {
    this.#link.feed({ type: "probe" });
  }

  signsOfLife(): number {
    return this.#link.signsOfLife();
  }

  /** Stateful MPPE from the client has lost its place. */
  coherencyLost(): void {
    this.#link.feed({ type: "coherency-lost" });
  }

  /** The data plane cannot go on with this tunnel. */
  broken(fault: TunnelFault): void {
    this.end({ verdict: fault, evidence: FAULTS[fault] });
  }

  /** Ends the link from our side, telling the client why. The first reason given is the one that is kept. */
  end(ending: Ending): void {
    if (this.over) return;
    this.#ending ??= ending;
    this.#link.feed({ type: "close", text: farewell(ending) });
  }

  /** The reason why this call is going to end, where nobody has given one. Nothing ends yet. */
  blame(ending: Ending): void {
    this.#ending ??= ending;
  }

  /** As an administrator asks for it; resolves when the client has been told and the call is over. */
  disconnect(): Promise<void> {
    this.end(BY_ADMINISTRATOR);
    return this.whenOver();
  }

  whenOver(): Promise<void> {
    return this.#released ? Promise.resolve() : new Promise((resolve) => this.#whenReleased.push(resolve));
  }

  /** The user's policy was changed. True where it no longer allows this dial, which begins to end. */
  userChanged(user: User): boolean {
    if (this.over || this.#ending !== undefined) return false;
    this.session.known.user = user;
    this.#link.guard(() => this.#watch.changed());
    return this.#ending !== undefined;
  }

  /** The wall clock was set: dates and hours of the user may say something else now. */
  look(): void {
    if (this.cameUp && !this.over && this.#ending === undefined) this.#link.guard(() => this.#watch.look());
  }

  /** Another dial of the same user takes the place of this one. */
  replace(by: string): void {
    this.end({ verdict: "replaced", evidence: `The user dialled again, from ${by}.` });
  }

  /** For the client's log, as it stands now or stood at the end. */
  statistics(): string {
    const counters = this.#finished ? this.#last : this.services.plane.counters(this.origin.callId);
    return callStatistics(counters, this.#link.facts().elapsed);
  }

  /** There is no tunnel for this call: it never began. */
  fail(): void {
    this.#ending = {
      verdict: "internal-error",
      evidence: "The data plane took no tunnel; the log has the details.",
    };
    this.down("hung-up");
  }

  /** A line for the dial's trace from the control connection. */
  note(line: ControlLine): void {
    this.session.trace.add(line.at, line.from, "pptp", line.text);
  }

  /** The call is over on the control connection: release everything. */
  down(end: CallEnd): void {
    if (this.#released) return;
    this.#released = true;
    this.#stop();
    this.#settled();
    this.#finish(this.#ending ?? this.#refusal ?? this.#endingOfCall(end));
    for (const resolve of this.#whenReleased) resolve();
  }

  /**
   * A client whose Call-Clear-Request overtakes its Terminate-Ack answers our goodbye: what counts is why we
   * said it.
   */
  #endingOfCall(end: CallEnd): Ending {
    const { closing } = this.#link;
    const facts = this.#link.facts();
    return closing === undefined ? endingOfCall(end, facts) : endingOfLink(closing, facts);
  }

  async verify(credentials: Credentials): Promise<void> {
    // Set before the work: set behind it, the timer would still tell how long that took.
    const due = new Promise<void>((resolve) => this.#timers.arm("refusal", REFUSAL_AFTER, resolve));
    const { outcome, reason } = await logIn(this, credentials);
    if (outcome.ok || outcome.failure !== 691) this.#timers.disarm("refusal");
    else await due;
    this.#refusal = reason;
    this.#link.feed({ type: "verified", outcome });
  }

  async assign(): Promise<void> {
    let lease = await this.session.lease();
    if (!lease.ok) {
      // Sessions whose clients have vanished keep nobody out.
      await this.services.deadSessions.clear();
      lease = await this.session.lease();
    }
    if (!lease.ok) this.#ending ??= lease.ending;
    this.#link.feed({ type: "assigned", assignment: lease.ok ? lease.assignment : undefined });
  }

  up(): void {
    this.#settled();
    this.session.up();
    this.#watch.begin();
  }

  lookAgain(after: Millis | undefined): void {
    if (after === undefined) this.#timers.disarm("limits");
    else this.#timers.arm("limits", after, () => this.#link.guard(() => this.#watch.look()));
  }

  ended(cause: LinkEnd): void {
    const ending = this.#ending ?? this.#refusal ?? endingOfLink(cause, this.#link.facts());
    this.#linkEnded(ending);
    const parting = partingOf(ending, cause);
    if (clientClears(cause)) this.#timers.arm("grace", CALL_CLEAR_GRACE, () => this.#tellControl(parting));
    else this.#tellControl(parting);
  }

  failed(ending: Ending): void {
    this.#linkEnded(ending);
    this.#tellControl(partingOf(ending));
  }

  /** The session is over and its address is free; the call itself may live on for its goodbye. */
  #linkEnded(ending: Ending): void {
    this.#stop();
    this.#ending ??= ending;
    this.#finish(this.#ending);
  }

  #stop(): void {
    this.#link.stop();
    this.#timers.clear();
  }

  #tellControl(parting: Parting): void {
    if (!this.#released) this.#hangUp(this.origin.callId, parting, this.statistics());
  }

  /** Once, though the link ends before the call does. */
  #finish(ending: Ending): void {
    if (this.#finished) return;
    const record = onRecord(ending, this.#link.facts());
    // The tunnel goes before the address is free for the next client. What was sent before still leaves
    // first.
    this.#last = this.services.plane.remove(this.origin.callId);
    this.#finished = true;
    this.session.finish(record, this.#last);
    this.services.places.leave(this);
    this.#liveness.over();
  }
}

const BY_ADMINISTRATOR: Ending = {
  verdict: "disconnected-by-administrator",
  evidence: "An administrator asked for it over the API.",
};
