import type { Services } from "../admin-api/services.ts";
import { verdict } from "../verdicts/register.ts";
import type { AdminTls } from "./admin-tls.ts";
import { staticAddressNetworks, staticAddressRule } from "./concentrator/addresses/static-address-rule.ts";
import type { ConcentratorView } from "./concentrator/concentrator-types.ts";
import type { Config } from "./config/config-types.ts";
import type { Clock } from "./platform/clock.ts";
import type { createLogger } from "./platform/log.ts";
import type { Store } from "./store/store-types.ts";
import { formatNetwork } from "./wire/ipv4-network.ts";

/** What the admin API is given of the process around it. */
export function apiServices(parts: {
  readonly config: Config;
  readonly store: Store;
  readonly concentrator: ConcentratorView;
  readonly version: string;
  readonly log: ReturnType<typeof createLogger>;
  readonly clock: Clock;
  readonly tls: Pick<AdminTls, "certificate">;
}): Services {
  const { config, store, concentrator, version, log, clock, tls } = parts;
  return {
    store,
    concentrator,
    tunnelNetworks: staticAddressRule(config),
    poolNetworksText: staticAddressNetworks(config).map(formatNetwork).join(", "),
    pools: [...config.pools.keys()],
    usersMaxSessions: config.users.maxSessions,
    passwordMaxAgeDays: config.password.maxAgeDays,
    certificate: () => tls.certificate(),
    verdicts: verdict,
    version,
    logger: log,
    now: () => clock.date(),
    after: clock.after,
  };
}
