import { type Decoded, decoded } from "../../wire/decoded.ts";
import { Reader } from "../../wire/reader.ts";
import { Writer } from "../../wire/writer.ts";
import type { Packet } from "../packet.ts";

/** Type-Data of EAP-MSCHAPv2, type 26 (draft-kamath-pppext-eap-mschapv2 §2). */
export interface EapMsChapV2 {
  /** OpCode, MS-CHAPv2-ID and data as the packet of CHAP that they are: `CHAP` has the codes. */
  readonly chap: Packet;
  /**
   * As it stands there. It must be the number of these octets, and some servers get it wrong, so that nothing
   * is made of it. Undefined: what the client says to a Success or Failure is its OpCode alone (§2.4, §2.6).
   */
  readonly msLength: number | undefined;
}

/** OpCode, MS-CHAPv2-ID and MS-Length. */
const HEADER = 4;

/** Fault: `truncated` where a field does not fit. An OpCode that stands alone has the identifier 0. */
export function decodeEapMsChapV2(data: Uint8Array): Decoded<EapMsChapV2> {
  if (data.length === 1)
    return decoded({ chap: { code: data[0]!, identifier: 0, data: data.subarray(1) }, msLength: undefined });
  const reader = new Reader(data);
  const [code, identifier, msLength] = [reader.u8(), reader.u8(), reader.u16()];
  return reader.done({ chap: { code, identifier, data: reader.rest() }, msLength });
}

/** A packet of CHAP as Type-Data of EAP-MSCHAPv2. */
export function encodeEapMsChapV2({ code, identifier, data }: Packet): Uint8Array {
  const length = HEADER + data.length;
  return new Writer(length).u8(code).u8(identifier).u16(length).octets(data).bytes();
}
