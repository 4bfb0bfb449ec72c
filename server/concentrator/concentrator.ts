import type { Conditions } from "../conditions/conditions.ts";
import { formatEndpoint } from "../config/addresses.ts";
import type { Config } from "../config/config-types.ts";
import { weakOptions } from "../config/weak-options.ts";
import type { DataPlane, DataPlaneEvents } from "../data-plane/data-plane.ts";
import { nameKey } from "../names/user-name.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/log.ts";
import { SharedTicks } from "../platform/shared-ticks.ts";
import type { Connection } from "../platform/tcp.ts";
import type { LinkPolicy } from "../ppp/link/link-types.ts";
import type { Store, User } from "../store/store-types.ts";
import { formatIpv4 } from "../wire/ipv4.ts";
import type { Millis } from "../wire/units.ts";
import { AddressPools } from "./addresses/address-pools.ts";
import { Leases } from "./addresses/leases.ts";
import { PoolWatch } from "./addresses/pool-watch.ts";
import { CallIds } from "./calls/call-ids.ts";
import type { CallServices, Random } from "./calls/call-types.ts";
import { Placement } from "./calls/calls.ts";
import { DeadSessions } from "./calls/dead-sessions.ts";
import { ECHO_FAILURES, ECHO_INTERVAL, KEEPALIVE_TICK } from "./calls/limits.ts";
import type { LiveSession } from "./calls/live-session.ts";
import { Sessions } from "./calls/sessions.ts";
import type { ConcentratorStatus, ConcentratorView, HostView, SessionFilter } from "./concentrator-types.ts";
import { Patience } from "./connections/address-penalties.ts";
import { Lobby } from "./connections/control-connections.ts";
import type { FailedLogIns, LockoutView } from "./log-in/lockout-views.ts";
import { UsersRevision } from "./log-in/users-revision.ts";
import { WrongLogIns } from "./log-in/wrong-log-ins.ts";
import { ClockWatch } from "./policy/clock-watch.ts";
import { UserPlaces } from "./policy/user-places.ts";
import { Tally } from "./records/dial-counters.ts";
import { PROGRESS_EVERY, RECORDS_GRACE } from "./records/limits.ts";

/** Ours: users that the list of weak options names. */
const WEAK_USERS_NAMED = 5;

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
}

/**
 * The running server: takes TCP connections, owns the data plane, answers the admin API. All effects of the
 * machines are performed in the rooms below it (`control-connection.ts`, `call.ts`).
 */
export class Concentrator implements ConcentratorView {
  readonly #parts: ConcentratorParts;
  readonly #services: CallServices;
  readonly #placement: Placement;
  readonly #lobby: Lobby;
  readonly #startedAt: string;
  /** The same by the monotonic clock. */
  readonly #begun: Millis;
  readonly #clockWatch: ClockWatch;
  readonly #poolWatch: PoolWatch;
  #stopProgress: () => void = () => {};

  private constructor(parts: ConcentratorParts, services: CallServices, placement: Placement) {
    this.#parts = parts;
    this.#services = services;
    this.#placement = placement;
    this.#lobby = new Lobby(services, placement);
    this.#startedAt = parts.clock.date().toISOString();
    this.#begun = parts.clock.now();
    const { clock, conditions, config, log, rereadTimeZone } = parts;
    this.#clockWatch = new ClockWatch({ clock, log, rereadTimeZone, sessions: () => placement.all() });
    const { leases } = services;
    this.#poolWatch = new PoolWatch({ clock, conditions, leases, maxSessions: config.pptp.maxSessions });
    this.#scheduleProgress();
  }

  static async open(parts: ConcentratorParts): Promise<Concentrator> {
    const { config, clock, log, store, random } = parts;
    const { localAddress, dns, wins, mtu, pool } = config.tunnel;
    // The data plane reports to calls that cannot exist before it does.
    let events: Placement["events"] | undefined;
    const plane = await parts.openDataPlane({
      control: (callId, frame) => events?.control(callId, frame),
      coherencyLost: (callId) => events?.coherencyLost(callId),
      broken: (callId, fault) => events?.broken(callId, fault),
    });
    const policy: LinkPolicy = {
      mru: mtu,
      name: "pacd",
      authentication: config.security.authentication,
      mppeStrengths: config.security.mppeStrengths,
      mppeStateful: config.security.mppeStateful,
      echoInterval: ECHO_INTERVAL,
      echoFailures: ECHO_FAILURES,
    };
    const places = new UserPlaces(config.users.maxSessions);
    const toldToAll = { local: localAddress, dns, wins };
    const services: CallServices = {
      clock,
      ticks: new SharedTicks(clock, KEEPALIVE_TICK),
      log,
      plane,
      users: store.users,
      records: store.records,
      leases: new Leases(
        new AddressPools(pool, config.pools, [localAddress]),
        store.users,
        toldToAll,
        config.pptp.maxSessions,
      ),
      places,
      deadSessions: new DeadSessions(clock, places),
      sessions: new Sessions(),
      tally: new Tally(),
      patience: new Patience(clock),
      wrongLogIns: new WrongLogIns({ clock, log, sessions: store.sessions }),
      usersRevision: new UsersRevision(),
      random,
      policy,
      passwordRule: config.password,
      mtu,
    };
    const placement = new Placement(services, new CallIds(random.u16));
    events = placement.events;
    return new Concentrator(parts, services, placement);
  }

  /** A new TCP connection on the PPTP port. */
  accept(connection: Connection): void {
    this.#lobby.accept(connection);
  }

  sessions({ user, userId }: SessionFilter = {}): readonly LiveSession[] {
    const key = user === undefined ? undefined : nameKey(user);
    return this.#services.sessions
      .all()
      .filter((session) => key === undefined || nameKey(session.user) === key)
      .filter((session) => userId === undefined || session.userId === userId)
      .map((session) => session.view());
  }

  session(id: string): LiveSession | undefined {
    return this.#services.sessions.find(id)?.view();
  }

  async disconnect(id: string): Promise<boolean> {
    const session = this.#services.sessions.find(id);
    if (session === undefined) return false;
    await session.disconnect();
    await this.#services.records.settled();
    return true;
  }

  async disconnectUser(userId: string): Promise<number> {
    this.#services.usersRevision.changed();
    this.#services.wrongLogIns.liftUser(userId);
    const calls = this.#placement.ofUser(userId);
    await Promise.all(calls.map((call) => call.disconnect()));
    await this.#services.records.settled();
    return calls.length;
  }

  async userChanged(user: User): Promise<number> {
    this.#services.usersRevision.changed();
    const ending = this.#placement.ofUser(user.id).filter((call) => call.userChanged(user));
    await Promise.all(ending.map((call) => call.whenOver()));
    await this.#services.records.settled();
    return ending.length;
  }

  lockouts(): readonly LockoutView[] {
    return this.#services.wrongLogIns.lockouts();
  }

  failedLogIns(userId: string): FailedLogIns {
    return this.#services.wrongLogIns.ofUser(userId);
  }

  liftUser(userId: string): number {
    return this.#services.wrongLogIns.liftUser(userId);
  }

  liftAddress(address: string): number {
    return this.#services.wrongLogIns.liftAddress(address);
  }

  async weakOptions(): Promise<readonly string[]> {
    const { store, config } = this.#parts;
    return weakOptions(config, await store.users.withoutEncryption(WEAK_USERS_NAMED));
  }

  status(): ConcentratorStatus {
    const { clock, config, host, conditions } = this.#parts;
    host.refresh();
    const { sessions, leases, tally, plane, records } = this.#services;
    const pools = leases.figures();
    this.#poolWatch.look();
    return {
      startedAt: this.#startedAt,
      uptimeSeconds: Math.floor((clock.now() - this.#begun) / 1000),
      listen: config.pptp.listen.map(formatEndpoint).join(", "),
      listens: config.pptp.listen.map(formatEndpoint),
      interface: config.tunnel.interface,
      localAddress: formatIpv4(config.tunnel.localAddress),
      nat: host.nat(),
      packetWorkers: plane.loops,
      sessions: sessions.count,
      maxSessions: config.pptp.maxSessions,
      maxSessionsPerUser: config.users.maxSessions,
      addressesFree: pools.reduce((sum, pool) => sum + pool.free, 0),
      addressesTotal: pools.reduce((sum, pool) => sum + pool.total, 0),
      pools,
      controlConnections: this.#lobby.count,
      dials: { started: tally.started, connected: tally.connected, failed: tally.failed },
      logInFailures: this.#services.wrongLogIns.figures(),
      verdicts: tally.verdicts(),
      controlFaults: tally.faults(),
      drops: plane.drops(),
      hostRepairs: host.repairs(),
      records: records.figures(),
      conditions: conditions.all(),
    };
  }

  /**
   * Says goodbye to every client, closes every record, ends the data plane. The listener must be closed
   * before. `failure`: why pacd cannot go on, for the records; undefined where it was told to stop.
   */
  async shutDown(failure?: string): Promise<void> {
    this.#stopProgress();
    if (failure !== undefined) this.#placement.blame({ verdict: "server-failed", evidence: failure });
    this.#poolWatch.stop();
    this.#clockWatch.stop();
    await this.#lobby.shutDown();
    await this.#services.records.drain(RECORDS_GRACE);
    await this.#services.plane.close();
  }

  #scheduleProgress(): void {
    this.#stopProgress = this.#services.clock.after(PROGRESS_EVERY, () => {
      const { records, sessions } = this.#services;
      records.progress(sessions.all().map((session) => session.view()));
      this.#scheduleProgress();
    });
  }
}
