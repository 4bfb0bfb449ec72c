import { type Decoded, decoded } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";
import { Writer } from "../../wire/writer.ts";
import type { Packet } from "../packet.ts";

/** Codes of CHAP packets: RFC 1994 §4; Change-Password is RFC 2759 §7. */
export const CHAP = { challenge: 1, response: 2, success: 3, failure: 4, changePassword: 7 } as const;

/** Data of a Challenge or Response (RFC 1994 §4.1). */
export interface ChapValue {
  readonly value: Uint8Array;
  /** As sent: octets without an agreed character set. */
  readonly name: Uint8Array;
}

/** Faults: `truncated` where Value-Size or Value does not fit. The name may be empty. */
export function decodeChapValue(data: Uint8Array): Decoded<ChapValue> {
  const reader = new Reader(data);
  const value = reader.octets(reader.u8());
  return reader.done({ value, name: reader.rest() });
}

/** Data of a Challenge or Response. Throws RangeError for a value beyond 255 octets. */
export function encodeChapValue({ value, name }: ChapValue): Uint8Array {
  return new Writer().u8(value.length).octets(value).octets(name).bytes();
}

/** The Value of an MS-CHAPv2 Response (RFC 2759 §4). */
export interface MsChapResponse {
  /** 16 octets. */
  readonly peerChallenge: Uint8Array;
  /** 24 octets. */
  readonly ntResponse: Uint8Array;
  readonly flags: number;
  readonly name: Uint8Array;
}

/** Windows 98 sets this flag and does not read a Success or Failure with ` M=`. */
export const NO_MESSAGE = 0x04;

/**
 * The Response of MS-CHAPv2: 49 octets exactly (fault `bad-length`, at the Value-Size, for any other). The eight
 * reserved octets are not looked at.
 */
export function decodeMsChapResponse(packet: Packet): Decoded<MsChapResponse> {
  const outer = decodeChapValue(packet.data);
  if (!outer.ok) return outer;
  const { value, name } = outer.value;
  if (value.length !== 49) return { ok: false, code: "bad-length", at: 0 };
  const reader = new Reader(value);
  const peerChallenge = reader.octets(16);
  reader.skip(8);
  const ntResponse = reader.octets(24);
  return decoded({ peerChallenge, ntResponse, flags: reader.u8(), name });
}
