import { dialledAddresses, formatEndpoint } from "../config/addresses.ts";
import type { Config } from "../config/config-types.ts";
import { weakOptions } from "../config/weak-options.ts";
import { nameKey } from "../names/user-name.ts";
import type { Connection } from "../platform/tcp.ts";
import type { User } from "../store/store-types.ts";
import { formatIpv4 } from "../wire/ipv4.ts";
import { type Millis, millis } from "../wire/units.ts";
import { PoolWatch } from "./addresses/pool-watch.ts";
import type { Call } from "./calls/call.ts";
import { CallSetup } from "./calls/call-setup.ts";
import type { LiveSession, SessionView } from "./calls/live-session.ts";
import { RateSampler } from "./calls/rate-sampler.ts";
import type { SessionInsight } from "./calls/session-insight.ts";
import { type ConcentratorParts, type ConcentratorServices, openServices } from "./concentrator-services.ts";
import type { ConcentratorStatus, ConcentratorView, SessionFilter } from "./concentrator-types.ts";
import { ControlConnections } from "./connections/control-connections.ts";
import type { FailedLogIns, LockoutView } from "./log-in/lockout-views.ts";
import { ClockWatch } from "./policy/clock-watch.ts";
import { groupChanged } from "./policy/group-change.ts";
import { byAdministrator, type Ending } from "./records/ending.ts";
import { RECORDS_GRACE } from "./records/limits.ts";
import { ProgressWriter } from "./records/progress-writer.ts";
import { chooses, type SessionChoice } from "./session-choice.ts";
import { isAllowed, type SessionEffects, withdrawals } from "./session-effects.ts";
import { addressPools, leaseTerms } from "./settings.ts";

/** Ours: sessions that are ended in one turn; it takes some milliseconds. */
const ENDED_AT_ONCE = 10;

/** Ours: users that the list of weak options names. */
const WEAK_USERS_NAMED = 5;

/**
 * The running server: takes TCP connections, owns the data plane, answers the admin API. All effects of the
 * machines are performed in the rooms below it (`control-connection.ts`, `link-runner.ts`).
 */
export class Concentrator implements ConcentratorView {
  readonly #parts: ConcentratorParts;
  readonly #services: ConcentratorServices;
  readonly #connections: ControlConnections;
  readonly #startedAt: string;
  /** The same by the monotonic clock. */
  readonly #begun: Millis;
  readonly #clockWatch: ClockWatch;
  readonly #poolWatch: PoolWatch;
  readonly #progress: ProgressWriter;
  readonly #sampler: RateSampler;

  private constructor(parts: ConcentratorParts, services: ConcentratorServices) {
    const { clock, conditions, log, rereadTimeZone, watcher } = parts;
    const { calls, leases, records } = services;
    this.#parts = parts;
    this.#services = services;
    this.#connections = new ControlConnections({ ...services, setup: new CallSetup(services) });
    this.#startedAt = clock.date().toISOString();
    this.#begun = clock.now();
    this.#clockWatch = new ClockWatch({ clock, log, rereadTimeZone, sessions: () => calls.sessions() });
    this.#poolWatch = new PoolWatch({
      clock,
      conditions,
      leases,
      nearlyEmpty: (pool) => watcher.poolNearlyEmpty(pool),
    });
    this.#sampler = new RateSampler({
      clock,
      sessions: () => calls.sessions().map(({ insight }) => insight),
    });
    this.#progress = new ProgressWriter({ clock, records, sessions: () => this.sessions() });
  }

  static async open(parts: ConcentratorParts): Promise<Concentrator> {
    return new Concentrator(parts, await openServices(parts));
  }

  /** A new TCP connection on the PPTP port. */
  accept(connection: Connection): void {
    this.#connections.accept(connection);
  }

  /** Sessions that are up. */
  get sessionCount(): number {
    return this.#services.calls.sessionCount;
  }

  sessions({ user, userId }: SessionFilter = {}): readonly LiveSession[] {
    const key = user === undefined ? undefined : nameKey(user);
    return this.#services.calls
      .sessions()
      .filter((call) => key === undefined || nameKey(call.loggedIn().name) === key)
      .filter((call) => userId === undefined || call.loggedIn().id === userId)
      .map((call) => call.view.session());
  }

  views(): readonly SessionView[] {
    return this.#services.calls.sessions().map(({ view }) => view);
  }

  session(id: string): LiveSession | undefined {
    return this.#services.calls.session(id)?.view.session();
  }

  insight(id: string): SessionInsight | undefined {
    return this.#services.calls.session(id)?.insight.get();
  }

  async disconnect(id: string, message?: string): Promise<boolean> {
    const call = this.#services.calls.session(id);
    if (call === undefined) return false;
    await call.disconnect(message);
    await this.#services.records.settled();
    return true;
  }

  chosen(choice: SessionChoice): readonly LiveSession[] {
    return this.#chosen(choice).map(({ session }) => session);
  }

  async endSessions(choice: SessionChoice, message?: string): Promise<readonly LiveSession[]> {
    const chosen = this.#chosen(choice);
    await this.#endAll(chosen.map(({ call }) => ({ call, reason: byAdministrator(message) })));
    return chosen.map(({ session }) => session);
  }

  #chosen(choice: SessionChoice) {
    const isMeant = chooses(choice);
    return this.#services.calls
      .sessions()
      .filter(({ ending }) => !ending)
      .map((call) => ({ call, session: call.view.session(), group: call.loggedIn().group?.name }))
      .filter(({ session, group }) => isMeant({ ...session, group }));
  }

  async disconnectUser(userId: string): Promise<number> {
    this.#services.usersRevision.changed();
    this.#services.wrongLogIns.liftUser(userId);
    const calls = this.#services.calls.ofUser(userId);
    await Promise.all(calls.map((call) => call.disconnect()));
    await this.#services.records.settled();
    return calls.length;
  }

  async userChanged(user: User): Promise<number> {
    this.#services.usersRevision.changed();
    const ending = this.#services.calls.ofUser(user.id).filter((call) => call.userChanged(user));
    await Promise.all(ending.map((call) => call.whenOver()));
    await this.#services.records.settled();
    return ending.length;
  }

  groupChanged(groupId: string): Promise<number> {
    const { calls, records, usersRevision } = this.#services;
    const { users } = this.#parts.store;
    return groupChanged(groupId, { calls, records, usersRevision, users, turn: () => this.#nextTurn() });
  }

  connectedUsers(): readonly string[] {
    const calls = this.#services.calls.all();
    return [...new Set(calls.flatMap(({ user }) => (user === undefined ? [] : [user.id])))];
  }

  wouldEnd(userId: string, user: User | undefined): number {
    const calls = this.#services.calls.ofUser(userId);
    return user === undefined ? calls.length : calls.filter((call) => call.wouldEnd(user)).length;
  }

  /**
   * Another configuration counts from here on, for dials that begin now and for whatever is looked up as it
   * is needed. Nobody is ended by it.
   */
  configure(config: Config): void {
    const { settings, leases, plane } = this.#services;
    settings.replace(config);
    leases.change(addressPools(config), leaseTerms(config));
    plane.setReorder({ packets: config.gre.reorderPackets, delay: config.gre.reorderDelay });
    plane.listenOn(dialledAddresses(config.pptp.listen));
    this.#poolWatch.poolsChanged();
  }

  /** What going over to another configuration means for who is connected. */
  effectsOf(next: Config): SessionEffects {
    const { calls, settings } = this.#services;
    const lost = withdrawals(settings.config, next);
    const sessions = calls.sessions();
    return {
      sessions: sessions.length,
      ending: sessions.filter((call) => lost(call) !== undefined).length,
      noLongerAllowed: sessions.filter((call) => isAllowed(call, settings.config) && !isAllowed(call, next))
        .length,
    };
  }

  /**
   * Ends whom the configuration of now has taken the address from; `before` is the one that held until then.
   * Resolves with the number of sessions when their clients have been told.
   */
  async endWithdrawn(before: Config): Promise<number> {
    const { calls, settings } = this.#services;
    const lost = withdrawals(before, settings.config);
    const ending = calls.all().flatMap((call) => {
      const reason = call.over ? undefined : lost(call);
      return reason === undefined ? [] : [{ call, reason, wasUp: call.cameUp }];
    });
    await this.#endAll(ending);
    return ending.filter(({ wasUp }) => wasUp).length;
  }

  async #endAll(ending: readonly { readonly call: Call; readonly reason: Ending }[]): Promise<void> {
    for (const [index, { call, reason }] of ending.entries()) {
      // Others dial meanwhile, and answer keep-alives.
      if (index > 0 && index % ENDED_AT_ONCE === 0) await this.#nextTurn();
      call.end(reason);
    }
    await Promise.all(ending.map(({ call }) => call.whenOver()));
    await this.#services.records.settled();
  }

  #nextTurn(): Promise<void> {
    return new Promise((resolve) => void this.#parts.clock.after(millis(0), resolve));
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
    const { store } = this.#parts;
    return weakOptions(this.#services.settings.config, await store.users.withoutEncryption(WEAK_USERS_NAMED));
  }

  status(): ConcentratorStatus {
    const { clock, host, conditions } = this.#parts;
    host.refresh();
    const { config } = this.#services.settings;
    const { calls, leases, counters, plane, records, wrongLogIns } = this.#services;
    const pools = leases.figures();
    this.#poolWatch.check();
    return {
      startedAt: this.#startedAt,
      uptimeSeconds: Math.floor((clock.now() - this.#begun) / 1000),
      listen: config.pptp.listen.map(formatEndpoint).join(", "),
      listens: config.pptp.listen.map(formatEndpoint),
      interface: config.tunnel.interface,
      localAddress: formatIpv4(config.tunnel.localAddress),
      nat: host.nat(),
      packetWorkers: plane.loops,
      sessions: calls.sessionCount,
      maxSessions: config.pptp.maxSessions,
      maxSessionsPerUser: config.users.maxSessions,
      addressesFree: pools.reduce((sum, pool) => sum + pool.free, 0),
      addressesTotal: pools.reduce((sum, pool) => sum + pool.total, 0),
      pools,
      controlConnections: this.#connections.count,
      dials: counters.dials(),
      logInFailures: wrongLogIns.figures(),
      verdicts: counters.verdicts(),
      controlFaults: counters.faults(),
      drops: plane.drops(),
      hostRepairs: host.repairs(),
      records: records.figures(),
      conditions: conditions.all(),
    };
  }

  /**
   * Tells every client that pacd stops, closes every record, ends the data plane. The listener must be closed
   * before. `failure`: why pacd cannot go on, for the records; undefined where it was told to stop.
   */
  async shutDown(failure?: string): Promise<void> {
    const { calls, plane, records } = this.#services;
    this.#progress.stop();
    this.#sampler.stop();
    if (failure !== undefined)
      for (const call of calls.all()) call.setEndReason({ verdict: "server-failed", evidence: failure });
    this.#poolWatch.stop();
    this.#clockWatch.stop();
    await this.#connections.shutDown();
    await records.drain(RECORDS_GRACE);
    await plane.close();
  }
}
