import { CODE } from "../../../server/ppp/codes.ts";
import { methodOf } from "../../../server/ppp/lcp/authentication-protocol.ts";
import { firstMagic, magicNumber } from "../../../server/ppp/lcp/magic-number.ts";
import { mru } from "../../../server/ppp/lcp/mru.ts";
import { end } from "../../../server/ppp/link-common/closing.ts";
import { carried, failure, happened } from "../../../server/ppp/link-common/effects.ts";
import { negotiate, openNegotiation } from "../../../server/ppp/negotiation/negotiate.ts";
import type { NegotiationEvent } from "../../../server/ppp/negotiation/negotiation.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { decodeTerminateData } from "../../../server/ppp/terminate-data.ts";
import { startAuthentication } from "./authenticate.ts";
import { askedOfUs, clientLcp } from "./lcp.ts";
import type { LinkEffect, LinkEnd } from "./link-types.ts";
import { andThen, close, common, type Establishing, type Idle, type Live, type PhaseNext } from "./phase.ts";

/** The call is up: we speak first, as every client does. */
export function start({ settings, seeds }: Idle): PhaseNext {
  const { mru, authentication } = settings;
  const lcp = openNegotiation(clientLcp, { mru, magic: firstMagic(seeds.magic), authentication });
  return onLcp(
    { at: "establishing", settings, seeds, lcp, protocolRejects: 0 },
    { type: "up", blind: false },
  );
}

/** LCP in any phase before our Terminate-Request. */
export function onLcp(phase: Live, event: NegotiationEvent): PhaseNext {
  const [lcp, ...effects] = negotiate(phase.lcp, event);
  const out = carried(PROTOCOL.lcp, "lcp-restart", effects);
  if (event.type === "packet" && event.packet.code === CODE.terminateRequest) {
    const sent = out.filter((effect) => effect.do === "send");
    const data = decodeTerminateData(event.packet.data.slice());
    return end({ code: "peer-terminated", said: { protocol: "lcp", data } }, ...sent);
  }
  const broken = failure(effects);
  if (broken !== undefined) return close(phase, causeOf(broken.option));
  if (happened(effects, "finished")) return end({ code: "lcp-unanswered" }, ...out);
  if (happened(effects, "down")) return lcpDown({ ...phase, lcp }, out);
  if (!happened(effects, "up")) return [{ ...phase, lcp }, ...out];
  const method = methodOf(askedOfUs.in(lcp.accepted));
  const up: Establishing = { ...common(phase), at: "establishing", lcp };
  const reached = { name: "lcp", peerMru: mru.in(lcp.accepted), method } as const;
  return andThen([up, ...out, { do: "reached", stage: reached }], () => startAuthentication(up, method));
}

/** Before the log-in nothing is lost by LCP anew. After it, its keys may not be used again. */
function lcpDown(phase: Live, out: readonly LinkEffect[]): PhaseNext {
  if (phase.at !== "authenticating" && phase.at !== "establishing")
    return close(phase, { code: "lcp-renegotiated" });
  return [{ ...common(phase), at: "establishing" }, { do: "disarm", timer: "auth" }, ...out];
}

function causeOf(option: string): LinkEnd {
  if (option === askedOfUs.name) return { code: "auth-method-refused" };
  return option === magicNumber.name ? { code: "loop" } : { code: "lcp-not-agreed", option };
}
