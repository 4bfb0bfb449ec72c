import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import type { CcpPolicy } from "../../../server/ppp/ccp/ccp-policy.ts";
import { CODE } from "../../../server/ppp/codes.ts";
import { mru } from "../../../server/ppp/lcp/mru.ts";
import { carried, failure, happened } from "../../../server/ppp/link-common/effects.ts";
import { framingOf } from "../../../server/ppp/link-common/framing.ts";
import * as keepalive from "../../../server/ppp/link-common/keepalive.ts";
import { negotiate, openNegotiation } from "../../../server/ppp/negotiation/negotiate.ts";
import type { Negotiation, NegotiationEvent } from "../../../server/ppp/negotiation/negotiation.ts";
import type { Packet } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { decodeTerminateData, type Termination } from "../../../server/ppp/terminate-data.ts";
import { clientIpcp, dns1, dns2, ipAddress } from "./ipcp.ts";
import { KEEPALIVE } from "./limits.ts";
import type { Network } from "./link-types.ts";
import { andThen, close, common, type Networking, type PhaseNext, type Started } from "./phase.ts";

/** Encryption is settled: IPCP starts, with what the server asked for too early. */
export function startNetwork(
  phase: Started,
  method: AuthMethod | undefined,
  ccp: Negotiation<CcpPolicy> | undefined,
  held: Packet | undefined,
): PhaseNext {
  const ipcp = openNegotiation(clientIpcp, undefined, mru.in(phase.lcp.accepted));
  const networking: Networking = { ...common(phase), at: "networking", method, ccp, ipcp, unanswered: 0 };
  const started = onIpcp(networking, { type: "up", blind: false });
  if (held === undefined) return started;
  return andThen(started, (next) =>
    next.at === "networking" ? onIpcp(next, { type: "packet", packet: held }) : [next],
  );
}

/** IPCP, before and after it is open. */
export function onIpcp(phase: Networking, event: NegotiationEvent): PhaseNext {
  const [ipcp, ...effects] = negotiate(phase.ipcp, event);
  const out = carried(PROTOCOL.ipcp, "ipcp-restart", effects);
  if (failure(effects) !== undefined) return close(phase, { code: "ipcp-not-agreed" });
  if (happened(effects, "finished"))
    return close(phase, { code: ipcp.heard ? "ipcp-not-agreed" : "ipcp-unanswered" });
  if (event.type === "packet" && event.packet.code === CODE.terminateRequest) {
    const said: Termination = {
      protocol: "ipcp",
      data: decodeTerminateData(event.packet.data.slice()),
    };
    return close(phase, { code: phase.at === "up" ? "peer-terminated" : "ipcp-not-agreed", said });
  }
  const next: Networking = { ...phase, ipcp };
  if (!happened(effects, "up") || phase.at === "up") return [next, ...out];
  const network = networkOf(next);
  if (network === undefined) return close(phase, { code: "ipcp-not-agreed" });
  const { address, server, dns } = network;
  return [
    { ...next, at: "up" },
    { do: "reached", stage: { name: "ipcp", address, server, dns } },
    { do: "open-network", network }, // before the Ack in `out`, or the first packet is dropped
    ...out,
    { do: "arm", timer: "echo", after: KEEPALIVE.interval },
  ];
}

/** Undefined where the server let us keep 0.0.0.0: that is no address. */
function networkOf({ lcp, ccp, ipcp }: Networking): Network | undefined {
  const address = ipAddress.in(ipcp.asking);
  if (address === undefined || address === 0) return undefined;
  return {
    address,
    server: ipAddress.in(ipcp.accepted) || undefined,
    dns: [dns1, dns2].flatMap((one) => one.in(ipcp.asking) || []),
    ...framingOf(lcp, ccp),
  };
}

/** A sign of life: the silence starts anew. */
export const alive = (phase: Networking): PhaseNext => keepalive.alive(phase, KEEPALIVE);

/** Silence for an echo interval. */
export const onSilence = (phase: Networking): PhaseNext =>
  keepalive.onSilence(phase, KEEPALIVE) ?? close(phase, { code: "echo-unanswered" });
