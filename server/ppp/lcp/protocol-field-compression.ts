import { ack, option } from "../negotiation/option.ts";
import { flag } from "../negotiation/value-codec.ts";

/**
 * Protocol-Field-Compression, LCP option 7 (RFC 1661 §6.5): who asks for it can read protocols of one octet.
 */
export const protocolFieldCompression = option({
  code: 7,
  name: "pfc",
  value: flag("protocol numbers may come as one octet"),
  absent: false,
  propose: () => true as const,
  judge: () => ack,
  onNak: () => undefined,
});
