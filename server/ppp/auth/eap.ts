import type { Decoded } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";
import type { Packet } from "../packet.ts";

/** Codes of EAP packets (RFC 3748 §4). */
export const EAP = { request: 1, response: 2, success: 3, failure: 4 } as const;

const CODES = new Map<number, string>([
  [EAP.request, "Request"],
  [EAP.response, "Response"],
  [EAP.success, "Success"],
  [EAP.failure, "Failure"],
]);

/** Types that VPN clients use (RFC 3748 §5; 13: RFC 5216; 25, 26: Microsoft's PEAP and EAP-MS-CHAPv2). */
const TYPES = new Map<number, string>([
  [1, "identity"],
  [2, "notification"],
  [3, "nak"],
  [4, "md5-challenge"],
  [5, "one-time-password"],
  [6, "generic-token-card"],
  [13, "tls"],
  [21, "ttls"],
  [25, "peap"],
  [26, "ms-chap-v2"],
]);

/** The head of an EAP packet: pacd never speaks EAP, it only names it. */
export interface EapHead {
  readonly type: number;
  /** A view. May be a secret, or a name. */
  readonly data: Uint8Array;
}

/** Type and Type-Data of a Request or Response (RFC 3748 §4.1). Fault: `truncated` where there is no type. */
export function decodeEapHead({ data }: Packet): Decoded<EapHead> {
  const reader = new Reader(data);
  return reader.done({ type: reader.u8(), data: reader.rest() });
}

/** `Request`, or `code-9`. */
export const eapCodeName = (code: number): string => CODES.get(code) ?? `code-${code}`;

/** `4(md5-challenge)`, or the number alone. */
export function eapTypeName(type: number): string {
  const name = TYPES.get(type);
  return name === undefined ? String(type) : `${type}(${name})`;
}

/** Has a packet of this code a Type? */
export const hasEapType = (code: number): boolean => code === EAP.request || code === EAP.response;
