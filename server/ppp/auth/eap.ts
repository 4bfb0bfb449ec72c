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

/**
 * Types of EAP that something is made of (RFC 3748 §5; 13: RFC 5216; 26: draft-kamath-pppext-eap-mschapv2).
 */
export const EAP_TYPE = {
  identity: 1,
  notification: 2,
  nak: 3,
  md5Challenge: 4,
  otp: 5,
  gtc: 6,
  tls: 13,
  leap: 17,
  ttls: 21,
  peap: 25,
  msChapV2: 26,
  fast: 43,
  pwd: 52,
  teap: 55,
  expanded: 254,
} as const;

/** From this number on a type is a method of authentication (RFC 3748 §5). */
const FIRST_METHOD = 4;

/** By number: the name in a trace, and how people call the method. Those that peers on PPP may have. */
const TYPES = new Map<number, readonly [name: string, title: string]>([
  [EAP_TYPE.identity, ["identity", "Identity"]],
  [EAP_TYPE.notification, ["notification", "Notification"]],
  [EAP_TYPE.nak, ["nak", "Nak"]],
  [EAP_TYPE.md5Challenge, ["md5-challenge", "EAP-MD5"]],
  [EAP_TYPE.otp, ["one-time-password", "EAP-OTP"]],
  [EAP_TYPE.gtc, ["generic-token-card", "EAP-GTC"]],
  [9, ["rsa-public-key", "EAP-RSA"]],
  [10, ["dss", "EAP-DSS"]],
  [EAP_TYPE.tls, ["tls", "EAP-TLS"]],
  [14, ["defender-token", "EAP Defender Token"]],
  [15, ["securid", "EAP SecurID"]],
  [EAP_TYPE.leap, ["leap", "LEAP"]],
  [18, ["sim", "EAP-SIM"]],
  [19, ["srp-sha1", "EAP-SRP"]],
  [EAP_TYPE.ttls, ["ttls", "EAP-TTLS"]],
  [23, ["aka", "EAP-AKA"]],
  [EAP_TYPE.peap, ["peap", "PEAP"]],
  [EAP_TYPE.msChapV2, ["ms-chap-v2", "EAP-MSCHAPv2"]],
  [29, ["cisco-ms-chap-v2", "Cisco's EAP-MSCHAPv2"]],
  [32, ["one-time-password-pond", "EAP-POTP"]],
  [33, ["extensions", "EAP Extensions"]],
  [38, ["tnc", "EAP-TNC"]],
  [EAP_TYPE.fast, ["fast", "EAP-FAST"]],
  [46, ["pax", "EAP-PAX"]],
  [47, ["psk", "EAP-PSK"]],
  [49, ["ikev2", "EAP-IKEv2"]],
  [50, ["aka-prime", "EAP-AKA'"]],
  [EAP_TYPE.pwd, ["pwd", "EAP-pwd"]],
  [53, ["eke", "EAP-EKE"]],
  [EAP_TYPE.teap, ["teap", "TEAP"]],
  [EAP_TYPE.expanded, ["expanded", "EAP Expanded Type"]],
  [255, ["experimental", "EAP Experimental"]],
]);

/** The head of an EAP packet. */
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

/** Data of a Request or Response. */
export const encodeEapHead = ({ type, data }: EapHead): Uint8Array => Uint8Array.of(type, ...data);

/** Type-Data of an Identity (RFC 3748 §5.1): what stands behind a zero octet is no part of the name. */
export function identityName(data: Uint8Array): Uint8Array {
  const end = data.indexOf(0);
  return end < 0 ? data : data.subarray(0, end);
}

/**
 * Type-Data of a Nak: the types that its sender wants instead (RFC 3748 §5.3.1). None: there is none that it
 * would take, which it says as 0.
 */
export const wantedTypes = (data: Uint8Array): readonly number[] => [...data].filter((type) => type !== 0);

/** `Request`, or `code-9`. */
export const eapCodeName = (code: number): string => CODES.get(code) ?? `code-${code}`;

/** `4(md5-challenge)`, or the number alone. */
export function eapTypeName(type: number): string {
  const name = TYPES.get(type)?.[0];
  return name === undefined ? String(type) : `${type}(${name})`;
}

/** As people call a method: `EAP-TLS`; `EAP type 99` for one that is not known here. */
export const eapTitle = (type: number): string => TYPES.get(type)?.[1] ?? `EAP type ${type}`;

/** Is this type a method of authentication, and no Identity, Notification or Nak? */
export const isEapMethod = (type: number): boolean => type >= FIRST_METHOD;

/** Has a packet of this code a Type? */
export const hasEapType = (code: number): boolean => code === EAP.request || code === EAP.response;
