import type { LiveSession, SessionLook, SessionView } from "../../server/concentrator/calls/live-session.ts";
import type { ConcentratorStatus, ConcentratorView } from "../../server/concentrator/concentrator-types.ts";
import type { LockoutView } from "../../server/concentrator/log-in/lockout-views.ts";
import { chooses } from "../../server/concentrator/session-choice.ts";
import { DROP_REASONS, type DropReason } from "../../server/data-plane/data-plane.ts";
import { nameKey } from "../../server/names/user-name.ts";
import type { User } from "../../server/store/store-types.ts";
import { fakeInsight } from "./fake-insight.ts";

/** Everything is written, and nothing was lost. */
const NONE_WAITING = { waiting: 0, dropped: { attempts: 0, sessions: 0, traces: 0 } };

/** A concentrator whose sessions a test puts there, and that records who was changed and who disconnected. */
export interface FakeConcentrator extends ConcentratorView {
  readonly live: LiveSession[];
  readonly changedUsers: User[];
  readonly disconnectedUsers: string[];
  /** IDs of the groups that were changed or removed. */
  readonly changedGroups: string[];
  current: ConcentratorStatus;
  /** What `lockouts` and `failedLogIns` say, and what was lifted. */
  readonly locked: LockoutView[];
  readonly lifted: string[];
  /** What `weakOptions` says. */
  weak: readonly string[];
}

export function fakeConcentrator(...live: LiveSession[]): FakeConcentrator {
  const changedUsers: User[] = [];
  const disconnectedUsers: string[] = [];
  const changedGroups: string[] = [];
  const remove = (fits: (session: LiveSession) => boolean): number => {
    const going = live.filter(fits);
    for (const session of going) live.splice(live.indexOf(session), 1);
    return going.length;
  };
  const locked: LockoutView[] = [];
  const lifted: string[] = [];
  const lift = (what: string, fits: (one: LockoutView) => boolean): number => {
    lifted.push(what);
    const going = locked.filter(fits);
    for (const one of going) locked.splice(locked.indexOf(one), 1);
    return going.length;
  };
  const views = new WeakMap<LiveSession, SessionView>();
  const viewOf = (session: LiveSession): SessionView => {
    const view = views.get(session) ?? {
      look: () => (live.includes(session) ? lookAt(session) : undefined),
    };
    views.set(session, view);
    return view;
  };
  return {
    locked,
    lifted,
    live,
    changedUsers,
    disconnectedUsers,
    changedGroups,
    current: fakeStatus(),
    weak: [],
    sessions: ({ user, userId } = {}) =>
      live
        .filter((session) => user === undefined || nameKey(session.user) === nameKey(user))
        .filter((session) => userId === undefined || session.userId === userId),
    views: () => live.map(viewOf),
    session: (id) => live.find((session) => session.id === id),
    insight: (id) => (live.some((session) => session.id === id) ? fakeInsight() : undefined),
    disconnect: async (id) => remove((session) => session.id === id) > 0,
    chosen: (choice) => live.filter((session) => chooses(choice)({ ...session, group: undefined })),
    async endSessions(choice) {
      const going = live.filter((session) => chooses(choice)({ ...session, group: undefined }));
      remove((session) => going.includes(session));
      return going;
    },
    async disconnectUser(userId) {
      disconnectedUsers.push(userId);
      return remove((session) => session.userId === userId);
    },
    async userChanged(user) {
      changedUsers.push(user);
      return user.enabled ? 0 : remove((session) => session.userId === user.id);
    },
    async groupChanged(groupId) {
      changedGroups.push(groupId);
      return 0;
    },
    connectedUsers: () => [...new Set(live.map((session) => session.userId))],
    wouldEnd: (userId, user) =>
      user?.enabled === true ? 0 : live.filter((session) => session.userId === userId).length,
    status() {
      return { ...this.current, sessions: live.length };
    },
    lockouts: () => locked,
    failedLogIns(userId) {
      const own = locked.filter((one) => one.userId === userId && one.address !== null);
      return {
        count: own.reduce((sum, { failures }) => sum + failures, 0),
        since: own[0]?.since ?? null,
        last: own[0]?.last ?? null,
        newAddressesWait: locked.some((one) => one.userId === userId && one.kind === "user"),
        addresses: own.map(({ address, failures, since, last, refusedUntil }) => ({
          address: address ?? "",
          failures,
          since,
          last,
          refusedUntil,
        })),
      };
    },
    liftUser: (userId) => lift(userId, (one) => one.userId === userId),
    liftAddress: (address) => lift(address, (one) => one.address === address),
    async weakOptions() {
      return this.weak;
    },
  };
}

export function fakeStatus(): ConcentratorStatus {
  return {
    startedAt: "2026-03-01T09:00:00.000Z",
    uptimeSeconds: 3600,
    listen: "0.0.0.0:1723",
    listens: ["0.0.0.0:1723"],
    interface: "pac0",
    localAddress: "10.77.0.1",
    nat: "on",
    packetWorkers: 2,
    sessions: 0,
    maxSessions: 1000,
    maxSessionsPerUser: 5,
    addressesFree: 990,
    addressesTotal: 1000,
    pools: [
      { name: "tunnel.pool", total: 900, used: 6, reserved: 3, free: 891 },
      { name: "guests", total: 100, used: 1, reserved: 0, free: 99 },
    ],
    controlConnections: 2,
    dials: { started: 9, connected: 5, failed: 3 },
    logInFailures: {
      wrong: 3,
      unjudged: 2,
      lockouts: { "user-address": 1, user: 0, address: 0, network: 0 },
    },
    verdicts: { "bad-credentials": 3 },
    controlFaults: { "bad-cookie": 1 },
    drops: {
      ...(Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])) as Record<DropReason, number>),
      "mppe-late": 7,
    },
    hostRepairs: { masquerade: 2 },
    records: NONE_WAITING,
    conditions: [],
  };
}

/** A session that a test has put there, in its two parts. */
export function lookAt(session: LiveSession): SessionLook {
  const { durationSeconds, rxBytes, txBytes, rxPackets, txPackets, lastActivity, ...facts } = session;
  const at = lastActivity === null ? 0 : Date.parse(lastActivity);
  const counters = { rxBytes, txBytes, rxPackets, txPackets, lastActivity: at };
  return { facts, durationSeconds, counters };
}

export function liveSession(change: Partial<LiveSession> = {}): LiveSession {
  return {
    id: "s1",
    attemptId: "a1",
    userId: "u1",
    user: "anna",
    clientAddress: "203.0.113.7",
    assignedAddress: "10.77.0.10",
    pool: "tunnel.pool",
    groupId: null,
    groupName: null,
    connectedAt: "2026-03-01T09:58:30.000Z",
    durationSeconds: 90,
    encryption: "mppe-128-stateless",
    mtu: 1400,
    rxBytes: 20_971_520,
    txBytes: 1024,
    rxPackets: 15_000,
    txPackets: 12,
    lastActivity: "2026-03-01T09:59:59.000Z",
    ...change,
  };
}
