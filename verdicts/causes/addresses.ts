import type { Cause } from "../cause.ts";

/** How a client gets no address, or cannot use the one that it got. */
export const ADDRESSES = {
  "ipcp-not-agreed": {
    stage: "ipcp",
    windowsErrors: [720],
    server: {
      cause: "Client and server did not agree on addresses (IPCP).",
      remedy:
        "Set the client to obtain its IP address automatically, or give the user the address that the client insists on.",
    },
    client: {
      cause: "The server gave us no address.",
      remedy: "Look for the server's address pool: it may be empty.",
    },
  },
  "ipcp-unanswered": {
    stage: "ipcp",
    windowsErrors: [718, 720],
    server: {
      cause: "The client did not finish the agreement on addresses (IPCP).",
      remedy:
        "Switch TCP/IPv4 on for this connection in the client; if it is on, packets are being lost on the way.",
    },
    client: {
      cause: "The server does not answer the question for an address.",
      remedy: "Dial again; if it comes back, see whether the server has TCP/IP switched on for its clients.",
    },
  },
  "tun-refused": {
    windowsErrors: [],
    client: {
      cause: "The session was up, but this host does not let pacctl make the interface or a route.",
      remedy: "Choose another name with --tun, or routes that are not taken; run as root.",
    },
  },
} as const satisfies Record<string, Cause>;
