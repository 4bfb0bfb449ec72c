import { type Decoded, decoded } from "../../wire/decoded.ts";
import { ascii } from "../ascii.ts";
import type { Packet } from "../packet.ts";
import { decodeChapResponse } from "./chap.ts";
import type { ChapScheme } from "./chap-scheme.ts";
import type { ChapMd5Credentials } from "./credentials.ts";

/** What a client reads that is let in, and one that is not, where the method asks for no other text. */
export const ACCESS_GRANTED = "Access granted";
export const ACCESS_DENIED = "Access denied";

/**
 * The Response of CHAP with MD5 (RFC 1994 §4.1): 16 octets exactly (fault `bad-length`, at the Value-Size,
 * for any other).
 */
export function decodeChapMd5Response(
  packet: Packet,
): Decoded<Pick<ChapMd5Credentials, "name" | "response">> {
  const outer = decodeChapResponse(packet, 16);
  if (!outer.ok) return outer;
  const { value: response, name } = outer.value;
  return decoded({ response, name });
}

/** CHAP with MD5 (RFC 1994). Weak: no keys for MPPE, and the server must be able to read the password. */
export const chapMd5: ChapScheme = {
  challengeLength: 16,
  read(packet, challenge) {
    const response = decodeChapMd5Response(packet);
    if (!response.ok) return response;
    const { identifier } = packet;
    const credentials = { method: "chap-md5", ...response.value, identifier, challenge } as const;
    return decoded({ credentials, withText: true });
  },
  success: () => ascii(ACCESS_GRANTED),
  failure: () => ascii(ACCESS_DENIED),
  changesPassword: false,
};
