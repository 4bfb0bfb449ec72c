import type { LinkFigures, TunnelCounters } from "../../data-plane/data-plane.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import { describeFrame } from "../../ppp/describe/describe-frame.ts";
import type { LinkEncryption } from "../../ppp/link-common/mppe-keys.ts";
import type { Records, User } from "../../store/store-types.ts";
import { formatIpv4, type Ipv4 } from "../../wire/ipv4.ts";
import { lengthOfTime } from "../../wire/length-of-time.ts";
import { type Millis, millis, type Octets } from "../../wire/units.ts";
import { ClientIdentity, type StartRequestNames } from "./client-identity.ts";
import type { DialCounters } from "./dial-counters.ts";
import type { DialWatcher } from "./dial-watcher.ts";
import type { Ending } from "./ending.ts";
import { sessionEnd } from "./session-end.ts";
import { type ControlLine, Trace } from "./trace.ts";

/** What the record of a dial needs of the server around it. */
export interface RecordServices {
  readonly clock: Pick<Clock, "now" | "date">;
  readonly log: Pick<Logger, "info">;
  readonly records: Pick<Records, "begin" | "update" | "open" | "close">;
  readonly counters: Pick<DialCounters, "began" | "cameUp" | "ended">;
  /** Is told as well. */
  readonly watcher: DialWatcher;
}

/** What is known of a dial when it begins. */
export interface DialBeginning {
  /** The ID of its session, should it come up. */
  readonly sessionId: string;
  readonly attemptId: string;
  readonly clientAddress: string;
  /** The clock when the Outgoing-Call-Request came: the zero of trace and set-up time. */
  readonly requestedAt: Millis;
  /** How the client introduced itself; undefined: not known. */
  readonly start?: StartRequestNames | undefined;
}

/** What was agreed with the client when its session came up. */
export interface SessionTerms {
  readonly user: User;
  readonly address: Ipv4;
  /** Where the address comes from; null: it is the user's own. */
  readonly pool: string | null;
  readonly mtu: Octets;
  readonly encryption: LinkEncryption;
}

/**
 * What one dial leaves behind: an attempt with its trace and verdict, and from `open` to `close` a session,
 * which is its accounting record. It decides nothing. Interim accounting is `progress-writer.ts`, for all
 * sessions together.
 */
export class DialRecord {
  readonly sessionId: string;
  readonly attemptId: string;
  readonly clientAddress: string;
  readonly requestedAt: Millis;
  readonly trace: Trace;
  /** Who the client says it is. */
  readonly client: ClientIdentity;
  readonly #services: RecordServices;
  /** When the record was begun, by the wall clock and by the monotonic one. */
  readonly #begunAt: Date;
  readonly #begun: Millis;
  #connectedAt: Date | undefined;
  #assignedAddress = "";
  #pool: string | null = null;
  /** The same by the monotonic clock. */
  #upAt = millis(0);
  #nameSent: string | undefined;
  #namedAt: Millis | undefined;
  #logIn: Millis | null = null;
  #nameBelongsTo: string | undefined;
  #method: Credentials["method"] | undefined;

  constructor(services: RecordServices, dial: DialBeginning) {
    this.#services = services;
    this.sessionId = dial.sessionId;
    this.attemptId = dial.attemptId;
    this.clientAddress = dial.clientAddress;
    this.requestedAt = dial.requestedAt;
    this.trace = new Trace(dial.requestedAt);
    this.client = new ClientIdentity(dial.start);
    this.#begunAt = services.clock.date();
    this.#begun = services.clock.now();
    services.counters.began();
    services.records.begin({
      id: this.attemptId,
      startedAt: this.#begunAt.toISOString(),
      clientAddress: this.clientAddress,
    });
  }

  /** When the session came up; undefined: it has not. */
  get connectedAt(): Date | undefined {
    return this.#connectedAt;
  }

  /** How long the session has been up; undefined: it has not come up. */
  get lasted(): Millis | undefined {
    return this.#connectedAt === undefined ? undefined : millis(this.#services.clock.now() - this.#upAt);
  }

  /** The name that the client logs in with, printable. */
  nameSent(name: string): void {
    this.#nameSent = name;
    this.#namedAt ??= this.#services.clock.now();
    this.#services.records.update(this.attemptId, { user: name });
  }

  /** Whose that name is, whatever becomes of the log-in; undefined: nobody's. */
  nameBelongsTo(userId: string | undefined): void {
    this.#nameBelongsTo = userId;
  }

  /** A control message, for the trace. */
  controlLine({ at, from, text }: ControlLine): void {
    this.trace.add(at, from, "pptp", text);
  }

  /** A PPP control frame, for the trace. */
  frame(from: "client" | "server", frame: Uint8Array): void {
    if (from === "client") this.client.frame(frame);
    const { layer, text } = describeFrame(frame);
    this.trace.add(this.#services.clock.now(), from, layer, text);
  }

  /** How the client proved itself when it was let in. */
  loggedInBy(method: Credentials["method"]): void {
    this.#method = method;
    if (this.#namedAt !== undefined) this.#logIn ??= millis(this.#services.clock.now() - this.#namedAt);
  }

  /** Undefined: it has not been let in. */
  get method(): Credentials["method"] | undefined {
    return this.#method;
  }

  /** Something that pacd did or saw, for the trace. */
  note(text: string): void {
    this.trace.add(this.#services.clock.now(), "pacd", "pacd", text);
  }

  /** The network is open: the session is up; or up again, after LCP was negotiated anew. */
  open({ user, address, pool, mtu, encryption }: SessionTerms): void {
    const { clock, records, counters, watcher, log } = this.#services;
    if (this.#connectedAt !== undefined) {
      this.note("Session up again, after LCP was negotiated anew");
      records.update(this.attemptId, { trace: this.trace.entries() });
      return;
    }
    this.#connectedAt = this.#wallClock();
    this.#assignedAddress = formatIpv4(address);
    this.#pool = pool;
    this.#upAt = clock.now();
    const setupMs = Math.round((this.#upAt - this.requestedAt) * 10) / 10;
    const text = `Session up: ${user.name} has ${this.#assignedAddress} after ${setupMs} ms`;
    this.note(text);
    counters.cameUp();
    records.open({
      id: this.sessionId,
      attemptId: this.attemptId,
      userId: user.id,
      user: user.name,
      clientAddress: this.clientAddress,
      assignedAddress: this.#assignedAddress,
      pool,
      groupId: user.group?.id ?? null,
      groupName: user.group?.name ?? null,
      encryption,
      mtu,
      connectedAt: this.#connectedAt.toISOString(),
    });
    records.update(this.attemptId, {
      userId: user.id,
      sessionId: this.sessionId,
      verdict: "connected",
      evidence: text,
      setupMs,
      trace: this.trace.entries(),
    });
    watcher.sessionUp({ ...this.#session(user), encryption, setup: millis(setupMs), logIn: this.#logIn });
    log.info({ session: this.sessionId, user: user.name, client: this.clientAddress }, text);
  }

  /**
   * The dial or session is over. Called once. `user`: who had logged in; undefined: nobody. `link`: as it was
   * at the end.
   */
  close(ending: Ending, user: User | undefined, counters: TunnelCounters, link?: LinkFigures): void {
    const { records, counters: dials, log } = this.#services;
    const { lasted } = this;
    const at = this.#wallClock().toISOString();
    this.note(`${ending.verdict}: ${ending.evidence}`);
    dials.ended(ending.verdict, lasted !== undefined);
    if (lasted !== undefined) {
      const end = sessionEnd(counters, this.client.facts(), link);
      records.close(this.sessionId, { at, reason: ending.verdict, ...end });
    }
    records.update(this.attemptId, {
      userId: user?.id ?? this.#nameBelongsTo ?? null,
      endedAt: at,
      verdict: ending.verdict,
      evidence: ending.evidence,
      trace: this.trace.entries(),
    });
    // Of a log-in that failed the name that was claimed: who looks for a user's dials looks for that.
    const name = user?.name ?? this.#nameSent;
    const fields = { attempt: this.attemptId, user: name, client: this.clientAddress };
    const ended = lasted === undefined ? "Call ended" : `Session ended, up for ${lengthOfTime(lasted)}`;
    log.info({ ...fields, verdict: ending.verdict }, `${ended}: ${ending.evidence}`);
    this.#tellWatcher(ending, user, counters);
  }

  #tellWatcher(ending: Ending, user: User | undefined, counters: TunnelCounters): void {
    const { watcher } = this.#services;
    const { lasted, attemptId, clientAddress } = this;
    const { verdict, evidence } = ending;
    if (lasted !== undefined && user !== undefined) {
      const { rxBytes, txBytes, rxPackets, txPackets } = counters;
      const octets = { rxBytes, txBytes, rxPackets, txPackets };
      watcher.sessionDown({ ...this.#session(user), verdict, evidence, lasted, ...octets });
      return;
    }
    const userId = user?.id ?? this.#nameBelongsTo;
    const nameSent = this.#nameSent ?? user?.name;
    watcher.dialFailed({ attemptId, clientAddress, verdict, evidence, nameSent, userId });
  }

  /** What its watcher is told of the session, at its beginning and at its end. */
  #session(user: User) {
    const { sessionId, attemptId, clientAddress } = this;
    const connectedAt = this.#connectedAt!.toISOString();
    const [assignedAddress, pool] = [this.#assignedAddress, this.#pool];
    return { sessionId, attemptId, user, clientAddress, assignedAddress, pool, connectedAt };
  }

  /** The wall clock, but never before what has passed since the dial began: somebody may set it back. */
  #wallClock(): Date {
    const { clock } = this.#services;
    const passed = clock.now() - this.#begun;
    return new Date(Math.max(clock.date().getTime(), this.#begunAt.getTime() + passed));
  }
}
