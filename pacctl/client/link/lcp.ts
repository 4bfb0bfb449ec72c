import {
  authenticationProtocol,
  methodOf,
  methodValue,
} from "../../../server/ppp/lcp/authentication-protocol.ts";
import { lcp } from "../../../server/ppp/lcp/lcp.ts";
import type { LcpPolicy } from "../../../server/ppp/lcp/lcp-policy.ts";
import { ack, nak, option } from "../../../server/ppp/negotiation/option.ts";
import type { Protocol } from "../../../server/ppp/negotiation/protocol.ts";
import { opaque } from "../../../server/ppp/negotiation/value-codec.ts";

/**
 * Authentication-Protocol, LCP option 3 (RFC 1661 §6.2), at the end that proves itself: what the server asks
 * for is acknowledged where we may do it, and answered with the first method that we may where not. We ask
 * for none.
 */
export const askedOfUs = option({
  code: authenticationProtocol.code,
  name: authenticationProtocol.name,
  value: opaque(),
  absent: undefined,
  judge: (asked, { authentication }: LcpPolicy) => {
    const method = methodOf(asked);
    if (method !== undefined && authentication.includes(method)) return ack;
    return nak(methodValue(authentication[0]!));
  },
  deadlock: "end",
});

/**
 * The server's LCP with this one option seen from the other side; `authentication` are the methods that we
 * may use.
 */
export const clientLcp: Protocol<LcpPolicy> = {
  ...lcp,
  options: lcp.options.map((one) => (one.code === askedOfUs.code ? askedOfUs : one)),
};
