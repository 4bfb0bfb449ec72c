import { hex } from "../../wire/bytes.ts";
import { type Decoded, decoded, fault } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";
import { ascii } from "../ascii.ts";
import type { Packet } from "../packet.ts";
import { decodeChapResponse } from "./chap.ts";
import { ACCESS_GRANTED } from "./chap-md5.ts";
import type { ChapScheme } from "./chap-scheme.ts";
import type { MsChapV1Credentials } from "./credentials.ts";

/** Where the flags lie: behind Value-Size and two responses of 24 octets. */
const FLAGS_AT = 49;

/** "Use Windows NT compatible challenge response". */
const USE_NT = 0x01;

/**
 * The Response of MS-CHAPv1 (RFC 2433 §6): 49 octets exactly (fault `bad-length`, at the Value-Size, for any
 * other), with an NT response (`bad-flags` where the client gives a LAN Manager response alone).
 */
export function decodeMsChapV1Response(
  packet: Packet,
): Decoded<Pick<MsChapV1Credentials, "name" | "ntResponse">> {
  const outer = decodeChapResponse(packet, 49);
  if (!outer.ok) return outer;
  const { value, name } = outer.value;
  const reader = new Reader(value);
  reader.skip(24);
  const ntResponse = reader.octets(24);
  if ((reader.u8() & USE_NT) === 0) return fault("bad-flags", FLAGS_AT);
  return decoded({ ntResponse, name });
}

/**
 * MS-CHAPv1 (RFC 2433). Weak: DES of a challenge that the client has no part in, one key for both directions.
 */
export const msChapV1: ChapScheme = {
  challengeLength: 8,
  read(packet, challenge) {
    const response = decodeMsChapV1Response(packet);
    if (!response.ok) return response;
    return decoded({ credentials: { method: "ms-chap-v1", ...response.value, challenge }, withText: true });
  },
  success: () => ascii(ACCESS_GRANTED),
  /** RFC 2433 §8. Always 691: its Change-Password packets are not spoken here. */
  failure: (_code, challenge) => ascii(`E=691 R=0 C=${hex(challenge).toUpperCase()} V=2`),
  changesPassword: false,
};
