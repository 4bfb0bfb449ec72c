import type { Condition } from "../conditions/conditions.ts";
import type { DropReason } from "../data-plane/data-plane.ts";
import type { User, WaitingFigures } from "../store/store-types.ts";
import type { PoolFigures } from "./addresses/address-pools.ts";
import type { LiveSession, SessionView } from "./calls/live-session.ts";
import type { SessionInsight } from "./calls/session-insight.ts";
import type { FailedLogIns, LockoutView, LogInFailures } from "./log-in/lockout-views.ts";
import type { SessionChoice } from "./session-choice.ts";

/** What the admin API may ask of the running concentrator. */
export interface ConcentratorView {
  /** Sessions that are up, oldest first. */
  sessions(filter?: SessionFilter): readonly LiveSession[];
  /** The same to be looked at, now or later. */
  views(): readonly SessionView[];
  session(id: string): LiveSession | undefined;
  /** All that is known of a session that is up; undefined: it is not. */
  insight(id: string): SessionInsight | undefined;
  /**
   * Disconnects one client as an administrator would: LCP Terminate, Call-Disconnect-Notify. False for an
   * unknown ID. `message`: why, one line, for log and record.
   */
  disconnect(id: string, message?: string): Promise<boolean>;
  /** The sessions that are meant, oldest first; those that are ending already are none. */
  chosen(choice: SessionChoice): readonly LiveSession[];
  /**
   * Disconnects all of them, some at a time, so that others dial meanwhile. Resolves with those that it ended
   * when their clients have been told.
   */
  endSessions(choice: SessionChoice, message?: string): Promise<readonly LiveSession[]>;
  /** Disconnects every session of a user who was removed. Returns how many. */
  disconnectUser(userId: string): Promise<number>;
  /**
   * Applies a user's changed policy to the live sessions: rates and destinations at once, time limits from
   * now on; ends those that the policy no longer allows (disabled, out of its time, hours or networks).
   * Returns how many it ended.
   */
  userChanged(user: User): Promise<number>;
  /**
   * The same for those whose sessions came from a group that was changed or removed, each with the policy
   * that applies now. Returns how many sessions it ended.
   */
  groupChanged(groupId: string): Promise<number>;
  /** IDs of the users who are connected, or are dialling and have logged in. */
  connectedUsers(): readonly string[];
  /**
   * How many sessions `userChanged` with this policy would end at this moment; without one, `disconnectUser`.
   */
  wouldEnd(userId: string, user: User | undefined): number;
  /** Budgets for wrong log-ins that refuse, the latest failure first. */
  lockouts(): readonly LockoutView[];
  /** What still counts against one user. */
  failedLogIns(userId: string): FailedLogIns;
  /** Lifts what wrong log-ins of a user, or from an address, cost. Returns how many budgets that were. */
  liftUser(userId: string): number;
  liftAddress(address: string): number;
  status(): ConcentratorStatus;
  /** Weak settings that are switched on, one sentence each; who may do without encryption included. */
  weakOptions(): Promise<readonly string[]>;
}

/** What the concentrator tells of the host under it. */
export interface HostView {
  /** Makes sure that the conditions of the host are those of now. */
  refresh(): void;
  nat(): ConcentratorStatus["nat"];
  /** How often each part of the host has been put back since start. */
  repairs(): Readonly<Record<string, number>>;
}

/** Which sessions are meant: those of a user, by name in whatever spelling, or by ID. */
export interface SessionFilter {
  readonly user?: string;
  readonly userId?: string;
}

/** How the server is at this moment, for status, page and metrics. */
export interface ConcentratorStatus {
  readonly startedAt: string;
  /** Since then, by the monotonic clock. */
  readonly uptimeSeconds: number;
  /** All of `listens`, with commas between them. */
  readonly listen: string;
  /** Each address and port that clients dial. */
  readonly listens: readonly string[];
  readonly interface: string;
  readonly localAddress: string;
  /** Are clients masqueraded at this moment? "unavailable": they should be. */
  readonly nat: "on" | "off" | "unavailable";
  /** Threads that carry packets. */
  readonly packetWorkers: number;
  readonly sessions: number;
  readonly maxSessions: number;
  /** Of a user for whom no number was set, at once; 0: any number. */
  readonly maxSessionsPerUser: number;
  /**
   * Over all pools: what dials of users without an address of their own can still get, and all that there
   * are.
   */
  readonly addressesFree: number;
  readonly addressesTotal: number;
  /** tunnel.pool first. */
  readonly pools: readonly PoolFigures[];
  readonly controlConnections: number;
  /** Since start. */
  readonly dials: { readonly started: number; readonly connected: number; readonly failed: number };
  readonly logInFailures: LogInFailures;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly controlFaults: Readonly<Record<string, number>>;
  readonly drops: Readonly<Record<DropReason, number>>;
  /** Parts of the host that were lost and put back, since start. */
  readonly hostRepairs: Readonly<Record<string, number>>;
  /** What the database has not taken yet, and what was given up. */
  readonly records: WaitingFigures;
  /** What keeps pacd from doing all it should at this moment. */
  readonly conditions: readonly Condition[];
}
