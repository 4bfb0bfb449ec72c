import { NO_COUNTERS } from "../../data-plane/counters.ts";
import type { TunnelCounters } from "../../data-plane/data-plane.ts";
import { TimerSet } from "../../platform/timer-set.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import type { LinkEnd } from "../../ppp/link/link-types.ts";
import type { LinkEncryption } from "../../ppp/link-common/mppe-keys.ts";
import type { CallEnd } from "../../pptp/control/machine-types.ts";
import type { User } from "../../store/store-types.ts";
import type { CallId } from "../../wire/call-id.ts";
import { formatIpv4, type Ipv4 } from "../../wire/ipv4.ts";
import { type Octets, octets } from "../../wire/units.ts";
import { DialLease } from "../addresses/dial-lease.ts";
import { REFUSAL_AFTER } from "../log-in/limits.ts";
import { logIn } from "../log-in/log-in.ts";
import type { LogInDial } from "../log-in/log-in-dial.ts";
import { SessionWatch, type WatchedCall } from "../policy/session-watch.ts";
import { DialRecord } from "../records/dial-record.ts";
import { byAdministrator, type Ending, endingOfCall, endingOfLink, onRecord } from "../records/ending.ts";
import type { CallOrigin, CallServices, HangUp } from "./call-types.ts";
import type { RegisteredCall } from "./calls.ts";
import {
  callStatistics,
  clientClears,
  type DisconnectCodes,
  disconnectCodes,
  terminateReason,
} from "./disconnect-codes.ts";
import { CALL_CLEAR_GRACE } from "./limits.ts";
import { type LinkedCall, LinkRunner } from "./link-runner.ts";
import { LiveInsight } from "./live-insight.ts";
import { CallView, type ShownCall } from "./live-session.ts";
import { Liveness } from "./liveness.ts";

/**
 * One call, from the call reply to the last word: what stands around its PPP link. It decides who gets in,
 * keeps the first reason to end, and tells the client. The control connection calls `start` and `down`; the
 * data plane calls `frame` and `coherencyLost`; an administrator `disconnect` and `userChanged`.
 */
export class Call implements RegisteredCall, LinkedCall, LogInDial, WatchedCall, ShownCall {
  readonly services: CallServices;
  readonly callId: CallId;
  /** Where the client dials from. */
  readonly from: Ipv4;
  readonly record: DialRecord;
  place: number | undefined;
  mtu = octets(0);
  encryption: LinkEncryption = "none";
  readonly insight: LiveInsight;
  readonly view = new CallView(this);
  readonly #hangUp: HangUp;
  readonly #settled: () => void;
  readonly #timers: TimerSet<"grace" | "refusal">;
  readonly #link: LinkRunner;
  readonly #watch: SessionWatch;
  readonly #liveness: Liveness;
  readonly #lease: DialLease;
  #user: User | undefined;
  /** Set once, by whoever first knows why this call ends. */
  #ending: Ending | undefined;
  /** Why the last log-in failed; undefined: it did not. */
  #refusal: Ending | undefined;
  /** As they stood when the tunnel was removed. */
  #last: TunnelCounters = NO_COUNTERS;
  #finished = false;
  #released = false;
  readonly #whenReleased = Promise.withResolvers<void>();

  /** `settled` is called when the dial has come up or ended. */
  constructor(services: CallServices, origin: CallOrigin, hangUp: HangUp, settled: () => void) {
    this.services = services;
    this.callId = origin.callId;
    this.from = origin.peerAddress;
    this.#hangUp = hangUp;
    this.#settled = settled;
    const { requestedAt, start } = origin;
    const clientAddress = formatIpv4(this.from);
    const ids = { sessionId: services.random.uuid(), attemptId: services.random.uuid() };
    this.record = new DialRecord(services, { ...ids, clientAddress, requestedAt, start });
    this.#timers = new TimerSet(services.clock);
    this.#lease = new DialLease(services);
    this.#link = new LinkRunner(this);
    this.#watch = new SessionWatch(this, (work) => this.#link.guard(work));
    this.insight = new LiveInsight(this, this.#lease, this.#watch, this.#link);
    this.#liveness = new Liveness(services.clock, this.#link, (ending) => this.failed(ending));
  }

  get user(): User | undefined {
    return this.#user;
  }

  setUser(user: User): void {
    this.#user = user;
    this.services.calls.loggedIn(this);
  }

  loggedIn(): User {
    if (this.#user === undefined) throw new Error("nobody has logged in on this dial");
    return this.#user;
  }

  get address(): Ipv4 | undefined {
    return this.#lease.address;
  }

  get pool(): string | null {
    return this.#lease.pool;
  }

  /** Has this dial come up, whatever became of it then? */
  get cameUp(): boolean {
    return this.record.connectedAt !== undefined;
  }

  /** The link has ended: the dial wants nothing any more. */
  get over(): boolean {
    return this.#link.over;
  }

  /** It is going to end, or has. */
  get ending(): boolean {
    return this.#ending !== undefined || this.over;
  }

  counters(): TunnelCounters | undefined {
    return this.#finished ? undefined : this.services.plane.counters(this.callId);
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

  /** Stateful MPPE from the client has lost its place. */
  coherencyLost(): void {
    this.#link.feed({ type: "coherency-lost" });
  }

  /** Ends the link from our side, telling the client why. The first reason given is the one that is kept. */
  end(ending: Ending): void {
    if (this.over) return;
    this.#ending ??= ending;
    this.#link.feed({ type: "close", text: terminateReason(ending) });
  }

  /** The reason why this call is going to end, where nobody has given one. Nothing ends yet. */
  setEndReason(ending: Ending): void {
    this.#ending ??= ending;
  }

  /** As an administrator asks for it; resolves when the client has been told and the call is over. */
  disconnect(message?: string): Promise<void> {
    this.end(byAdministrator(message));
    return this.whenOver();
  }

  whenOver(): Promise<void> {
    return this.#whenReleased.promise;
  }

  /** The user's policy was changed. True where it no longer allows this dial, which begins to end. */
  userChanged(user: User): boolean {
    if (this.over || this.#ending !== undefined) return false;
    this.#user = user;
    this.#watch.changed();
    return this.#ending !== undefined;
  }

  /** Would `userChanged` say true? */
  readonly wouldEnd = (user: User): boolean =>
    !this.over && this.#ending === undefined && this.#watch.objectionTo(user) !== undefined;

  /** The wall clock was set: dates and hours of the user may say something else now. */
  checkPolicy(): void {
    if (this.cameUp && !this.over && this.#ending === undefined) this.#watch.check();
  }

  /** Another dial of the same user takes the place of this one. */
  replace(by: string): void {
    this.end({ verdict: "replaced", evidence: `The user dialled again, from ${by}.` });
  }

  /** For the client's log, as it stands now or stood at the end. */
  statistics(): string {
    return callStatistics(this.counters() ?? this.#last, this.#link.facts().elapsed);
  }

  fail(ending: Ending): void {
    this.#ending = ending;
    this.down("hung-up");
  }

  /** The call is over on the control connection: release everything, the call ID included. */
  down(end: CallEnd): void {
    if (this.#released) return;
    this.#released = true;
    this.#stop();
    this.#settled();
    this.#finish(this.#ending ?? this.#refusal ?? endingOfCall(end, this.#link.facts(), this.#link.closing));
    this.services.calls.remove(this);
    this.#whenReleased.resolve();
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
    const lease = await this.#lease.take(() => this.loggedIn());
    if (!lease.ok) this.#ending ??= lease.ending;
    this.#link.feed({ type: "assigned", assignment: lease.ok ? lease.assignment : undefined });
  }

  networkOpens(mtu: Octets, encryption: LinkEncryption): void {
    this.mtu = mtu;
    this.encryption = encryption;
  }

  up(): void {
    this.#settled();
    const { mtu, encryption, address, pool } = this;
    const user = this.loggedIn();
    if (address === undefined) throw new Error("a session came up without an address");
    const again = this.cameUp;
    this.record.open({ user, address, pool, mtu, encryption });
    if (!again) {
      this.services.calls.sessionUp(this);
      this.services.wrongLogIns.cameUp(user.id, user.name, this.from);
    }
    this.insight.begin();
    this.#watch.begin();
  }

  ended(cause: LinkEnd): void {
    const ending = this.#ending ?? this.#refusal ?? endingOfLink(cause, this.#link.facts());
    this.#linkEnded(ending);
    const codes = disconnectCodes(ending, cause);
    if (clientClears(cause)) this.#timers.arm("grace", CALL_CLEAR_GRACE, () => this.#tellControl(codes));
    else this.#tellControl(codes);
  }

  failed(ending: Ending): void {
    this.#linkEnded(ending);
    this.#tellControl(disconnectCodes(ending));
  }

  /**
   * The session is over and its address is free; the call itself may live on until the client has cleared it.
   */
  #linkEnded(ending: Ending): void {
    this.#stop();
    this.#ending ??= ending;
    this.#finish(this.#ending);
  }

  #stop(): void {
    this.#link.stop();
    this.#watch.stop();
    this.#timers.clear();
  }

  #tellControl(codes: DisconnectCodes): void {
    if (!this.#released) this.#hangUp(this.callId, codes, this.statistics());
  }

  /** Once, though the link ends before the call does. */
  #finish(ending: Ending): void {
    if (this.#finished) return;
    const { plane, calls, penalties, places } = this.services;
    const onTheRecord = onRecord(ending, this.#link.facts());
    // The tunnel goes before the address is free for the next client. What was sent before still leaves
    // first.
    const link = plane.link(this.callId);
    this.#last = plane.remove(this.callId);
    this.#finished = true;
    if (this.cameUp) calls.sessionOver(this);
    else penalties.add(this.record.clientAddress);
    this.#lease.giveBack();
    this.record.close(onTheRecord, this.#user, this.#last, link);
    places.leave(this);
    this.#liveness.over();
  }
}
