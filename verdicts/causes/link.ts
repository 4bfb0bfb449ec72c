import type { Cause } from "../cause.ts";

/** What keeps the PPP link from coming up: GRE, and LCP over it. */
export const LINK = {
  "gre-blocked": {
    stage: "lcp",
    windowsErrors: [619, 806, 807],
    server: {
      cause: "The control connection works, but not one GRE packet of this call arrived from the client.",
      remedy:
        "Let IP protocol 47 (GRE) through every firewall between client and server, and switch PPTP pass-through on in the client's router.",
    },
    client: {
      cause: "The control connection works, but GRE does not get through, in one direction or in both.",
      remedy:
        "Let IP protocol 47 (GRE) through every firewall between here and the server, in both directions, and switch PPTP pass-through on in a NAT router on the way.",
    },
  },
  "gre-from-elsewhere": {
    stage: "lcp",
    windowsErrors: [619, 806, 807],
    server: {
      cause:
        "GRE packets of this call came from another address than its control connection, so they were dropped.",
      remedy:
        "The evidence names both addresses. Let TCP 1723 and IP protocol 47 (GRE) of the client leave by the same uplink and the same NAT address: a router with two uplinks, another VPN below this one, or a NAT rule for one of the two alone takes them apart.",
    },
    client: {
      cause:
        "The server's GRE packets come from another address than the one that was dialled, so they are dropped.",
      remedy:
        "Dial the address that they come from, or let the server answer from the one that is dialled: a host with several addresses, or a NAT rule for TCP or GRE alone, takes the two apart.",
    },
  },
  "gre-refused": {
    stage: "lcp",
    windowsErrors: [619, 806, 807],
    capture: {
      cause: "A host or firewall on the way says by ICMP that it takes no GRE.",
      remedy:
        "The evidence names who refuses it. Let IP protocol 47 (GRE) through there; where that is the server itself, its PPTP service is not running.",
    },
  },
  "gre-not-captured": {
    stage: "lcp",
    windowsErrors: [],
    capture: {
      cause: "GRE packets of this call passed, and the capture lacks them: all, or those of one side.",
      remedy:
        "Capture them as well: tcpdump -s 0 -w FILE 'tcp port 1723 or ip proto 47', on the interface that the tunnel uses and where both directions pass.",
    },
  },
  "gre-in-another-call": {
    stage: "lcp",
    windowsErrors: [619, 806, 807],
    capture: {
      cause: "GRE passes between these two addresses, but as another call's: it is not blocked as such.",
      remedy:
        "The evidence names the call that has it. Behind one address a NAT router that handles a single PPTP client lets one call through at a time: switch its PPTP pass-through for several on, or dial one after the other.",
    },
  },
  "gre-with-other-ids": {
    stage: "lcp",
    windowsErrors: [619, 806, 807],
    capture: {
      cause: "GRE of this call carries another call ID than was agreed on, so that whoever gets it drops it.",
      remedy:
        "The evidence names both. A NAT router does so that rewrites call IDs in one place and not in the other: switch its PPTP helper (ALG) off, or on for both TCP 1723 and GRE.",
    },
  },
  "ended-before-ppp": {
    stage: "lcp",
    windowsErrors: [619, 628],
    capture: {
      cause: "The server accepted the call and ended it at once, before its PPP had sent a packet.",
      remedy:
        "This is the server's doing, not the network's: look at its log for this time. Most often pppd did not start there, or ended at once: an option that it does not know, a plugin or kernel module that is missing, no address left.",
    },
  },
  "malformed-gre": {
    stage: "lcp",
    windowsErrors: [],
    capture: {
      cause: "These GRE packets are not as PPTP demands; no client that we know sends such.",
      remedy: "Find out who sends them: they are damaged, of another kind of tunnel, or an attack.",
    },
  },
  "lcp-unanswered": {
    stage: "lcp",
    windowsErrors: [619, 718],
    server: {
      cause: "The client's GRE packets arrive, but it does not answer ours (LCP).",
      remedy:
        "Most likely GRE is let through in one direction only. Let IP protocol 47 through from the server to the client as well, and look for a NAT router that handles a single PPTP client.",
    },
    client: {
      cause: "GRE packets of the server arrive, but it does not answer ours.",
      remedy:
        "GRE is let through towards us only. Let IP protocol 47 through to the server as well, and look for a NAT router that handles a single PPTP client.",
    },
  },
  "lcp-not-agreed": {
    stage: "lcp",
    windowsErrors: [734],
    server: {
      cause: "Client and server found no common link options (LCP).",
      remedy: "The evidence names the option. Reset the client's PPP settings to their defaults.",
    },
    client: {
      cause: "There are no link options (LCP) that both sides agree to.",
      remedy: "Reset the server's PPP settings to their defaults; the option stands above.",
    },
  },
  loop: {
    stage: "lcp",
    windowsErrors: [734],
    server: {
      cause: "The server receives its own packets back.",
      remedy: "Something on the path reflects GRE packets. Check routing and NAT rules for IP protocol 47.",
    },
    client: {
      cause: "Our own packets come back.",
      remedy: "Something on the path reflects GRE. Check routing and NAT rules for IP protocol 47.",
    },
  },
  // The server follows a client that begins LCP anew in a session; pacctl does not follow a server.
  renegotiated: {
    windowsErrors: [],
    client: {
      cause: "The server began to negotiate the link anew, which pacctl does not follow, so it hung up.",
      remedy: "Other clients may stay connected. Look at the server's log for why it began anew.",
    },
  },
} as const satisfies Record<string, Cause>;
