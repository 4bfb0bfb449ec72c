import { hex } from "../../wire/bytes.ts";
import { shownField } from "../../wire/shown-field.ts";
import type { Options } from "../negotiation/protocol.ts";
import { refused } from "../negotiation/refused-option.ts";
import { seen } from "../negotiation/shown-value.ts";
import { protocolName } from "../protocols.ts";

/** Interface-Identifier (RFC 5072 §4.1): the lower half of the sender's link-local address. */
const interfaceIdentifier = seen((from) => {
  const identifier = from.octets(8);
  const text = hex(identifier).replace(/.{4}(?!$)/g, "$&:");
  return { text, words: /[1-9a-f]/.test(text) ? `${text} (address fe80::${text})` : `${text} (give me one)` };
});

/** IPv6-Compression-Protocol (RFC 5172 §2). */
const compression = seen((from) => {
  const protocol = from.u16();
  const data = from.rest();
  return {
    text: protocolName(protocol),
    parts: [
      shownField("protocol", protocol, protocolName(protocol)),
      ...(data.length === 0 ? [] : [shownField("data", hex(data))]),
    ],
  };
});

/**
 * IPv6 Control Protocol (RFC 5072): for traces alone. pacd answers it by Protocol-Reject, since it carries
 * IPv4 and nothing else.
 */
export const ipv6cp: Options<unknown> = {
  options: [refused(1, "interface-identifier", interfaceIdentifier), refused(2, "compression", compression)],
};
