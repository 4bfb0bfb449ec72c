/** What a verdict says to the administrator. */
export interface Verdict {
  /** What happened, one sentence. */
  readonly cause: string;
  /** Error numbers that a Windows user sees; empty where Windows shows none. */
  readonly windowsErrors: readonly number[];
  /** What to do, one or two sentences. */
  readonly remedy: string;
}

/**
 * Every end a dial can have. `docs/verdicts.md` lists the same codes; a test fails when either side knows one
 * more.
 */
export const VERDICTS = {
  "in-progress": {
    cause: "The dial is still under way.",
    windowsErrors: [],
    remedy: "Look again in a few seconds.",
  },
  connected: {
    cause: "The client is connected.",
    windowsErrors: [],
    remedy: "Nothing to do.",
  },
  "client-hung-up": {
    cause: "The client ended the connection.",
    windowsErrors: [],
    remedy:
      "Nothing to do if the user disconnected. Otherwise the evidence and the last lines of the trace say at which stage the client gave up.",
  },
  "disconnected-by-administrator": {
    cause: "An administrator disconnected the client.",
    windowsErrors: [628, 629],
    remedy: "Nothing to do; unless disabled, the user may dial again.",
  },
  "server-stopped": {
    cause: "pacd was stopped during this dial or session.",
    windowsErrors: [628, 629],
    remedy: "Start pacd; clients dial again.",
  },
  "server-failed": {
    cause: "pacd could not go on and ended, with a goodbye to every client.",
    windowsErrors: [628, 629],
    remedy:
      "The evidence says what was missing or broke, such as a tunnel interface that was deleted. pacd ends with exit code 75 then, so that a service manager starts it again; clients dial again.",
  },
  "server-crashed": {
    cause: "pacd ended without closing this connection (killed, or the machine went down).",
    windowsErrors: [628, 629],
    remedy:
      "Look into the system's log for the time of the end: out of memory, kill -9, power. Clients dial again.",
  },
  "bad-credentials": {
    cause: "The user name or the password is wrong.",
    windowsErrors: [691],
    remedy:
      "Check the user name that the client sent, and set a new password if need be: pacctl user password NAME.",
  },
  "name-clash": {
    cause: "Several users have names that count as one, and the client's spelling is none of theirs.",
    windowsErrors: [691],
    remedy:
      "Rename or remove all of those users but one: pacctl user rename OLD NEW. The one who is left logs in with every spelling of the name.",
  },
  "too-many-failures": {
    cause: "Too many wrong log-ins came before this one, so its password was not looked at.",
    windowsErrors: [691],
    remedy:
      "Wait as long as the evidence says, and look for a device that dials with an old password, or for somebody who guesses. To see who is slowed: pacctl lockout list. To lift it for a user: pacctl user unlock NAME. To lift it for an address: pacctl lockout lift ADDRESS.",
  },
  "no-recoverable-password": {
    cause: "The client logs in with CHAP-MD5, which needs a password that is kept in a readable form.",
    windowsErrors: [691],
    remedy:
      "Let the client log in with MS-CHAPv2. Where it cannot, set its password anew and keep it: pacctl user password NAME --recoverable-password.",
  },
  "password-expired": {
    cause: "The password has expired, and the client did not change it.",
    windowsErrors: [648, 691],
    remedy:
      "Windows asks its user for a new password; other clients cannot. Set one for them that does not expire: pacctl user password NAME --no-password-expires.",
  },
  "password-change-refused": {
    cause: "The new password that the user chose was refused.",
    windowsErrors: [709],
    remedy:
      "The evidence names the rule; tell the user, who dials again and chooses another one. The rules stand in [password] in the configuration.",
  },
  "user-changed": {
    cause: "Another user logged in on a connection that was somebody's already.",
    windowsErrors: [691],
    remedy: "If this is a real client, report it with its version and this trace.",
  },
  "user-disabled": {
    cause: "The user is disabled.",
    windowsErrors: [691, 628, 629],
    remedy: "To let the user dial in again: pacctl user enable NAME.",
  },
  "user-not-valid": {
    cause: "The user may not be connected yet, or no longer.",
    windowsErrors: [691, 628, 629],
    remedy: "To move the dates: pacctl user set NAME --valid-from WHEN --valid-until WHEN.",
  },
  "outside-hours": {
    cause: "The user may not be connected at this hour.",
    windowsErrors: [691, 628, 629],
    remedy: 'To change the hours: pacctl user set NAME --hours "mon-fri 08:00-18:00".',
  },
  "source-not-allowed": {
    cause: "The user may not dial in from this network.",
    windowsErrors: [691, 628, 629],
    remedy: "To change the networks: pacctl user set NAME --sources NETWORK, once for each.",
  },
  "too-many-sessions": {
    cause: "The user is connected as many times as allowed.",
    windowsErrors: [691],
    remedy:
      "To see and end sessions: pacctl session list. To allow more, or to let a new dial replace the oldest session: pacctl user set NAME --max-sessions N --when-exceeded replace.",
  },
  replaced: {
    cause: "The user dialled again, and the newer connection took the place of this one.",
    windowsErrors: [628, 629],
    remedy:
      "Nothing to do if that was the same person. To allow more sessions at once: pacctl user set NAME --max-sessions N.",
  },
  "session-timeout": {
    cause: "The session lasted as long as the user's sessions may.",
    windowsErrors: [628, 629],
    remedy:
      "Nothing to do; the user may dial again. To change it: pacctl user set NAME --session-timeout TIME.",
  },
  "idle-timeout": {
    cause: "The session was not used for as long as the user's idle timeout.",
    windowsErrors: [628, 629],
    remedy:
      "Nothing to do; the user may dial again. docs/idle.md says what counts as use. To change the time: pacctl user set NAME --idle-timeout TIME.",
  },
  "no-address": {
    cause: "No address was left for the client.",
    windowsErrors: [619, 676, 720, 734],
    remedy:
      "The evidence names the pool. Enlarge it in the configuration (tunnel.pool, or its entry in pools), give the user another one (pacctl user set NAME --pool POOL), or disconnect sessions that nobody needs: pacctl session list.",
  },
  "server-full": {
    cause: "The server has as many sessions as it may have.",
    windowsErrors: [619, 676, 734],
    remedy:
      "Raise pptp.max_sessions in the configuration, or disconnect sessions that nobody needs: pacctl session list.",
  },
  "mppe-refused": {
    cause: "The client does not encrypt with MPPE as it is required here: 128 bits, unless set otherwise.",
    windowsErrors: [734, 742],
    remedy:
      "Switch encryption on in the client. Windows: adapter properties, Security, Data encryption: Require encryption. Router or phone: MPPE 128 bits, stateless. CHAP-MD5 and PAP give no keys for it: let the client log in with MS-CHAPv2. For a device that has no MPPE: pacctl user set NAME --encryption optional.",
  },
  "mppe-renegotiated": {
    cause:
      "The client wanted to negotiate encryption again in mid-session, which would reuse the cipher's key stream.",
    windowsErrors: [734],
    remedy: "The client dials again. If this comes back, report client and version with this trace.",
  },
  "mppe-desynchronised": {
    cause: "Encryption ran out of step: too many packets in a row had an impossible coherency count.",
    windowsErrors: [628, 629],
    remedy:
      "The path loses very many packets or somebody injects them. Look at the drop counters (pacctl status); the client dials again.",
  },
  "mppe-over-budget": {
    cause:
      "The client's packet numbers jumped ahead again and again, further than any link loses packets, and each jump costs the server thousands of key changes.",
    windowsErrors: [628, 629],
    remedy:
      "No client in good order does that: the user's device or whoever has its address sends made-up numbers. Look at the device. If several users have it at once, somebody forges their packets: look at the drop counters (pacctl status).",
  },
  "gre-blocked": {
    cause: "The control connection works, but not one GRE packet of this call arrived from the client.",
    windowsErrors: [619, 806, 807],
    remedy:
      "Let IP protocol 47 (GRE) through every firewall between client and server, and switch PPTP pass-through on in the client's router.",
  },
  "gre-from-elsewhere": {
    cause:
      "GRE packets of this call came from another address than its control connection, so they were dropped.",
    windowsErrors: [619, 806, 807],
    remedy:
      "The evidence names both addresses. Let TCP 1723 and IP protocol 47 (GRE) of the client leave by the same uplink and the same NAT address: a router with two uplinks, another VPN below this one, or a NAT rule for one of the two alone takes them apart.",
  },
  "lcp-unanswered": {
    cause: "The client's GRE packets arrive, but it does not answer ours (LCP).",
    windowsErrors: [619, 718],
    remedy:
      "Most likely GRE is let through in one direction only. Let IP protocol 47 through from the server to the client as well, and look for a NAT router that handles a single PPTP client.",
  },
  "lcp-not-agreed": {
    cause: "Client and server found no common link options (LCP).",
    windowsErrors: [734],
    remedy: "The evidence names the option. Reset the client's PPP settings to their defaults.",
  },
  loop: {
    cause: "The server receives its own packets back.",
    windowsErrors: [734],
    remedy: "Something on the path reflects GRE packets. Check routing and NAT rules for IP protocol 47.",
  },
  "auth-unanswered": {
    cause: "The client did not answer the authentication challenge.",
    windowsErrors: [718],
    remedy:
      "GRE packets are lost on the way, or the client waits for its user. Dial again; if it comes back, look for a firewall that drops some GRE packets.",
  },
  "auth-protocol-refused": {
    cause:
      "The client refuses every method of authentication that is allowed here: MS-CHAPv2, unless set otherwise.",
    windowsErrors: [734, 919],
    remedy:
      "Allow MS-CHAP v2 in the client. Windows: adapter properties, Security, Allow these protocols: Microsoft CHAP Version 2. For a device that has only a weaker method: security.authentication in the configuration.",
  },
  "ipcp-not-agreed": {
    cause: "Client and server did not agree on addresses (IPCP).",
    windowsErrors: [720],
    remedy:
      "Set the client to obtain its IP address automatically, or give the user the address that the client insists on.",
  },
  "ipcp-unanswered": {
    cause: "The client did not finish the agreement on addresses (IPCP).",
    windowsErrors: [718, 720],
    remedy:
      "Switch TCP/IPv4 on for this connection in the client; if it is on, packets are being lost on the way.",
  },
  "link-lost": {
    cause: "The client went silent: it answered no more keep-alives.",
    windowsErrors: [628],
    remedy: "The client lost its network or was switched off. It dials again.",
  },
  "control-lost": {
    cause: "The control connection (TCP 1723) broke without a goodbye.",
    windowsErrors: [628, 629],
    remedy:
      "The client lost its network, crashed, or a firewall closed the idle TCP connection. It dials again.",
  },
  "protocol-error": {
    cause: "The client broke the protocol on its control connection, so it was closed.",
    windowsErrors: [628],
    remedy: "If this is a real client, report it with its version and this trace.",
  },
  "store-unavailable": {
    cause: "pacd could not read its database, so it could not judge the dial; it ended this connection.",
    windowsErrors: [628],
    remedy:
      "The evidence says what is wrong with the database (locked, disk failing, damaged, moved) and what to do. Whether it still is: pacctl status. Then the client dials again.",
  },
  "internal-error": {
    cause: "pacd made a mistake and ended this connection; all others go on.",
    windowsErrors: [628],
    remedy: "Please report it with the log line of the same time.",
  },
} as const satisfies Record<string, Verdict>;

export type VerdictCode = keyof typeof VERDICTS;

/** The verdict for a code as stored; undefined for one that this version does not know. */
export function verdict(code: string): Verdict | undefined {
  return Object.hasOwn(VERDICTS, code) ? VERDICTS[code as VerdictCode] : undefined;
}
