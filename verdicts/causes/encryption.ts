import type { Cause, View } from "../cause.ts";

/**
 * pacctl shows one code for two causes: whoever dials can do the same about either. For the server they
 * differ, since one is what a client asks for and the other what a bad path does.
 */
const ENCRYPTION_LOST = {
  code: "encryption-lost",
  cause: "Encryption ran out of step, or the server wanted to begin it anew in mid-session.",
  windowsErrors: [628, 734],
  remedy: "The path loses very many packets, or somebody injects them. Dial again.",
} as const satisfies View;

/** How encryption is not agreed on, or is lost. */
export const ENCRYPTION = {
  // Each side says it of the other. Windows shows 734 where the server hangs up over it, and 742 where the
  // client itself insists on encryption, as pacctl does.
  "mppe-refused": {
    stage: "ccp",
    windowsErrors: [734, 742],
    server: {
      cause: "The client does not encrypt with MPPE as it is required here: 128 bits, unless set otherwise.",
      remedy:
        "Switch encryption on in the client. Windows: adapter properties, Security, Data encryption: Require encryption. Router or phone: MPPE 128 bits, stateless. CHAP-MD5 and PAP give no keys for it: let the client log in with MS-CHAPv2. For a device that has no MPPE: pacctl user set NAME --encryption optional.",
      foreign: {
        cause: "The client does not encrypt with MPPE as the server requires it.",
        remedy:
          "Switch encryption on in the client. Windows: adapter properties, Security, Data encryption: Require encryption. Router or phone: MPPE 128 bits, stateless. CHAP-MD5 and PAP give no keys for it: let the client log in with MS-CHAPv2.",
      },
    },
    client: {
      cause: "The server does not encrypt as it was asked to.",
      windowsErrors: [742],
      remedy:
        "Switch MPPE with 128 bits on in the server; or see with --mppe none what it does in clear. Without MS-CHAP there is no MPPE.",
      foreign: { remedy: "Switch MPPE with 128 bits on in the server. Without MS-CHAP there is no MPPE." },
    },
  },
  // To the server this is mppe-refused. pacctl knows that it was told to do without, and says so.
  "mppe-demanded": {
    stage: "ccp",
    windowsErrors: [734, 741],
    client: {
      cause: "The server lets nobody in without encryption, and this dial was told to do without.",
      remedy: "Dial without --mppe none. That it was refused is as it should be.",
    },
  },
  // The other way round: a client that insists on encryption, and says so by its Terminate-Request.
  "mppe-not-given": {
    stage: "ccp",
    windowsErrors: [742],
    server: {
      cause:
        "The client lets no session stand without encryption, and the server gave it none that it takes.",
      remedy:
        "CHAP-MD5 and PAP give no keys for encryption: let the client log in with MS-CHAPv2. If it does, the trace shows which strength it asks for in CCP; security.mppe_strengths in the configuration says which are allowed.",
    },
  },
  // pacd and pacctl see their own part of it under the codes below.
  "encryption-ended": {
    windowsErrors: [628, 629],
    capture: {
      cause: "One side ended the encryption of a session that was up.",
      remedy:
        "The evidence names who and when. Look there for why: a client or server that was reconfigured, or whose MPPE failed. Require encryption in the other one, so that nothing passes in clear.",
    },
  },
  "mppe-renegotiated": {
    windowsErrors: [734],
    server: {
      cause:
        "The client wanted to negotiate encryption again in mid-session, which would reuse the cipher's key stream.",
      remedy: "The client dials again. If this comes back, report client and version with this trace.",
    },
    client: ENCRYPTION_LOST,
  },
  "mppe-desynchronised": {
    windowsErrors: [628, 629],
    server: {
      cause: "Encryption ran out of step: too many packets in a row had an impossible coherency count.",
      remedy:
        "The path loses very many packets or somebody injects them. Look at the drop counters (pacctl status); the client dials again.",
    },
    client: ENCRYPTION_LOST,
  },
  "mppe-over-budget": {
    windowsErrors: [628, 629],
    server: {
      cause:
        "The client's packet numbers jumped ahead again and again, further than any link loses packets, and each jump costs the server thousands of key changes.",
      remedy:
        "No client in good order does that: the user's device or whoever has its address sends made-up numbers. Look at the device. If several users have it at once, somebody forges their packets: look at the drop counters (pacctl status).",
    },
  },
} as const satisfies Record<string, Cause>;
