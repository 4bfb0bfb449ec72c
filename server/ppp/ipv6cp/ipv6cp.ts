import type { Options } from "../negotiation/protocol.ts";
import { refused } from "../negotiation/refused-option.ts";

/**
 * IPv6 Control Protocol (RFC 5072): for traces alone. pacd answers it by Protocol-Reject, since it carries
 * IPv4 and nothing else.
 */
export const ipv6cp: Options<unknown> = {
  options: [refused(1, "interface-identifier"), refused(2, "compression")],
};
