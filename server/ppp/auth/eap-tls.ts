import type { Decoded } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";

/** Type-Data of EAP-TLS (RFC 5216 §3.1), and of PEAP, EAP-TTLS, EAP-FAST and TEAP, which begin alike. */
export interface EapTls {
  readonly flags: number;
  /** TLS Message Length: octets of the whole message. Undefined: flag L is clear. */
  readonly length: number | undefined;
  /** A piece of the message. A view. */
  readonly fragment: Uint8Array;
}

/** Flags: the length is there, more fragments follow, a Start without data. */
export const EAP_TLS_FLAG = { lengthIncluded: 0x80, moreFragments: 0x40, start: 0x20 } as const;

/** Fault: `truncated`. */
export function decodeEapTls(data: Uint8Array): Decoded<EapTls> {
  const reader = new Reader(data);
  const flags = reader.u8();
  const length = (flags & EAP_TLS_FLAG.lengthIncluded) === 0 ? undefined : reader.u32();
  return reader.done({ flags, length, fragment: reader.rest() });
}

/** The record of an alert: type 21, version, length 2 (RFC 5246 §6.2.1), level and description. */
const ALERT = 21;
const ALERT_RECORD = 7;

/** Descriptions (RFC 8446 §6) by which one side says why it takes no part in TLS. */
const ALERTS = new Map([
  [20, "bad_record_mac"],
  [40, "handshake_failure"],
  [42, "bad_certificate"],
  [43, "unsupported_certificate"],
  [44, "certificate_revoked"],
  [45, "certificate_expired"],
  [46, "certificate_unknown"],
  [47, "illegal_parameter"],
  [48, "unknown_ca"],
  [49, "access_denied"],
  [50, "decode_error"],
  [51, "decrypt_error"],
  [70, "protocol_version"],
  [71, "insufficient_security"],
  [80, "internal_error"],
  [90, "user_canceled"],
  [112, "unrecognized_name"],
  [116, "certificate_required"],
]);

/** Tells of the end of a connection, and of no fault. */
const CLOSE_NOTIFY = 0;

/**
 * What a TLS alert in clear at the beginning of this piece says: `unknown_ca`. Undefined: there is none, or
 * it only closes. Once keys are agreed, alerts are encrypted and not to be told from other data.
 */
export function tlsAlert(fragment: Uint8Array): string | undefined {
  const [type, major, , high, low, level, description] = fragment;
  if (fragment.length !== ALERT_RECORD || type !== ALERT || major !== 3 || high !== 0 || low !== 2)
    return undefined;
  if ((level !== 1 && level !== 2) || description === CLOSE_NOTIFY) return undefined;
  return ALERTS.get(description!) ?? `alert ${description}`;
}
