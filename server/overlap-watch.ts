import type { Conditions } from "./conditions/conditions.ts";
import type { Config } from "./config/config-types.ts";
import { networkClashes } from "./network-clashes.ts";
import type { Clock } from "./platform/clock.ts";
import type { HostNetwork } from "./platform/host-networks.ts";
import { type Millis, seconds } from "./wire/units.ts";

/** Ours: what overlaps from now on takes packets from clients at once, but only people can put it right. */
export const OVERLAP_EVERY: Millis = seconds(10);

/**
 * Goes on looking for what the start refuses: an address or a route of the host that came into a pool while
 * pacd runs. It is a condition for as long as it is there. Where the configuration allows overlaps, nothing
 * is looked for. Returns what ends it.
 */
export function watchOverlap({
  config,
  clock,
  conditions,
  read,
}: {
  readonly config: Pick<Config, "tunnel" | "pools">;
  readonly clock: Pick<Clock, "after">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  /** Hands over all that the host has, as `networkClashes` wants it. */
  readonly read: (each: (network: HostNetwork) => void) => void;
}): () => void {
  if (config.tunnel.allowOverlap) return () => {};
  let cancel = (): void => {};
  const check = (): void => {
    const clashes = networkClashes(config, read);
    if (clashes.length === 0) conditions.clear("pool-overlaps-host");
    else conditions.raise("pool-overlaps-host", `${clashes.join(" ")} ${REMEDY}`);
    cancel = clock.after(OVERLAP_EVERY, check);
  };
  cancel = clock.after(OVERLAP_EVERY, check);
  return () => cancel();
}

const REMEDY =
  "It came while pacd ran. Take it away, or give the clients addresses of their own (tunnel.pool, [pools]); as it is, pacd does not start again unless tunnel.allow_overlap = true.";
