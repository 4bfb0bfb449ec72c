import type { Conditions } from "../conditions/conditions.ts";
import type { Config } from "../config/config-types.ts";
import type { DataPlane, DataPlaneEvents } from "../data-plane/data-plane.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/log.ts";
import type { Random } from "../platform/random.ts";
import { SharedTicks } from "../platform/shared-ticks.ts";
import type { Records, Store } from "../store/store-types.ts";
import { Leases } from "./addresses/leases.ts";
import type { NearlyEmptyPool } from "./addresses/nearly-empty.ts";
import type { Call } from "./calls/call.ts";
import type { SetupServices } from "./calls/call-setup.ts";
import { Calls } from "./calls/calls.ts";
import { DeadSessions } from "./calls/dead-sessions.ts";
import { KEEPALIVE_TICK } from "./calls/limits.ts";
import { planeEvents } from "./calls/plane-events.ts";
import type { HostView } from "./concentrator-types.ts";
import { AddressPenalties } from "./connections/address-penalties.ts";
import { UsersRevision } from "./log-in/users-revision.ts";
import { type GuessingSlowed, WrongLogIns } from "./log-in/wrong-log-ins.ts";
import { UserPlaces } from "./policy/user-places.ts";
import { DialCounters } from "./records/dial-counters.ts";
import type { DialWatcher } from "./records/dial-watcher.ts";
import { addressPools, leaseTerms, Settings } from "./settings.ts";

/** What the composition root hands in. */
export interface ConcentratorParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: Random;
  readonly store: Store;
  /** Given the events it shall report to, the data plane. */
  readonly openDataPlane: (events: Omit<DataPlaneEvents, "crashed">) => Promise<DataPlane>;
  readonly host: HostView;
  /** What holds now; whoever watches something of the host or the server raises it there. */
  readonly conditions: Conditions;
  /** Takes over the time zone that the host has now. */
  readonly rereadTimeZone: () => void;
  /** Told of what happens as it happens, beside records and log. */
  readonly watcher: ConcentratorWatcher;
}

/** What the running server tells. */
export interface ConcentratorWatcher extends DialWatcher {
  /** So many wrong log-ins came that the next ones are refused for a while. */
  guessingSlowed(guessing: GuessingSlowed): void;
  /** Few addresses are left for dials of users who have none of their own. */
  poolNearlyEmpty(pool: NearlyEmptyPool): void;
}

/** What all calls and connections share; each room declares which part of it is its own. */
export interface ConcentratorServices extends SetupServices {
  readonly plane: DataPlane;
  readonly records: Records;
  readonly leases: Leases;
  readonly counters: DialCounters;
  readonly usersRevision: UsersRevision;
  readonly wrongLogIns: WrongLogIns;
  readonly settings: Settings;
}

/** Opens the data plane and makes what stands around the calls. */
export async function openServices(parts: ConcentratorParts): Promise<ConcentratorServices> {
  const { config, clock, log, store, random, watcher } = parts;
  const calls = new Calls<Call>();
  const settings = new Settings(config);
  return {
    clock,
    ticks: new SharedTicks(clock, KEEPALIVE_TICK),
    log,
    random,
    calls,
    plane: await parts.openDataPlane(planeEvents(calls)),
    users: store.users,
    usersRevision: new UsersRevision(),
    records: store.records,
    counters: new DialCounters(),
    watcher,
    leases: new Leases(addressPools(config), store.users, leaseTerms(config)),
    places: new UserPlaces(() => settings.config.users.maxSessions, calls),
    deadSessions: new DeadSessions(clock, calls),
    penalties: new AddressPenalties(clock),
    wrongLogIns: new WrongLogIns({
      clock,
      log,
      sessions: store.sessions,
      slowed: (guessing) => watcher.guessingSlowed(guessing),
    }),
    settings,
    // Looked up when they are needed: a reload changes them.
    get policy() {
      return settings.policy;
    },
    get passwordRule() {
      return settings.passwordRule;
    },
    get mtu() {
      return settings.mtu;
    },
  };
}
