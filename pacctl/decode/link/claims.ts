import { CHAP } from "../../../server/ppp/auth/chap.ts";
import { decodeChapMd5Response } from "../../../server/ppp/auth/chap-md5.ts";
import type { AuthMethod, Credentials as Claim } from "../../../server/ppp/auth/credentials.ts";
import { EAP, EAP_TYPE, type EapHead } from "../../../server/ppp/auth/eap.ts";
import { decodeMsChapV1Response } from "../../../server/ppp/auth/ms-chap-v1.ts";
import { decodeMsChapV2Response } from "../../../server/ppp/auth/ms-chap-v2.ts";
import type { Packet } from "../../../server/ppp/packet.ts";

/** What the password that was given says about a log-in. */
export type PasswordVerdict =
  /** No password was given at all. */
  | "not-given"
  /** None for this name. */
  | "not-given-for-user"
  /** This method shows nothing that it could be held against. */
  | "not-checkable"
  /** The capture cut away what it would be held against. */
  | "not-checked"
  | "right"
  | "wrong";

/**
 * By the sizes of Challenge and Response. A link that is joined in its midst does not say how: MS-CHAPv1
 * alone has a challenge of 8 octets (RFC 2433 §5).
 */
export function guessed(challenge: number | undefined, response: number): AuthMethod | undefined {
  if (response !== 49) return response === 16 ? "chap-md5" : undefined;
  return challenge === 8 ? "ms-chap-v1" : "ms-chap-v2";
}

/** The name in a PAP request whose end the capture lacks; undefined: it is not whole. */
export function begunPapName(data: Uint8Array): Uint8Array | undefined {
  const [size] = data;
  return size === undefined || data.length <= size ? undefined : data.slice(1, 1 + size);
}

/** Methods of EAP that are CHAP. */
const CHAP_IN_EAP: ReadonlySet<number> = new Set([EAP_TYPE.msChapV2, EAP_TYPE.md5Challenge]);

/**
 * What is lost with the end of an EAP packet: who the client is, its answer, why it was refused, or what only
 * the rest would show. A Failure of MS-CHAPv2 within EAP begins with its OpCode. `head`: as far as it is
 * there.
 */
export function lostOfEap(
  code: number,
  head: EapHead | undefined,
): "claim" | "response" | "failure" | "challenge" | "eap" {
  if (head?.type === EAP_TYPE.identity) return code === EAP.response ? "claim" : "challenge";
  if (head === undefined || !CHAP_IN_EAP.has(head.type)) return "eap";
  if (code === EAP.response) return "response";
  const mayFail = head.type === EAP_TYPE.msChapV2 && (head.data[0] ?? CHAP.failure) === CHAP.failure;
  return mayFail ? "failure" : "challenge";
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

/** Who logs in, as a sentence names it. */
export const userInWords = ({
  user,
  cut,
}: {
  readonly user: string | undefined;
  readonly cut: { claim: boolean };
}): string =>
  user !== undefined
    ? `"${user}"`
    : `a user whose name ${cut.claim ? "the capture cut" : "is not in the capture"}`;
