import { randomUUID } from "node:crypto";
import { ensureAdminToken } from "../admin-api/admin-token.ts";
import { createApp } from "../admin-api/app.ts";
import { HistoryThread } from "../admin-api/history/history-thread.ts";
import { AdminListener } from "./admin-listener.ts";
import { AdminTls } from "./admin-tls.ts";
import { apiServices } from "./api-services.ts";
import { AuditSide } from "./audit-side.ts";
import { Concentrator } from "./concentrator/concentrator.ts";
import { Conditions } from "./conditions/conditions.ts";
import type { LoadedConfig } from "./config/load-config.ts";
import { poolNetworks } from "./config/networks.ts";
import { startDataPlane, type WorkerDataPlane } from "./data-plane/workers/worker-data-plane.ts";
import { eventSide } from "./event-side.ts";
import { greeting } from "./greeting.ts";
import { requireHost } from "./host-requirements.ts";
import { HostSide } from "./host-side.ts";
import { LocalApi } from "./local-api.ts";
import { watchMemory } from "./memory-watch.ts";
import { nameClashConditions } from "./name-clash-conditions.ts";
import { allowedClashes } from "./network-clashes.ts";
import { dataPlaneOptions, wantedWorkers, workerNotes } from "./packet-workers.ts";
import { ClientRoutes } from "./platform/client-routes.ts";
import { systemClock } from "./platform/clock.ts";
import { readHostNetworks } from "./platform/host-networks.ts";
import { KeptSockets } from "./platform/kept-sockets.ts";
import type { createLogger } from "./platform/log.ts";
import { giveMemoryBack, heapSize, threadTime } from "./platform/memory.ts";
import { randomBytes, randomU16, randomU32 } from "./platform/random.ts";
import { type ManagerEnvironment, ServiceManager } from "./platform/service-manager.ts";
import { openStateDirectory } from "./platform/state-directory.ts";
import { lockStateDirectory } from "./platform/state-lock.ts";
import { lengthenProcessSlices } from "./platform/thread-priority.ts";
import { rereadTimeZone } from "./platform/time-zone.ts";
import { interfaceGone } from "./platform/tun-failure.ts";
import { PptpListeners } from "./pptp-listeners.ts";
import { reloading } from "./reloading.ts";
import { ServiceSide, serviceStatus } from "./service-side.ts";
import { stateElsewhere } from "./state-elsewhere.ts";
import { openStore } from "./store/open-store.ts";
import { Retention } from "./store/retention/retention.ts";
import { Undo } from "./undo.ts";
import { upgradeNotes } from "./upgrade-notes.ts";
import { webhookSide } from "./webhook-side.ts";

type PinoLogger = ReturnType<typeof createLogger>;

/** A running pacd. */
export interface Running {
  /** What an operator should read after the start. */
  readonly greeting: readonly string[];
  /**
   * Says goodbye to clients, closes the books, removes TUN and NAT. Calling it twice is harmless. `failure`:
   * why pacd cannot go on, for the records; undefined where it was told to stop.
   */
  stop(failure?: string): Promise<void>;
  /** SIGHUP came: the configuration is read again, and the log says what came of it. */
  reload(): void;
}

/**
 * `pacd serve`: puts the parts together, in the order in which a failure does least harm: what may be refused
 * comes before what changes the host. Whatever was opened is closed again when a later step throws. `onCrash`
 * hears, in a sentence for the operator, why pacd cannot go on; whoever is told stops it.
 */
export async function serve(
  loaded: LoadedConfig,
  version: string,
  log: PinoLogger,
  environment: ManagerEnvironment,
  onCrash: (error: Error) => void,
): Promise<Running> {
  requireHost();
  lengthenProcessSlices();
  const undo = new Undo();
  try {
    return await open(loaded, version, log, environment, onCrash, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function open(
  { config, file }: LoadedConfig,
  version: string,
  log: PinoLogger,
  environment: ManagerEnvironment,
  onCrash: (error: Error) => void,
  undo: Undo,
): Promise<Running> {
  const clock = systemClock;
  const running = { config };
  const conditions = new Conditions(clock, log);
  const clashes = allowedClashes(config, readHostNetworks);
  const elsewhere = stateElsewhere(config.state.directory);
  const directory = openStateDirectory(config.state.directory);
  // Every port first, then state and interface, all before anything that the whole host feels: another pacd
  // may run here.
  const manager = new ServiceManager(environment);
  const sockets = await KeptSockets.open(environment, config.pptp.listen, manager, clock);
  const dialIn = await PptpListeners.open(
    config.pptp.listen,
    (error) => log.warn({ err: error }, "A connection could not be accepted"),
    (...how) => sockets.listen(...how),
  );
  undo.add(() => dialIn.close());
  const tls = new AdminTls(config, { clock, conditions, log });
  undo.add(() => tls.stop());
  const admin = await AdminListener.open(config.admin, clock, tls.gate);
  undo.add(() => admin.close());
  undo.add(lockStateDirectory(directory));
  const nameClashes = nameClashConditions(conditions);
  const store = await openStore({ directory, version, clock, log, conditions, nameClashes });
  undo.add(() => store.close());
  const recovered = await store.recover("server-crashed", clock.date().toISOString());
  if (recovered.sessions > 0)
    log.warn(recovered, "The last run ended without a goodbye; its sessions are closed now");
  const audit = new AuditSide(store.audit);
  await audit.started({ version, file: file ?? null, upgrade: store.upgrade, recovered });
  let failure: string | undefined;
  undo.add(() => audit.stopped(failure));
  tls.tell((certificate) => audit.certificate(certificate));

  const events = eventSide({ clock, conditions, store, running });
  const routes = new ClientRoutes(config.tunnel.interface, poolNetworks(config));
  const gone = () => onCrash(new Error(interfaceGone(config.tunnel.interface)));
  const host = new HostSide({
    config,
    clock,
    log,
    conditions,
    routes,
    gone,
    repaired: (...what) => audit.repaired(...what),
  });
  // Before the concentrator, so that it is undone after the goodbyes.
  undo.add(() => host.close());
  let plane: WorkerDataPlane | undefined;
  const concentrator = await Concentrator.open({
    config,
    clock,
    log,
    random: { bytes: randomBytes, u16: randomU16, u32: randomU32, uuid: randomUUID },
    store,
    host: host.view,
    conditions,
    rereadTimeZone,
    watcher: events.watcher,
    openDataPlane: async (events) =>
      (plane = await startDataPlane(dataPlaneOptions(config, routes), { ...events, crashed: onCrash })),
  });
  undo.add(() => concentrator.shutDown(failure));
  undo.add(() => host.stopWatching());
  const { nat, notes } = await host.open();

  const { runtimeDirectory } = environment;
  const local = await LocalApi.open(config, { clock, directory, runtimeDirectory, log });
  undo.add(() => local.close());
  const token = await ensureAdminToken(directory, store.tokens);
  const retention = new Retention({
    clock,
    log,
    tables: store.forgettable,
    days: (kind) => running.config.records[`${kind}Days`],
    forgot: (forgotten) => audit.forgot(forgotten),
  });
  undo.add(() => retention.stop());
  let service: ServiceSide | undefined;
  const around = () => service?.reloading() ?? (() => {});
  const parts = [dialIn, admin, local, host];
  const within = {
    running,
    file,
    directory,
    parts,
    tls,
    concentrator,
    store,
    clock,
    conditions,
    log,
    loaded: events.loaded,
    audit,
  };
  const reloader = reloading({ ...within, around });
  const reload = (dryRun: boolean) => reloader.reload(dryRun);
  const webhooks = webhookSide({
    clock,
    log,
    conditions,
    store,
    events: events.bus,
    audit,
    version,
    running,
  });
  undo.add(() => webhooks.stop());
  const history = new HistoryThread(store.databaseFile, clock);
  undo.add(() => history.close());
  const services = {
    running,
    file,
    reload,
    store,
    concentrator,
    events: events.bus,
    webhooks,
    version,
    log,
    clock,
    tls,
    history,
  };
  const app = await createApp(apiServices(services));
  undo.add(() => app.close());
  local.serve(app);
  await admin.serve(app);
  tls.publish(directory, config.admin.listen, () => local.path);
  // Everything is loaded and compiled, and no client waits yet.
  undo.add(watchMemory({ clock, cpuTime: threadTime, heap: heapSize, giveBack: giveMemoryBack }));
  dialIn.serve((connection) => concentrator.accept(connection));
  // The first to end: who dials from then on waits for the next start, where the manager keeps the socket.
  undo.add(() => {
    sockets.leave();
    return dialIn.close();
  });
  service = new ServiceSide({
    manager,
    watchdog: environment.watchdog,
    clock,
    log,
    status: () => serviceStatus(concentrator.sessionCount, conditions.all()),
    answers: () => plane?.answers() ?? Promise.resolve(),
  });
  undo.add(() => service?.end(failure));
  undo.add(() => reloader.close());
  service.begin();
  const users = await store.users.count();
  const lacking = workerNotes(wantedWorkers(config), concentrator.status().packetWorkers);
  return {
    greeting: greeting({
      config,
      version,
      nat,
      notes: [...elsewhere, ...upgradeNotes(store.upgrade), ...notes, ...clashes, ...lacking],
      tokenFile: token.path,
      configFile: file,
      certificate: tls.certificate(),
      users,
    }),
    stop: (why) => {
      failure ??= why;
      return undo.run();
    },
    reload: () => reloader.signalled(),
  };
}
