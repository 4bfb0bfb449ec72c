interface Explanation {
  /** The likely cause, one sentence. */
  readonly cause: string;
  /** What a Windows client shows in this case; empty where it shows nothing. */
  readonly windowsErrors: readonly number[];
  /** What to do. */
  readonly remedy: string;
}

/**
 * Every way in which a dial of pacctl can fail. `docs/dial.md` lists the same codes; a test compares them.
 */
export const FAILURES = {
  "host-refused": {
    cause: "This host does not let pacctl make a tunnel.",
    windowsErrors: [],
    remedy: "Run pacctl dial as root, or give it CAP_NET_RAW, and CAP_NET_ADMIN as well for --tun.",
  },
  "route-swallows-server": {
    cause: "A route that was asked for would lead the tunnel's own packets into the tunnel.",
    windowsErrors: [],
    remedy: "Leave the server's address out of the networks that --route names.",
  },
  "name-unknown": {
    cause: "The server's name is not known in the DNS.",
    windowsErrors: [868],
    remedy: "Check the name, and the DNS server that this host asks. An address works as well.",
  },
  "tcp-refused": {
    cause: "The host is there, but nothing listens on TCP 1723, or a firewall says so.",
    windowsErrors: [800],
    remedy: "Start the server, and see that it listens on this address: pacctl status says where.",
  },
  "tcp-unanswered": {
    cause: "Nobody answers on TCP 1723: a firewall swallows it, or the host is down.",
    windowsErrors: [800, 807],
    remedy: "Let TCP 1723 through every firewall before the server. See whether the host answers at all.",
  },
  "tcp-unreachable": {
    cause: "There is no way from here to the server.",
    windowsErrors: [800],
    remedy: "Check the address, and this host's routes.",
  },
  "not-pptp": {
    cause: "What answers on TCP 1723 does not speak PPTP.",
    windowsErrors: [800],
    remedy: "Check the address: another service, or a proxy in between, has the port.",
  },
  "start-refused": {
    cause: "The server refuses the control connection.",
    windowsErrors: [800],
    remedy:
      "Its log says why. Some servers accept only one connection of an address, or only known addresses.",
  },
  "start-unanswered": {
    cause: "TCP is accepted, but the server does not answer PPTP.",
    windowsErrors: [800, 806],
    remedy: "The server hangs, or a proxy accepts TCP in its place. Restart the server, look at the path.",
  },
  "call-refused": {
    cause: "The server refuses the call: most often it is full or not ready.",
    windowsErrors: [619, 676],
    remedy: "The server's log says why: sessions that are in use, or licences.",
  },
  "call-unanswered": {
    cause: "The server does not answer the call.",
    windowsErrors: [619, 676],
    remedy: "Look into the server's log; restart it if it hangs.",
  },
  "gre-blocked": {
    cause: "The control connection works, but GRE does not get through, in one direction or in both.",
    windowsErrors: [619, 806, 807],
    remedy:
      "Let IP protocol 47 (GRE) through every firewall between here and the server, in both directions, and switch PPTP pass-through on in a NAT router on the way.",
  },
  "gre-from-elsewhere": {
    cause:
      "The server's GRE packets come from another address than the one that was dialled, so they are dropped.",
    windowsErrors: [619, 806, 807],
    remedy:
      "Dial the address that they come from, or let the server answer from the one that is dialled: a host with several addresses, or a NAT rule for TCP or GRE alone, takes the two apart.",
  },
  "lcp-unanswered": {
    cause: "GRE packets of the server arrive, but it does not answer ours.",
    windowsErrors: [619, 718],
    remedy:
      "GRE is let through towards us only. Let IP protocol 47 through to the server as well, and look for a NAT router that handles a single PPTP client.",
  },
  "lcp-not-agreed": {
    cause: "There are no link options (LCP) that both sides agree to.",
    windowsErrors: [734],
    remedy: "Reset the server's PPP settings to their defaults; the option stands above.",
  },
  loop: {
    cause: "Our own packets come back.",
    windowsErrors: [734],
    remedy: "Something on the path reflects GRE. Check routing and NAT rules for IP protocol 47.",
  },
  "auth-method-refused": {
    cause: "The server wants another method of authentication than the ones that were allowed here.",
    windowsErrors: [734, 919],
    remedy: "Allow MS-CHAPv2 in the server, or try another method: --auth ms-chap-v1, chap-md5 or pap.",
  },
  "auth-unanswered": {
    cause: "The server does not finish the log-in: it hangs, or packets are lost.",
    windowsErrors: [718],
    remedy:
      "Dial again. If it comes back, see whether the server reaches its user database or RADIUS server.",
  },
  "bad-credentials": {
    cause: "The user name or the password is wrong, or the user may not dial in now.",
    windowsErrors: [691],
    remedy:
      "Try the password again, then look at the dial in the server: pacctl attempt list --user NAME says the true reason.",
  },
  "password-expired": {
    cause: "The password is right, but it has expired.",
    windowsErrors: [648],
    remedy: "Change it with a Windows client, or in the server: pacctl user password NAME.",
  },
  "account-restricted": {
    cause:
      "The password is not the matter: the server does not let this user in (hours, disabled, or no right to dial in).",
    windowsErrors: [646, 647, 649],
    remedy: "Change the user in the server.",
  },
  "auth-refused": {
    cause: "The server refused the log-in for a reason of its own.",
    windowsErrors: [691],
    remedy: "Look at the server's log for this time.",
  },
  "server-not-proven": {
    cause: "The server let us in, but did not prove that it knows the password: it may be an impostor.",
    windowsErrors: [778],
    remedy: "See who answers at this address. Change the password if it is not your server.",
  },
  "mppe-refused": {
    cause: "The server does not encrypt as it was asked to.",
    windowsErrors: [742],
    remedy:
      "Switch MPPE with 128 bits on in the server; or see with --mppe none what it does in clear. Without MS-CHAP there is no MPPE.",
  },
  "mppe-demanded": {
    cause: "The server lets nobody in without encryption, and this dial was told to do without.",
    windowsErrors: [734, 741],
    remedy: "Dial without --mppe none. That it was refused is as it should be.",
  },
  "ipcp-not-agreed": {
    cause: "The server gave us no address.",
    windowsErrors: [720],
    remedy: "Look for the server's address pool: it may be empty.",
  },
  "ipcp-unanswered": {
    cause: "The server does not answer the question for an address.",
    windowsErrors: [718, 720],
    remedy: "Dial again; if it comes back, see whether the server has TCP/IP switched on for its clients.",
  },
  "hung-up-by-server": {
    cause: "The server hung up.",
    windowsErrors: [619, 628, 629],
    remedy: "Look at the server's log for this time; pacd: pacctl attempt list.",
  },
  renegotiated: {
    cause: "The server began to negotiate the link anew, which pacctl does not follow, so it hung up.",
    windowsErrors: [],
    remedy: "Other clients may stay connected. Look at the server's log for why it began anew.",
  },
  "connection-lost": {
    cause: "The control connection broke without a goodbye.",
    windowsErrors: [628, 629],
    remedy: "The server was restarted or has crashed, or a firewall cut the connection.",
  },
  "link-lost": {
    cause: "The server went silent.",
    windowsErrors: [628],
    remedy: "The path or the server is down. Dial again.",
  },
  "encryption-lost": {
    cause: "Encryption ran out of step, or the server wanted to begin it anew in mid-session.",
    windowsErrors: [628, 734],
    remedy: "The path loses very many packets, or somebody injects them. Dial again.",
  },
  "tun-refused": {
    cause: "The session was up, but this host does not let pacctl make the interface or a route.",
    windowsErrors: [],
    remedy: "Choose another name with --tun, or routes that are not taken; run as root.",
  },
} as const satisfies Record<string, Explanation>;

export type FailureCode = keyof typeof FAILURES;
