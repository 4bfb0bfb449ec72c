import type { TunnelCounters } from "../../data-plane/data-plane.ts";
import { describeFrame } from "../../ppp/describe.ts";
import type { Assignment, LinkEncryption } from "../../ppp/link/link-types.ts";
import type { User } from "../../store/store-types.ts";
import { formatIpv4 } from "../../wire/ipv4.ts";
import { lengthOfTime } from "../../wire/length-of-time.ts";
import { type Millis, millis, type Octets } from "../../wire/units.ts";
import type { Lease } from "../addresses/leases.ts";
import type { SessionTimes } from "../policy/session-limits.ts";
import type { Ending } from "../records/ending.ts";
import { Trace } from "../records/trace.ts";
import type { CallOrigin, CallServices } from "./call-types.ts";
import type { LiveSession } from "./live-session.ts";
import type { SessionHandle } from "./sessions.ts";

/** What became known of a dial on its way up. */
interface Known {
  user?: User;
  /** The lease to give back. */
  assignment?: Assignment;
  mtu?: Octets;
  encryption?: LinkEncryption;
}

/**
 * What one dial leaves behind: its attempt record from the beginning, its session and accounting record while
 * it is up, and the lease of its address. The call decides; this keeps the books.
 */
export class CallSession implements SessionHandle {
  readonly id: string;
  readonly attemptId: string;
  readonly trace: Trace;
  readonly startedAt: Millis;
  readonly known: Known = {};
  readonly #services: CallServices;
  readonly #origin: CallOrigin;
  readonly #disconnect: () => Promise<void>;
  /** The wall clock when the dial began, and when it came up. */
  readonly #begunAt: Date;
  /** The former by the monotonic clock. */
  readonly #begun: Millis;
  #connectedAt: Date | undefined;
  /** The latter by the monotonic clock. */
  #upAt = 0;
  /** How long it had not been used when that was last asked, when that was, and when the last use was. */
  #idle = millis(0);
  #lookedAt = 0;
  #lastActivity = 0;
  /** Wall clock less monotonic clock, then. */
  #ahead = 0;
  #finished = false;
  #meant: string | undefined;

  /** `disconnect` is what an administrator's DELETE does. */
  constructor(services: CallServices, origin: CallOrigin, disconnect: () => Promise<void>) {
    this.#services = services;
    this.#origin = origin;
    this.#disconnect = disconnect;
    this.id = services.random.uuid();
    this.attemptId = services.random.uuid();
    this.startedAt = origin.requestedAt;
    this.trace = new Trace(this.startedAt);
    services.tally.started++;
    this.#begunAt = services.clock.date();
    this.#begun = services.clock.now();
    services.records.begin({
      id: this.attemptId,
      startedAt: this.#begunAt.toISOString(),
      clientAddress: this.clientAddress,
    });
  }

  /** Whose the name is that the client logs in with, whatever becomes of the log-in; undefined: nobody's. */
  means(userId: string | undefined): void {
    this.#meant = userId;
  }

  /** The name that the client logs in with, printable. */
  claimed(name: string): void {
    this.#services.records.update(this.attemptId, { user: name });
  }

  /** The user of a dial past its log-in. */
  loggedIn(): User {
    if (this.known.user === undefined) throw new Error("nobody has logged in on this dial");
    return this.known.user;
  }

  /** One PPP control frame, for the trace. */
  frame(from: "client" | "server", frame: Uint8Array): void {
    const { layer, text } = describeFrame(frame);
    this.trace.add(this.#services.clock.now(), from, layer, text);
  }

  /** The address of this dial; the same one again when LCP was negotiated anew. */
  async lease(): Promise<Lease> {
    const held = this.known.assignment;
    if (held !== undefined) return { ok: true, assignment: held };
    const lease = this.#services.leases.take(this.loggedIn());
    if (!lease.ok) return lease;
    this.known.assignment = lease.assignment;
    // The books were closed meanwhile: nobody else gives it back.
    if (this.#finished) this.#services.leases.release(lease.assignment.remote);
    return lease;
  }

  /** Has it come up, whatever became of it then? */
  get cameUp(): boolean {
    return this.#connectedAt !== undefined;
  }

  /** How long it has been up; undefined: it has not come up. */
  get lasted(): Millis | undefined {
    return this.#connectedAt === undefined ? undefined : millis(this.#services.clock.now() - this.#upAt);
  }

  /** The network is open: the session is up; or up again, after LCP was negotiated anew. */
  up(): void {
    const { clock, records, sessions, tally, wrongLogIns } = this.#services;
    const user = this.loggedIn();
    const address = this.known.assignment?.remote;
    if (address === undefined) throw new Error("a session came up without an address");
    if (this.#connectedAt !== undefined) {
      this.trace.add(clock.now(), "pacd", "pacd", "Session up again, after LCP was negotiated anew");
      records.update(this.attemptId, { trace: this.trace.entries() });
      return;
    }
    this.#connectedAt = this.#wallClock();
    this.#upAt = clock.now();
    this.#lookedAt = this.#upAt;
    this.#ahead = clock.date().getTime() - this.#upAt;
    const setupMs = Math.round((clock.now() - this.startedAt) * 10) / 10;
    const text = `Session up: ${user.name} has ${formatIpv4(address)} after ${setupMs} ms`;
    this.trace.add(clock.now(), "pacd", "pacd", text);
    sessions.add(this);
    wrongLogIns.cameUp(user.id, user.name, this.#origin.peerAddress);
    tally.connected++;
    records.open({
      id: this.id,
      attemptId: this.attemptId,
      userId: user.id,
      user: user.name,
      clientAddress: this.clientAddress,
      assignedAddress: formatIpv4(address),
      encryption: this.known.encryption ?? "none",
      mtu: this.known.mtu ?? 0,
      connectedAt: this.#connectedAt.toISOString(),
    });
    records.update(this.attemptId, {
      userId: user.id,
      sessionId: this.id,
      verdict: "connected",
      evidence: text,
      setupMs,
      trace: this.trace.entries(),
    });
    this.#services.log.info({ session: this.id, user: user.name, client: this.clientAddress }, text);
  }

  /** How long a session has been up, and idle. */
  times(): SessionTimes {
    const { clock, plane } = this.#services;
    if (this.#connectedAt === undefined) throw new Error("a session that never came up has no times");
    const at = clock.date();
    const { lastActivity } = plane.counters(this.#origin.callId);
    const now = clock.now();
    const passed = now - this.#lookedAt;
    const ahead = at.getTime() - now;
    const idle =
      lastActivity === this.#lastActivity
        ? this.#idle + passed
        : now - this.#usedAt(lastActivity, now, ahead);
    this.#idle = millis(idle);
    this.#lastActivity = lastActivity;
    this.#lookedAt = now;
    this.#ahead = ahead;
    return { at, idle: this.#idle, lasted: millis(now - this.#upAt) };
  }

  /**
   * The monotonic clock when the session was used last, which was after the last look. Counters have the time
   * of the wall clock, which may have been set since then, before that use or after it: what lies between the
   * last look and now is right.
   */
  #usedAt(lastActivity: number, now: Millis, ahead: number): number {
    const times = [lastActivity - this.#ahead, lastActivity - ahead];
    const possible = times.filter((time) => time >= this.#lookedAt - 1 && time <= now + 1);
    return possible.length === 0 ? now : Math.min(now, Math.max(...possible));
  }

  /** Closes the books, once: record, verdict, address. */
  finish(ending: Ending, counters: TunnelCounters): void {
    if (this.#finished) return;
    this.#finished = true;
    const { clock, records, sessions, leases, tally, patience, log } = this.#services;
    const at = this.#wallClock().toISOString();
    this.trace.add(clock.now(), "pacd", "pacd", `${ending.verdict}: ${ending.evidence}`);
    if (this.#connectedAt === undefined) {
      tally.failed++;
      patience.lose(this.clientAddress);
    } else {
      sessions.remove(this.id);
      const { rxBytes, txBytes, rxPackets, txPackets } = counters;
      records.close(this.id, { at, reason: ending.verdict, rxBytes, txBytes, rxPackets, txPackets });
    }
    if (this.known.assignment !== undefined) leases.release(this.known.assignment.remote);
    tally.verdict(ending.verdict);
    records.update(this.attemptId, {
      userId: this.known.user?.id ?? this.#meant ?? null,
      endedAt: at,
      verdict: ending.verdict,
      evidence: ending.evidence,
      trace: this.trace.entries(),
    });
    const fields = { attempt: this.attemptId, user: this.known.user?.name, client: this.clientAddress };
    const { lasted } = this;
    const ended = lasted === undefined ? "Call ended" : `Session ended, up for ${lengthOfTime(lasted)}`;
    log.info({ ...fields, verdict: ending.verdict }, `${ended}: ${ending.evidence}`);
  }

  /** The wall clock, but never before what has passed since the dial began: somebody may set it back. */
  #wallClock(): Date {
    const { clock } = this.#services;
    const passed = clock.now() - this.#begun;
    return new Date(Math.max(clock.date().getTime(), this.#begunAt.getTime() + passed));
  }

  get userId(): string {
    return this.known.user?.id ?? "";
  }

  get user(): string {
    return this.known.user?.name ?? "";
  }

  disconnect(): Promise<void> {
    return this.#disconnect();
  }

  view(): LiveSession {
    const counters = this.#services.plane.counters(this.#origin.callId);
    const { rxBytes, txBytes, rxPackets, txPackets, lastActivity } = counters;
    return {
      id: this.id,
      attemptId: this.attemptId,
      userId: this.userId,
      user: this.user,
      clientAddress: this.clientAddress,
      assignedAddress: this.known.assignment === undefined ? "" : formatIpv4(this.known.assignment.remote),
      connectedAt: this.#connectedAt?.toISOString() ?? "",
      durationSeconds:
        this.#connectedAt === undefined ? 0 : Math.floor((this.#services.clock.now() - this.#upAt) / 1000),
      encryption: this.known.encryption ?? "none",
      mtu: this.known.mtu ?? 0,
      rxBytes,
      txBytes,
      rxPackets,
      txPackets,
      lastActivity: lastActivity === 0 ? null : new Date(lastActivity).toISOString(),
    };
  }

  get clientAddress(): string {
    return formatIpv4(this.#origin.peerAddress);
  }
}
