import type { Cause } from "../cause.ts";

/** How calls and sessions end at any stage, and those that have not. */
export const ENDINGS = {
  "in-progress": {
    orderly: "always",
    windowsErrors: [],
    server: {
      cause: "The dial is still under way.",
      remedy: "Look again in a few seconds.",
    },
  },
  connected: {
    orderly: "always",
    windowsErrors: [],
    server: {
      cause: "The client is connected.",
      remedy: "Nothing to do.",
    },
  },
  "capture-ended": {
    orderly: "always",
    windowsErrors: [],
    capture: {
      cause: "The capture ends while the dial is still under way.",
      remedy: "Capture for longer: until the client is connected or shows its error.",
    },
  },
  "packets-cut": {
    windowsErrors: [],
    capture: {
      cause:
        "The capture kept only the beginning of each packet, and too little to say why the dial ended so.",
      remedy: "Capture whole packets: tcpdump -s 0 -w FILE 'tcp port 1723 or ip proto 47'.",
    },
  },
  "joined-late": {
    orderly: "always",
    windowsErrors: [],
    capture: {
      cause: "The capture begins in the midst of this connection: how it came up is not in it.",
      remedy: "To see a dial, start the capture first and dial then.",
    },
  },
  // This one and the next are two causes: who hung up differs. When the server did, it records its own
  // reason, such as session-timeout; the client sees no more than that it was hung up on.
  "client-hung-up": {
    orderly: "once-up",
    windowsErrors: [],
    server: {
      cause: "The client ended the connection.",
      remedy:
        "Nothing to do if the user disconnected. Otherwise the evidence and the last lines of the trace say at which stage the client gave up.",
    },
  },
  "hung-up-by-server": {
    orderly: "once-up",
    windowsErrors: [619, 628, 629],
    client: {
      cause: "The server hung up.",
      remedy: "Look at the server's log for this time; pacd: pacctl attempt list.",
      foreign: { remedy: "Look at the server's log for this time." },
    },
  },
  "disconnected-by-administrator": {
    orderly: "once-up",
    windowsErrors: [628, 629],
    server: {
      cause: "An administrator disconnected the client.",
      remedy: "Nothing to do; unless disabled, the user may dial again.",
    },
  },
  "control-lost": {
    windowsErrors: [628, 629],
    server: {
      cause: "The control connection (TCP 1723) broke without a goodbye.",
      remedy:
        "The client lost its network, crashed, or a firewall closed the idle TCP connection. It dials again.",
    },
    client: {
      // pacctl has one connection only, so it never said which.
      code: "connection-lost",
      cause: "The control connection broke without a goodbye.",
      remedy: "The server was restarted or has crashed, or a firewall cut the connection.",
    },
  },
  "link-lost": {
    windowsErrors: [628],
    server: {
      cause: "The client went silent: it answered no more keep-alives.",
      remedy: "The client lost its network or was switched off. It dials again.",
    },
    client: {
      cause: "The server went silent.",
      remedy: "The path or the server is down. Dial again.",
    },
  },
  "server-stopped": {
    orderly: "once-up",
    windowsErrors: [628, 629],
    server: {
      cause: "pacd was stopped during this dial or session.",
      remedy: "Start pacd; clients dial again.",
    },
  },
  "server-failed": {
    windowsErrors: [628, 629],
    server: {
      cause: "pacd could not go on and ended, with a goodbye to every client.",
      remedy:
        "The evidence says what was missing or broke, such as a tunnel interface that was deleted. pacd ends with exit code 75 then, so that a service manager starts it again; clients dial again.",
    },
  },
  "server-crashed": {
    windowsErrors: [628, 629],
    server: {
      cause: "pacd ended without closing this connection (killed, or the machine went down).",
      remedy:
        "Look into the system's log for the time of the end: out of memory, kill -9, power. Clients dial again.",
    },
  },
  "store-unavailable": {
    windowsErrors: [628],
    server: {
      cause: "pacd could not read its database, so it could not judge the dial; it ended this connection.",
      remedy:
        "The evidence says what is wrong with the database (locked, disk failing, damaged, moved) and what to do. Whether it still is: pacctl status. Then the client dials again.",
    },
  },
  "internal-error": {
    windowsErrors: [628],
    server: {
      cause: "pacd made a mistake and ended this connection; all others go on.",
      remedy: "Please report it with the log line of the same time.",
    },
  },
} as const satisfies Record<string, Cause>;
