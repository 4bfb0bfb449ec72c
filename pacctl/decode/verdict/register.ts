import type { LadderVerdict } from "../../../ladder/ladder-types.ts";

type Explanation = Pick<LadderVerdict, "cause" | "windowsErrors" | "remedy">;

/**
 * What only a capture can say of a dial; all else is said in the words of the server (docs/verdicts.md) or of
 * its client (docs/dial.md). `docs/decode.md` lists the same codes; a test compares them.
 */
export const CAPTURE_VERDICTS = {
  "capture-ended": {
    cause: "The capture ends while the dial is still under way.",
    windowsErrors: [],
    remedy: "Capture for longer: until the client is connected or shows its error.",
  },
  "joined-late": {
    cause: "The capture begins in the midst of this connection: how it came up is not in it.",
    windowsErrors: [],
    remedy: "To see a dial, start the capture first and dial then.",
  },
  "no-call": {
    cause: "The client opened a control connection and placed no call on it.",
    windowsErrors: [],
    remedy:
      "A port scan or a monitor looks like this. If it was a client, the last lines of the ladder say where it gave up.",
  },
  "gre-refused": {
    cause: "A host or firewall on the way says by ICMP that it takes no GRE.",
    windowsErrors: [619, 806, 807],
    remedy:
      "The evidence names who refuses it. Let IP protocol 47 (GRE) through there; where that is the server itself, its PPTP service is not running.",
  },
  "gre-not-captured": {
    cause: "The tunnel came up, but none of its GRE packets is in the capture.",
    windowsErrors: [],
    remedy:
      "Capture them as well: tcpdump -s 0 -w FILE 'tcp port 1723 or ip proto 47', on the interface that the tunnel uses.",
  },
  "malformed-gre": {
    cause: "These GRE packets are not as PPTP demands; no client that we know sends such.",
    windowsErrors: [],
    remedy: "Find out who sends them: they are damaged, of another kind of tunnel, or an attack.",
  },
  "right-password-refused": {
    cause: "The client used the right password, and the server refused it all the same.",
    windowsErrors: [691],
    remedy:
      "The password is not the matter. Look at the server's log: the user may be disabled, restricted or connected already, or the server has another password.",
  },
  "eap-log-in": {
    cause: "The client logs in by EAP, which is not followed here.",
    windowsErrors: [],
    remedy: "The ladder shows the EAP packets. pacd itself lets clients log in by MS-CHAPv2.",
  },
} as const satisfies Record<string, Explanation>;

export type CaptureVerdict = keyof typeof CAPTURE_VERDICTS;
