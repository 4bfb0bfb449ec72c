import { printable } from "../../wire/printable.ts";
import type { CcpPolicy } from "../ccp/ccp-policy.ts";
import { CODE } from "../codes.ts";
import { ipcp } from "../ipcp/ipcp.ts";
import { addressFieldCompression } from "../lcp/address-field-compression.ts";
import { mru } from "../lcp/mru.ts";
import { protocolFieldCompression } from "../lcp/protocol-field-compression.ts";
import { negotiate } from "../negotiation/negotiate.ts";
import { createNegotiation, type Negotiation, type NegotiationEvent } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { close } from "./closing.ts";
import { carried, failure, happened } from "./effects.ts";
import { IPCP_DEADLINE } from "./limits.ts";
import type { LinkEffect, LinkEnd } from "./link-types.ts";
import { encryptionOf } from "./mppe-keys.ts";
import { type Admitted, common, type Networking, type PhaseNext, type Up } from "./phase.ts";
import { andThen, withEffects } from "./sequence.ts";

/**
 * Encryption is settled, `ccp` or none: IPCP starts at once, and with what the client already asked for. The
 * start keys stay behind.
 */
export function startNetwork(
  phase: Admitted,
  ccp: Negotiation<CcpPolicy> | undefined,
  held: Packet | undefined,
): PhaseNext {
  const { auth, assignment } = phase;
  const [ipcpOpened] = negotiate(createNegotiation(ipcp, assignment, mru.in(phase.lcp.accepted)), {
    type: "open",
  });
  const networking: Networking = {
    ...common(phase),
    at: "networking",
    auth,
    assignment,
    ccp,
    ipcp: ipcpOpened,
  };
  const started = onIpcp(networking, { type: "up", blind: false });
  const timed = withEffects(started, { do: "arm", timer: "ipcp-deadline", after: IPCP_DEADLINE });
  if (held === undefined) return timed;
  return andThen(timed, (next) =>
    next.at === "networking" ? onIpcp(next, { type: "packet", packet: held }) : [next],
  );
}

/** IPCP, before and after it is open. */
export function onIpcp(phase: Networking | Up, event: NegotiationEvent): PhaseNext {
  const [next, ...effects] = negotiate(phase.ipcp, event);
  const out = carried(PROTOCOL.ipcp, "ipcp-restart", effects);
  const broken = failure(effects);
  if (broken !== undefined) return close(phase, notAgreed("refused", broken.option), NOT_AGREED_TEXT);
  if (happened(effects, "finished")) return ipcpExpired({ ...phase, ipcp: next });
  if (event.type === "packet" && event.packet.code === CODE.terminateRequest) {
    const cause: LinkEnd =
      phase.at === "up"
        ? { code: "peer-terminated", text: printable(event.packet.data) }
        : notAgreed("terminated");
    const [closing, ...goodbye] = close({ ...phase, ipcp: next }, cause, "IPCP was terminated");
    return [closing, ...out, ...goodbye];
  }
  // IPCP negotiated anew in a session can only end with the same address: nothing below it changes.
  if (!happened(effects, "up") || phase.at === "up") return [{ ...phase, ipcp: next }, ...out];
  return [
    { ...phase, at: "up", ipcp: next, unanswered: 0 },
    openNetwork(phase), // before the Ack in `out`, or the first packet finds a closed door
    ...out,
    { do: "disarm", timer: "ipcp-deadline" },
    { do: "arm", timer: "echo", after: phase.policy.echoInterval },
    { do: "reached", stage: "ipcp" },
  ];
}

/**
 * The Restart counter or the deadline ran out. A client that has our Ack for its address agreed; what is
 * missing is its answer to our own request.
 */
export function ipcpExpired(phase: Networking | Up): PhaseNext {
  return phase.ipcp.heard && phase.ipcp.accepted.length === 0
    ? close(phase, notAgreed("unfinished"), NOT_AGREED_TEXT)
    : close(phase, { code: "ipcp-unanswered" }, "no answer to IPCP");
}

function notAgreed(how: "refused" | "terminated" | "unfinished", option?: string): LinkEnd {
  return { code: "ipcp-not-agreed", how, ...(option === undefined ? {} : { option }) };
}
const NOT_AGREED_TEXT = "no agreement on the IP address";

function openNetwork(phase: Networking): LinkEffect {
  const wishes = phase.lcp.accepted;
  return {
    do: "open-network",
    network: {
      address: phase.assignment.remote,
      peerMru: mru.in(wishes),
      acfc: addressFieldCompression.in(wishes),
      pfc: protocolFieldCompression.in(wishes),
      encryption: encryptionOf(phase.ccp),
    },
  };
}
