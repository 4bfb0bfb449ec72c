import { ack, nak, option } from "../negotiation/option.ts";
import { u32 } from "../negotiation/value-codec.ts";

/** Stateless mode and 128-bit keys (RFC 3078 §2): all that we speak. */
export const MPPE_128_STATELESS = 0x01000040;

const BITS: readonly (readonly [string, number])[] = [
  ["stateless", 0x01000000],
  ["56", 0x80],
  ["128", 0x40],
  ["40", 0x20],
  ["obsolete", 0x10],
  ["mppc", 0x01],
];

/**
 * MPPE Supported Bits, CCP option 18 (RFC 3078 §2.1). Everything but the one mode is answered by a Nak with it: Windows
 * 10 opens without any strength, Windows 2000 with all, and both settle. Never rejected, since that would switch the
 * peer's encryption off.
 */
export const mppe = option({
  code: 18,
  name: "mppe",
  value: {
    ...u32(),
    text: (value) => {
      const names = BITS.filter(([, bit]) => (value & bit) !== 0).map(([name]) => name);
      return `${value.toString(16).padStart(8, "0")}(${names.join(",")})`;
    },
  },
  absent: 0,
  propose: () => MPPE_128_STATELESS,
  judge: (asked) => (asked === MPPE_128_STATELESS ? ack : nak(MPPE_128_STATELESS)),
  hint: () => MPPE_128_STATELESS,
  required: true,
  onReject: "end",
  deadlock: "end",
});
