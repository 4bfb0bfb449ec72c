import { ack, option } from "../negotiation/option.ts";
import { flag } from "../negotiation/value-codec.ts";

/**
 * Address-and-Control-Field-Compression, LCP option 8 (RFC 1661 §6.6): who asks for it can do without FF 03.
 */
export const addressFieldCompression = option({
  code: 8,
  name: "acfc",
  value: flag("frames may come without address and control"),
  absent: false,
  propose: () => true as const,
  judge: () => ack,
  onNak: () => undefined,
});
