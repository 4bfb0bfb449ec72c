import type { Condition } from "../conditions/conditions.ts";
import type { DropReason } from "../data-plane/data-plane.ts";
import type { User, WaitingFigures } from "../store/store-types.ts";
import type { PoolFigures } from "./addresses/address-pools.ts";

/** What the admin API may ask of the running concentrator. */
export interface ConcentratorView {
  /** Sessions that are up, oldest first. */
  sessions(filter?: SessionFilter): readonly LiveSession[];
  session(id: string): LiveSession | undefined;
  /**
   * Disconnects one client as an administrator would: LCP Terminate, Call-Disconnect-Notify. False for an
   * unknown ID.
   */
  disconnect(id: string): Promise<boolean>;
  /** Disconnects every session of a user who was removed. Returns how many. */
  disconnectUser(userId: string): Promise<number>;
  /**
   * Applies a user's changed policy to the live sessions: rates and destinations at once, time limits from
   * now on; ends those that the policy no longer allows (disabled, out of its time, hours or networks).
   * Returns how many it ended.
   */
  userChanged(user: User): Promise<number>;
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

/** A budget for wrong log-ins in which more count than are free. Times are ISO 8601. */
export interface LockoutView {
  /** One user from one address; one user from all; all users from one address, or from its /24. */
  readonly kind: "user-address" | "user" | "address" | "network";
  /** Null where it is about all users, and for a name that no user has. */
  readonly userId: string | null;
  /** The user, or the name that was sent, escaped; null where it is about all users. */
  readonly user: string | null;
  /** An address, or a network as 203.0.113.0/24; null where it is about all of them. */
  readonly address: string | null;
  /** Wrong log-ins since `since`. */
  readonly failures: number;
  readonly since: string;
  readonly last: string;
  /** No log-in is judged before; null: the next one is. */
  readonly refusedUntil: string | null;
}

/** Wrong log-ins of one user that still count. */
export interface FailedLogIns {
  readonly count: number;
  /** Null where none count. */
  readonly since: string | null;
  readonly last: string | null;
  /** So many came, from all addresses together, that addresses which are new for the user have to wait. */
  readonly newAddressesWait: boolean;
  /** The latest first, twenty at most. */
  readonly addresses: readonly Omit<LockoutView & { readonly address: string }, "kind" | "userId" | "user">[];
}

/** Wrong log-ins since start, and how many budgets refuse now. */
export interface LogInFailures {
  readonly wrong: number;
  /** Refused without a look at the password. */
  readonly unjudged: number;
  readonly lockouts: Readonly<Record<LockoutView["kind"], number>>;
}

export interface LiveSession {
  readonly id: string;
  readonly attemptId: string;
  readonly userId: string;
  /** The name that the user has now. */
  readonly user: string;
  /** Where the client dialled from. */
  readonly clientAddress: string;
  readonly assignedAddress: string;
  readonly connectedAt: string;
  /** How long it has been up, by the monotonic clock. */
  readonly durationSeconds: number;
  /** "mppe-128-stateless" and its kin, or "none". */
  readonly encryption: string;
  readonly mtu: number;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
  /** When the last inner packet passed; null for never. */
  readonly lastActivity: string | null;
}

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
