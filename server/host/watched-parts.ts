import type { Config } from "../config/config-types.ts";
import type { ClientRoutes } from "../platform/client-routes.ts";
import type { ForwardPart } from "./firewall/forward-part.ts";
import type { HostPart } from "./host-part.ts";
import { interfaceParts } from "./interface-parts.ts";
import type { MasqueradePart } from "./masquerade-part.ts";
import { forwardingParts, redirectsPart } from "./switch-parts.ts";

/**
 * What this configuration needs of the host. Without `masquerade` clients are not masqueraded and forwarding
 * is the administrator's own; with it, forwarding counts from when the table was first in place. `gone` hears
 * that the interface is no longer there.
 */
export function watchedParts(
  config: Config,
  routes: ClientRoutes,
  masquerade: MasqueradePart | undefined,
  forward: ForwardPart,
  gone: () => void,
): readonly HostPart[] {
  const { interface: name, localAddress, mtu } = config.tunnel;
  const tunnel = { name, local: localAddress, mtu, routes, gone };
  const always = [...interfaceParts(tunnel), redirectsPart(name), forward];
  if (masquerade === undefined) return always;
  const forwarding = forwardingParts(name).map((part) => once(part, () => masquerade.wasInPlace));
  return [...always, ...forwarding, masquerade];
}

/** The part, which nobody needs before that is so. */
const once = (part: HostPart, needed: () => boolean): HostPart => ({
  ...part,
  problem: () => (needed() ? part.problem() : undefined),
});
