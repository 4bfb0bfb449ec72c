import { enableForwarding, readForwarding } from "../platform/forwarding.ts";
import { hostRoutes } from "../platform/host-routes.ts";
import { type Ipv4Switch, readSwitch, writeSwitch } from "../platform/ipv4-switches.ts";
import type { HostPart } from "./host-part.ts";

/**
 * IPv4 forwarding: of the host, of the tunnel's interface, and of the interface where the default route
 * leads.
 */
export function forwardingParts(tunnel: string): readonly HostPart[] {
  return [
    {
      name: "forwarding",
      subject: "",
      code: "forwarding-off",
      problem: () =>
        readForwarding()
          ? undefined
          : "IPv4 forwarding was turned off on this host (net.ipv4.ip_forward = 0): clients reach this host alone.",
      putBack: () => void enableForwarding(),
      remedy:
        "Find out what turns it off: `sysctl -w net.ipv4.ip_forward=1`, and a line for it in /etc/sysctl.d.",
    },
    {
      name: "forwarding",
      subject: tunnel,
      code: "forwarding-off",
      problem: () =>
        readSwitch(tunnel, "forwarding") === false
          ? `IPv4 forwarding was turned off for ${tunnel}: packets of the clients go no further than this host.`
          : undefined,
      putBack: () => writeSwitch(tunnel, "forwarding", true),
      remedy: `Find out what turns it off: \`sysctl -w net.ipv4.conf.${slashes(tunnel)}.forwarding=1\`.`,
    },
    uplinkPart(tunnel),
  ];
}

/** For a new interface, which may begin with it off. Where that is refused, the watch says so. */
export function forwardOn(tunnel: string): void {
  try {
    writeSwitch(tunnel, "forwarding", true);
  } catch {
    // See above.
  }
}

/**
 * That of another interface is not ours to set: it may be off on purpose, while clients need it only where
 * they go that way.
 */
function uplinkPart(tunnel: string): HostPart {
  return {
    name: "forwarding",
    subject: "",
    code: "uplink-forwarding-off",
    problem() {
      const off = uplinks(tunnel).find((name) => readSwitch(name, "forwarding") === false);
      return off === undefined
        ? undefined
        : `IPv4 forwarding is off for ${off}, where this host's default route leads (net.ipv4.conf.${slashes(off)}.forwarding = 0): what comes back for the clients ends there.`;
    },
    putBack: undefined,
    remedy: "Turn it on with sysctl, and in /etc/sysctl.d.",
  };
}

/** The interfaces of the default routes. */
export const uplinks = (tunnel: string): readonly string[] =>
  hostRoutes()
    .filter((route) => route.network.prefix === 0 && route.interface !== tunnel)
    .map((route) => route.interface);

/**
 * ICMP redirects tell a neighbour of a shorter way, and behind a tunnel there are no neighbours. For sending
 * the kernel takes the switch of "all" as well as this one; the data plane drops what is sent all the same.
 */
export const redirectsPart = (tunnel: string): HostPart => ({
  name: "redirects",
  subject: "",
  code: "redirects-on",
  problem() {
    const on = REDIRECTS.filter((which) => readSwitch(tunnel, which) === true);
    return on.length === 0 ? undefined : `ICMP redirects were turned on for ${tunnel} (${on.join(", ")}).`;
  },
  putBack() {
    for (const which of REDIRECTS) writeSwitch(tunnel, which, false);
  },
  remedy: `Find out what turns them on: \`sysctl -w net.ipv4.conf.${slashes(tunnel)}.send_redirects=0\`.`,
});

const REDIRECTS = ["send_redirects", "accept_redirects"] as const satisfies readonly Ipv4Switch[];

/** sysctl takes a dot in an interface's name for a separator, unless it is written as a slash. */
const slashes = (name: string): string => name.replaceAll(".", "/");
