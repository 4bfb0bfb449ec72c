import { formatAddresses, overlap } from "./config/addresses.ts";
import type { Config } from "./config/config-types.ts";
import { broadcastOf, claimedRanges } from "./config/networks.ts";
import type { HostRoute } from "./platform/host-routes.ts";
import { formatNetwork } from "./wire/ipv4-network.ts";

/**
 * A sentence for each route of the host that shares addresses with a network of the pools: what is behind that interface
 * and the clients would have the same addresses. The default route shares with everything, and says nothing.
 */
export const networkClashes = (config: Config, routes: readonly HostRoute[]): readonly string[] =>
  claimedRanges(config).flatMap((pool) =>
    routes
      .filter((route) => route.network.prefix > 0 && route.interface !== config.tunnel.interface)
      .filter(({ network }) => overlap({ first: network.address, last: broadcastOf(network) }, pool))
      .map(
        (route) =>
          `The pool ${formatAddresses(pool)} overlaps ${formatNetwork(route.network)}, which this host reaches through ${route.interface}: hosts there and clients may not find each other. Give the clients a network of their own (tunnel.pool, [pools]).`,
      ),
  );
