import { type Decoded, fault } from "../../wire/decoded.ts";
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

/** A Response whose value has exactly `size` octets; fault `bad-length`, at the Value-Size, for any other. */
export function decodeChapResponse({ data }: Packet, size: number): Decoded<ChapValue> {
  const result = decodeChapValue(data);
  return result.ok && result.value.value.length !== size ? fault("bad-length", 0) : result;
}
