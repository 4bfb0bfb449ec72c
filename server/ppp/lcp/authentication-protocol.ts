import { equalOctets, hex } from "../../wire/bytes.ts";
import { option, reject } from "../negotiation/option.ts";
import { opaque } from "../negotiation/value-codec.ts";

/** CHAP (c223) with algorithm 0x81, MS-CHAPv2. RFC 2759 §2. */
export const MS_CHAP_V2 = Uint8Array.of(0xc2, 0x23, 0x81);

const NAMES: readonly (readonly [string, Uint8Array])[] = [
  ["ms-chap-v2", MS_CHAP_V2],
  ["ms-chap", Uint8Array.of(0xc2, 0x23, 0x80)],
  ["chap-md5", Uint8Array.of(0xc2, 0x23, 0x05)],
  ["pap", Uint8Array.of(0xc0, 0x23)],
  ["eap", Uint8Array.of(0xc2, 0x27)],
];

/**
 * Authentication-Protocol, LCP option 3 (RFC 1661 §6.2). We ask for MS-CHAPv2 and insist; nothing else makes MPPE keys
 * worth the name. We never authenticate ourselves this way: MS-CHAPv2 proves both sides in one run.
 */
export const authenticationProtocol = option({
  code: 3,
  name: "auth",
  value: { ...opaque(), text: authenticationName },
  absent: undefined,
  propose: () => MS_CHAP_V2,
  judge: () => reject,
  onReject: "end",
  deadlock: "end",
});

function authenticationName(value: Uint8Array): string {
  return NAMES.find(([, octets]) => equalOctets(octets, value))?.[0] ?? hex(value.subarray(0, 8));
}
