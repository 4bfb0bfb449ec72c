import { decodeChapMd5Response } from "../../../server/ppp/auth/chap-md5.ts";
import type { AuthMethod, Credentials as Claim } from "../../../server/ppp/auth/credentials.ts";
import { decodeMsChapV1Response } from "../../../server/ppp/auth/ms-chap-v1.ts";
import { decodeMsChapV2Response } from "../../../server/ppp/auth/ms-chap-v2.ts";
import type { Packet } from "../../../server/ppp/packet.ts";

/**
 * A link that is joined in its midst does not say how: MS-CHAPv1 alone has a challenge of 8 octets (RFC 2433
 * §5).
 */
export function guessed(challenge: Uint8Array | undefined, response: number): AuthMethod | undefined {
  if (response !== 49) return response === 16 ? "chap-md5" : undefined;
  return challenge?.length === 8 ? "ms-chap-v1" : "ms-chap-v2";
}

/** What a Response of CHAP claims; undefined where it is not the method's. */
export function claimOf(
  method: AuthMethod | undefined,
  packet: Packet,
  challenge: Uint8Array,
): Claim | undefined {
  switch (method) {
    case "ms-chap-v2": {
      const response = decodeMsChapV2Response(packet);
      return response.ok
        ? { method, ...copied(response.value), authenticatorChallenge: challenge }
        : undefined;
    }
    case "ms-chap-v1": {
      const response = decodeMsChapV1Response(packet);
      return response.ok ? { method, ...copied(response.value), challenge } : undefined;
    }
    case "chap-md5": {
      const response = decodeChapMd5Response(packet);
      const { identifier } = packet;
      return response.ok ? { method, ...copied(response.value), identifier, challenge } : undefined;
    }
    default:
      return undefined;
  }
}

/** In memory of its own: what was decoded looks into the capture. */
export function copied<T extends object>(value: T): T {
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    one instanceof Uint8Array ? one.slice() : one,
  ]);
  return Object.fromEntries(entries) as T;
}
