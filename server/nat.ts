import type { Config } from "./config/config-types.ts";
import { poolNetworks } from "./config/networks.ts";
import { AppError } from "./errors/app-error.ts";
import { MasqueradePart } from "./host/masquerade-part.ts";
import { enableForwarding, readForwarding, tryForwarding } from "./platform/forwarding.ts";
import { removeFormerTable, removeMasquerade, tryMasquerade } from "./platform/nftables.ts";

/** What became of NAT at the start. */
export interface Nat {
  readonly state: "on" | "off" | "unavailable";
  /** What is to be watched from now on; undefined where it is off. */
  readonly masquerade: MasqueradePart | undefined;
  /** Sentences for the operator. */
  readonly notes: readonly string[];
}

/** How it is now, as it was seen last. */
export function natNow({ masquerade }: Nat): Nat["state"] {
  if (masquerade === undefined) return "off";
  return masquerade.inPlace ? "on" : "unavailable";
}

/**
 * Turns on forwarding and masquerading as `nat.mode` says. Stale rules of an earlier pacd go in any case.
 * With `auto` a host that cannot do it is told so and pacd goes on; with `required` it throws host-no-nft,
 * host-nat-refused or host-no-forwarding.
 */
export async function setUpNat(config: Config): Promise<Nat> {
  if (config.nat.mode === "off") {
    await tearDownNat(config);
    return { state: "off", masquerade: undefined, notes: isForwarding() ? [] : [NO_FORWARDING] };
  }
  const wanted = { interface: config.tunnel.interface, networks: poolNetworks(config) };
  const masquerade = new MasqueradePart(wanted, enableForwarding);
  try {
    await removeFormerTable(config.tunnel.interface);
    // Forwarding stays on: not for a start that fails.
    if (config.nat.mode === "required") await tryMasquerade(wanted);
    const { changed } = enableForwarding();
    await masquerade.putBack();
    return {
      state: "on",
      masquerade,
      notes: changed ? ["IPv4 forwarding was off on this host; it is on now and stays on."] : [],
    };
  } catch (error) {
    if (config.nat.mode === "required" || !(error instanceof AppError)) throw error;
    const consequence =
      "pacd goes on without NAT: clients reach this host, and further only where routes lead back.";
    return { state: "unavailable", masquerade, notes: [error.message, consequence] };
  }
}

/**
 * Whether `setUpNat` would throw for this configuration, which it does for a mode of "required" alone.
 * Changes nothing.
 */
export async function tryNat(config: Config): Promise<void> {
  if (config.nat.mode !== "required") return;
  await tryMasquerade({ interface: config.tunnel.interface, networks: poolNetworks(config) });
  tryForwarding();
}

const NO_FORWARDING =
  'IPv4 forwarding is off on this host, and with nat.mode = "off" pacd leaves it so: clients reach this host alone. Run `sysctl -w net.ipv4.ip_forward=1` where they shall reach more.';

function isForwarding(): boolean {
  try {
    return readForwarding();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return true; // nobody knows
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
