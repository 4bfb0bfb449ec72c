import type { Config } from "./config/config-types.ts";
import { poolNetworks } from "./config/networks.ts";
import { AppError } from "./errors/app-error.ts";
import { enableForwarding } from "./platform/forwarding.ts";
import { applyMasquerade, removeFormerTable, removeMasquerade } from "./platform/nftables.ts";

/** What became of NAT at the start. */
export interface Nat {
  readonly state: "on" | "off" | "unavailable";
  /** Sentences for the operator. */
  readonly notes: readonly string[];
}

/**
 * Turns on forwarding and masquerading as `nat.mode` says. Stale rules of an earlier pacd go in any case. With `auto`
 * a host that cannot do it is told so and pacd goes on; with `required` it throws host-no-nft, host-nat-refused or
 * host-no-forwarding.
 */
export async function setUpNat(config: Config): Promise<Nat> {
  if (config.nat.mode === "off") {
    await tearDownNat(config);
    return { state: "off", notes: [] };
  }
  try {
    await removeFormerTable(config.tunnel.interface);
    const { changed } = enableForwarding();
    await applyMasquerade({ interface: config.tunnel.interface, networks: poolNetworks(config) });
    return {
      state: "on",
      notes: changed ? ["IPv4 forwarding was off on this host; it is on now and stays on."] : [],
    };
  } catch (error) {
    if (config.nat.mode === "required" || !(error instanceof AppError)) throw error;
    const consequence =
      "pacd goes on without NAT: clients reach this host, and further only where routes lead back.";
    return { state: "unavailable", notes: [error.message, consequence] };
  }
}

/** Removes what `setUpNat` put in place; harmless when there is nothing or no nft. */
export async function tearDownNat({ tunnel }: Config): Promise<void> {
  try {
    await removeMasquerade(tunnel.interface);
    await removeFormerTable(tunnel.interface);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
