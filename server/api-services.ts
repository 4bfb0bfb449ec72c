import { hostname } from "node:os";
import { rotateAdminToken } from "../admin-api/admin-token.ts";
import type { Services } from "../admin-api/services.ts";
import { verdict } from "../verdicts/register.ts";
import type { AdminTls } from "./admin-tls.ts";
import { backupTaker } from "./backup/take.ts";
import { staticAddressNetworks, staticAddressRule } from "./concentrator/addresses/static-address-rule.ts";
import type { ConcentratorView } from "./concentrator/concentrator-types.ts";
import type { Config } from "./config/config-types.ts";
import { configView } from "./config-view.ts";
import type { EventBus } from "./events/event-bus.ts";
import type { Clock } from "./platform/clock.ts";
import type { createLogger } from "./platform/log.ts";
import { nextTurn } from "./platform/next-turn.ts";
import type { Store } from "./store/store-types.ts";
import type { Deliverer } from "./webhooks/deliverer.ts";
import { ipNetworkHas, parseIp } from "./wire/ip-network.ts";
import { formatNetwork } from "./wire/ipv4-network.ts";

/** What the admin API is given of the process around it. */
export function apiServices(parts: {
  /** What counts at this moment: a reload changes it. */
  readonly running: { readonly config: Config };
  readonly reload: Services["reload"];
  /** Undefined: pacd runs with the built-in defaults. */
  readonly file: string | undefined;
  readonly store: Store;
  readonly concentrator: ConcentratorView;
  readonly events: EventBus;
  readonly webhooks: Deliverer;
  readonly version: string;
  readonly log: ReturnType<typeof createLogger>;
  readonly clock: Clock;
  readonly tls: Pick<AdminTls, "certificate">;
  readonly history: Services["history"];
}): Services {
  const { running, file, reload, store, concentrator, events, webhooks, version, log, clock, tls, history } =
    parts;
  return {
    store,
    concentrator,
    events,
    webhooks,
    metricsPerUser: () => running.config.metrics.perUser,
    reload,
    tunnelNetworks: (address) => staticAddressRule(running.config)(address),
    get poolNetworksText() {
      return staticAddressNetworks(running.config).map(formatNetwork).join(", ");
    },
    get pools() {
      return [...running.config.pools.keys()];
    },
    get usersMaxSessions() {
      return running.config.users.maxSessions;
    },
    get requireIfMatch() {
      return running.config.admin.requireIfMatch;
    },
    get passwordMaxAgeDays() {
      return running.config.password.maxAgeDays;
    },
    config: configView(running, file),
    trustsProxy: (address) => {
      const ip = parseIp(address);
      return (
        ip !== undefined && running.config.admin.trustedProxies.some((network) => ipNetworkHas(network, ip))
      );
    },
    certificate: () => tls.certificate(),
    verdicts: verdict,
    backup: backupTaker({
      store,
      directory: running.config.state.directory,
      configFile: file,
      files: () => Object.values(running.config.admin.tls ?? {}),
      version,
      host: hostname(),
      clock,
    }),
    rotateAdminToken: () => rotateAdminToken(running.config.state.directory, store.tokens),
    turn: nextTurn,
    version,
    logger: log,
    history,
    monotonic: () => clock.now(),
    now: () => clock.date(),
    after: clock.after,
  };
}
