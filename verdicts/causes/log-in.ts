import type { Cause } from "../cause.ts";

/** How a log-in fails, between a client and what the server can check. */
export const LOG_IN = {
  // LCP agrees on the method, so it does not open.
  "auth-protocol-refused": {
    stage: "lcp",
    windowsErrors: [734, 919],
    server: {
      cause:
        "The client refuses every method of authentication that is allowed here: MS-CHAPv2, unless set otherwise.",
      remedy:
        "Allow MS-CHAP v2 in the client. Windows: adapter properties, Security, Allow these protocols: Microsoft CHAP Version 2. For a device that has only a weaker method: security.authentication in the configuration.",
      foreign: {
        cause: "The client refuses every method of authentication that the server offers.",
        remedy:
          "Allow MS-CHAP v2 in the client. Windows: adapter properties, Security, Allow these protocols: Microsoft CHAP Version 2. For a device that has only a weaker method: allow that one in the server.",
      },
    },
    client: {
      // The method is the same thing as the protocol of LCP's option; to pacctl it is what --auth takes.
      code: "auth-method-refused",
      cause: "The server wants another method of authentication than the ones that were allowed here.",
      remedy: "Allow MS-CHAPv2 in the server, or try another method: --auth ms-chap-v1, chap-md5 or pap.",
      foreign: {
        cause:
          "The server asks for a method of authentication that the client does not do, and does not offer MS-CHAPv2.",
        remedy:
          "Allow MS-CHAPv2 in the server, or set the client up for what the server offers; the evidence names both. Windows as a server: Routing and Remote Access, Properties, Security, Authentication Methods: Microsoft encrypted authentication version 2.",
      },
    },
  },
  "log-in-of-server-demanded": {
    stage: "lcp",
    windowsErrors: [],
    capture: {
      cause: "The client demands that the server logs in to it, which a PPTP server does not do.",
      remedy:
        "Take that demand out of the client: pppd has it from auth or one of require-chap, require-mschap-v2, require-eap; noauth takes it back. MS-CHAPv2 proves the server to the client all the same.",
    },
  },
  "auth-unanswered": {
    stage: "auth",
    windowsErrors: [718],
    server: {
      cause: "The client did not answer the authentication challenge.",
      remedy:
        "GRE packets are lost on the way, or the client waits for its user. Dial again; if it comes back, look for a firewall that drops some GRE packets.",
    },
    client: {
      cause: "The server does not finish the log-in: it hangs, or packets are lost.",
      remedy:
        "Dial again. If it comes back, see whether the server reaches its user database or RADIUS server.",
    },
  },
  "no-common-eap-method": {
    stage: "auth",
    windowsErrors: [],
    capture: {
      cause: "Client and server have no method of EAP in common.",
      remedy:
        "The evidence names what the server proposed and what the client wants: allow one method on both sides. Where neither insists on EAP, MS-CHAPv2 without it does as well.",
    },
  },
  "eap-tls-refused": {
    stage: "auth",
    windowsErrors: [],
    capture: {
      cause: "The log-in goes on within TLS, and one side broke that off by an alert.",
      remedy:
        "The evidence says who, and why. Alerts about a certificate or an unknown_ca are about the other side's: let whoever sent the alert trust its authority, or replace it. Alerts about protocol_version, handshake_failure or insufficient_security are about TLS versions and ciphers.",
    },
  },
  // The server tells a client no more than this, whatever the reason, so a client's own sentence holds more.
  "bad-credentials": {
    stage: "auth",
    windowsErrors: [691],
    server: {
      cause: "The user name or the password is wrong.",
      remedy:
        "Check the user name that the client sent, and set a new password if need be: pacctl user password NAME.",
      foreign: {
        remedy: "Check the user name that the client sent, and set a new password in the server if need be.",
      },
    },
    client: {
      cause: "The user name or the password is wrong, or the user may not dial in now.",
      remedy:
        "Try the password again, then look at the dial in the server: pacctl attempt list --user NAME says the true reason.",
    },
  },
  "right-password-refused": {
    stage: "auth",
    windowsErrors: [691],
    capture: {
      cause: "The client used the right password, and the server refused it all the same.",
      remedy:
        "The password is not the matter. Look at the server's log: the user may be disabled, restricted or connected already, or the server has another password.",
    },
  },
  "name-clash": {
    stage: "auth",
    windowsErrors: [691],
    server: {
      cause: "Several users have names that count as one, and the client's spelling is none of theirs.",
      remedy:
        "Rename or remove all of those users but one: pacctl user rename OLD NEW. The one who is left logs in with every spelling of the name.",
    },
  },
  "too-many-failures": {
    stage: "auth",
    windowsErrors: [691],
    server: {
      cause: "Too many wrong log-ins came before this one, so its password was not looked at.",
      remedy:
        "Wait as long as the evidence says, and look for a device that dials with an old password, or for somebody who guesses. To see who is slowed: pacctl lockout list. To lift it for a user: pacctl user unlock NAME. To lift it for an address: pacctl lockout lift ADDRESS.",
    },
  },
  "no-recoverable-password": {
    stage: "auth",
    windowsErrors: [691],
    server: {
      cause: "The client logs in with CHAP-MD5, which needs a password that is kept in a readable form.",
      remedy:
        "Let the client log in with MS-CHAPv2. Where it cannot, set its password anew and keep it: pacctl user password NAME --recoverable-password.",
    },
  },
  "password-expired": {
    stage: "auth",
    windowsErrors: [648, 691],
    server: {
      cause: "The password has expired, and the client did not change it.",
      remedy:
        "Windows asks its user for a new password; other clients cannot. Set one for them that does not expire: pacctl user password NAME --no-password-expires.",
      foreign: {
        remedy:
          "Windows asks its user for a new password; other clients cannot. Set one for them in the server.",
      },
    },
    client: {
      cause: "The password is right, but it has expired.",
      // What it shows at E=648; 691 is the end of a dial that goes on from there, which pacctl's does not.
      windowsErrors: [648],
      remedy: "Change it with a Windows client, or in the server: pacctl user password NAME.",
    },
  },
  "password-change-refused": {
    stage: "auth",
    windowsErrors: [709],
    server: {
      cause: "The new password that the user chose was refused.",
      remedy:
        "The evidence names the rule; tell the user, who dials again and chooses another one. The rules stand in [password] in the configuration.",
      foreign: {
        remedy:
          "The server's rules for passwords are not met; tell the user, who dials again and chooses another one.",
      },
    },
  },
  "user-changed": {
    stage: "auth",
    windowsErrors: [691],
    server: {
      cause: "Another user logged in on a connection that was somebody's already.",
      remedy: "If this is a real client, report it with its version and this trace.",
    },
  },
  // Of other servers: pacd says E=691 to all that it refuses, and keeps the true reason for its own record.
  "account-restricted": {
    stage: "auth",
    windowsErrors: [646, 647, 649],
    client: {
      cause:
        "The password is not the matter: the server does not let this user in (hours, disabled, or no right to dial in).",
      remedy: "Change the user in the server.",
    },
  },
  "auth-refused": {
    stage: "auth",
    windowsErrors: [691],
    client: {
      cause: "The server refused the log-in for a reason of its own.",
      remedy: "Look at the server's log for this time.",
    },
  },
  "server-not-proven": {
    stage: "auth",
    windowsErrors: [778],
    server: {
      cause: "The client does not believe that this server knows its password, and left.",
      remedy:
        "The log-in was right, so something between here and the client changes packets, or its user name on the way; or this is a mistake of pacd. Dial again; if it comes back, report client and version with this trace.",
    },
    client: {
      cause: "The server let us in, but did not prove that it knows the password: it may be an impostor.",
      remedy: "See who answers at this address. Change the password if it is not your server.",
    },
  },
} as const satisfies Record<string, Cause>;
