import type { Cause } from "../cause.ts";

/** What keeps a client from the server: its own host, TCP, and the control connection before a call is up. */
export const REACHING = {
  "host-refused": {
    windowsErrors: [],
    client: {
      cause: "This host does not let pacctl make a tunnel.",
      remedy: "Run pacctl dial as root, or give it CAP_NET_RAW, and CAP_NET_ADMIN as well for --tun.",
    },
  },
  "route-swallows-server": {
    windowsErrors: [],
    client: {
      cause: "A route that was asked for would lead the tunnel's own packets into the tunnel.",
      remedy: "Leave the server's address out of the networks that --route names.",
    },
  },
  "name-unknown": {
    stage: "tcp",
    windowsErrors: [868],
    client: {
      cause: "The server's name is not known in the DNS.",
      remedy: "Check the name, and the DNS server that this host asks. An address works as well.",
    },
  },
  "tcp-refused": {
    stage: "tcp",
    windowsErrors: [800],
    client: {
      cause: "The host is there, but nothing listens on TCP 1723, or a firewall says so.",
      remedy: "Start the server, and see that it listens on this address: pacctl status says where.",
      foreign: { remedy: "Start the server, and see that it listens on this address." },
    },
  },
  "tcp-unanswered": {
    stage: "tcp",
    windowsErrors: [800, 807],
    client: {
      cause: "Nobody answers on TCP 1723: a firewall swallows it, or the host is down.",
      remedy: "Let TCP 1723 through every firewall before the server. See whether the host answers at all.",
    },
  },
  "tcp-unreachable": {
    stage: "tcp",
    windowsErrors: [800],
    client: {
      cause: "There is no way from here to the server.",
      remedy: "Check the address, and this host's routes.",
    },
  },
  "not-pptp": {
    stage: "control",
    windowsErrors: [800],
    client: {
      cause: "What answers on TCP 1723 does not speak PPTP.",
      remedy: "Check the address: another service, or a proxy in between, has the port.",
    },
  },
  "start-refused": {
    stage: "control",
    windowsErrors: [800],
    client: {
      cause: "The server refuses the control connection.",
      remedy:
        "Its log says why. Some servers accept only one connection of an address, or only known addresses.",
    },
  },
  "start-unanswered": {
    stage: "control",
    windowsErrors: [800, 806],
    client: {
      cause: "TCP is accepted, but the server does not answer PPTP.",
      remedy: "The server hangs, or a proxy accepts TCP in its place. Restart the server, look at the path.",
    },
  },
  "no-call": {
    stage: "control",
    windowsErrors: [],
    capture: {
      cause: "The client opened a control connection and placed no call on it.",
      remedy:
        "A port scan or a monitor looks like this. If it was a client, the last lines of the ladder say where it gave up.",
    },
  },
  "control-not-captured": {
    stage: "control",
    windowsErrors: [],
    capture: {
      cause:
        "Messages of the control connection passed, and the capture lacks them: all of one side, or some.",
      remedy:
        "Capture where both directions pass: on the client or the server itself (tcpdump -i any), or at a mirror port that copies what is received and what is sent.",
    },
  },
  "call-refused": {
    stage: "control",
    windowsErrors: [619, 676],
    client: {
      cause: "The server refuses the call: most often it is full or not ready.",
      remedy: "The server's log says why: sessions that are in use, or licences.",
    },
  },
  "call-unanswered": {
    stage: "control",
    windowsErrors: [619, 676],
    client: {
      cause: "The server does not answer the call.",
      remedy: "Look into the server's log; restart it if it hangs.",
    },
  },
  "protocol-error": {
    stage: "control",
    windowsErrors: [628],
    server: {
      cause: "The client broke the protocol on its control connection, so it was closed.",
      remedy: "If this is a real client, report it with its version and this trace.",
    },
    // A client that dials says not-pptp of all of it; a capture shows that the server had begun rightly.
    capture: {
      cause: "The server broke the protocol on its control connection.",
      remedy:
        "The evidence has what it sent. Report it to whoever makes the server, with this capture; a proxy or firewall that rewrites PPTP on the way does such things too.",
    },
  },
} as const satisfies Record<string, Cause>;
