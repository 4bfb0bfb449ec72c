import { randomUUID } from "node:crypto";
import { ensureAdminToken } from "../admin-api/admin-token.ts";
import { createApp } from "../admin-api/app.ts";
import { verdict } from "../verdicts/register.ts";
import { staticAddressNetworks, staticAddressRule } from "./concentrator/addresses/static-address-rule.ts";
import { Concentrator } from "./concentrator/concentrator.ts";
import { Conditions } from "./conditions/conditions.ts";
import { dialledAddresses } from "./config/addresses.ts";
import type { Config } from "./config/config-types.ts";
import { poolNetworks } from "./config/networks.ts";
import { startDataPlane } from "./data-plane/workers/worker-data-plane.ts";
import { AppError } from "./errors/app-error.ts";
import { greeting } from "./greeting.ts";
import { ForwardPart, forwardSettings } from "./host/firewall/forward-part.ts";
import { HostWatch } from "./host/host-watch.ts";
import { forwardOn } from "./host/switch-parts.ts";
import { watchedParts } from "./host/watched-parts.ts";
import { nameClashConditions } from "./name-clash-conditions.ts";
import { type Nat, natNow, setUpNat, tearDownNat } from "./nat.ts";
import { allowedClashes } from "./network-clashes.ts";
import { watchOverlap } from "./overlap-watch.ts";
import { wantedWorkers, workerNotes } from "./packet-workers.ts";
import { ClientRoutes } from "./platform/client-routes.ts";
import { systemClock } from "./platform/clock.ts";
import { checkAddon, checkRawSocket, checkRoot, checkTun } from "./platform/host-check.ts";
import { readFewHostNetworks, readHostNetworks } from "./platform/host-networks.ts";
import type { createLogger } from "./platform/log.ts";
import { randomBytes, randomU16, randomU32 } from "./platform/random.ts";
import { openStateDirectory } from "./platform/state-directory.ts";
import { lockStateDirectory } from "./platform/state-lock.ts";
import type { Connection } from "./platform/tcp.ts";
import { listen, listenError, listenOnAll } from "./platform/tcp-server.ts";
import { lengthenProcessSlices } from "./platform/thread-priority.ts";
import { rereadTimeZone } from "./platform/time-zone.ts";
import { interfaceGone } from "./platform/tun-failure.ts";
import { openStore } from "./store/open-store.ts";
import { Undo } from "./undo.ts";
import { formatNetwork } from "./wire/ipv4-network.ts";

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
}

/**
 * `pacd serve`: puts the parts together, in the order in which a failure does least harm: what may be refused
 * comes before what changes the host. Whatever was opened is closed again when a later step throws. `onCrash`
 * hears, in a sentence for the operator, why pacd cannot go on; whoever is told stops it.
 */
export async function serve(
  config: Config,
  version: string,
  log: PinoLogger,
  onCrash: (error: Error) => void,
): Promise<Running> {
  requireHost();
  lengthenProcessSlices();
  const undo = new Undo();
  try {
    return await open(config, version, log, onCrash, undo);
  } catch (error) {
    await undo.run();
    throw error;
  }
}

async function open(
  config: Config,
  version: string,
  log: PinoLogger,
  onCrash: (error: Error) => void,
  undo: Undo,
): Promise<Running> {
  const conditions = new Conditions(systemClock, log);
  const clashes = allowedClashes(config, readHostNetworks);
  const directory = openStateDirectory(config.state.directory);
  // Every port first, then state and interface, all before anything that the whole host feels: another pacd
  // may run here.
  let accept: ((connection: Connection) => void) | undefined;
  const early: Connection[] = [];
  const listener = await listenOnAll(
    config.pptp.listen,
    (connection) => (accept === undefined ? void early.push(connection) : accept(connection)),
    (error) => log.warn({ err: error }, "A connection could not be accepted"),
  );
  undo.add(() => listener.close());
  const reserved = await listen(config.admin.listen, (connection) => connection.destroy());
  undo.add(() => reserved.close());
  undo.add(lockStateDirectory(directory));
  const store = await openStore({
    directory,
    clock: systemClock,
    log,
    conditions,
    nameClashes: nameClashConditions(conditions),
  });
  undo.add(() => store.close());
  const recovered = await store.recover("server-crashed", systemClock.date().toISOString());
  if (recovered.sessions > 0)
    log.warn(recovered, "The last run ended without a goodbye; its sessions are closed now");

  let nat: Nat | undefined;
  let watch: HostWatch | undefined;
  let interfaceIsOurs = false;
  // Before the concentrator, so that it is undone after the goodbyes.
  undo.add(() => (interfaceIsOurs ? tearDownNat(config) : undefined));
  const { interface: name, localAddress, mtu } = config.tunnel;
  const routes = new ClientRoutes(name, poolNetworks(config));
  const workers = wantedWorkers(config);
  const reorder = { packets: config.gre.reorderPackets, delay: config.gre.reorderDelay };
  const concentrator = await Concentrator.open({
    config,
    clock: systemClock,
    log,
    random: { bytes: randomBytes, u16: randomU16, u32: randomU32, uuid: randomUUID },
    store,
    host: {
      nat: () => (nat === undefined ? "off" : natNow(nat)),
      repairs: () => watch?.repairs() ?? {},
      refresh: () => watch?.refresh(),
    },
    conditions,
    rereadTimeZone,
    openDataPlane: (events) =>
      startDataPlane(
        {
          interface: name,
          localAddress,
          mtu,
          routes,
          dialled: dialledAddresses(config.pptp.listen),
          reorder,
          workers,
          mppe: config.dataPlane.mppe,
        },
        { ...events, crashed: onCrash },
      ),
  });
  let failure: string | undefined;
  undo.add(() => concentrator.shutDown(failure));
  // The table has the interface's name.
  interfaceIsOurs = true;
  nat = await setUpNat(config);
  if (nat.state === "on") forwardOn(name);
  const forward = new ForwardPart(forwardSettings(config), systemClock);
  undo.add(() => forward.close());
  await forward.read();
  const blocked = forward.notes();
  const gone = () => onCrash(new Error(interfaceGone(name)));
  watch = new HostWatch({
    parts: watchedParts(config, routes, nat.masquerade, forward, gone),
    clock: systemClock,
    log,
    conditions,
  });
  watch.begin();
  undo.add(watchOverlap({ config, clock: systemClock, conditions, read: readFewHostNetworks }));
  undo.add(() => watch?.stop());

  const token = await ensureAdminToken(directory, store.tokens);
  const apiLog = log.child({});
  const app = await createApp({
    store,
    concentrator,
    tunnelNetworks: staticAddressRule(config),
    poolNetworksText: staticAddressNetworks(config).map(formatNetwork).join(", "),
    pools: [...config.pools.keys()],
    usersMaxSessions: config.users.maxSessions,
    passwordMaxAgeDays: config.password.maxAgeDays,
    verdicts: verdict,
    version,
    logger: apiLog,
    now: () => systemClock.date(),
    after: systemClock.after,
  });
  undo.add(() => app.close());
  // The greeting says where the API listens; fastify's own line about it would stand before that.
  apiLog.level = "warn";
  await reserved.close();
  await listenHttp(app, config);
  apiLog.level = log.level;

  accept = (connection) => concentrator.accept(connection);
  for (const connection of early) accept(connection);
  const users = await store.users.count();
  const lacking = workerNotes(workers, concentrator.status().packetWorkers);
  const notes = [...nat.notes, ...blocked, ...clashes, ...lacking];
  return {
    greeting: greeting({ config, version, nat: nat.state, notes, tokenFile: token.path, users }),
    stop: (why) => {
      failure ??= why;
      return undo.run();
    },
  };
}

/** What no run can do without; NAT is judged when it is set up. */
function requireHost(): void {
  const missing = [checkRoot(), checkAddon(), checkTun(), checkRawSocket()].filter((finding) => !finding.ok);
  const [first] = missing;
  if (first === undefined) return;
  // Without root everything else is refused as well; saying so once is enough.
  const said = first.code === "host-not-root" ? [first] : missing;
  throw new AppError(first.code, said.map((finding) => finding.sentence).join("\n"));
}

async function listenHttp(app: Awaited<ReturnType<typeof createApp>>, config: Config): Promise<void> {
  try {
    await app.listen(config.admin.listen);
  } catch (error) {
    const { syscall } = error as NodeJS.ErrnoException;
    throw syscall === "listen" ? listenError(config.admin.listen, error as Error) : error;
  }
}
