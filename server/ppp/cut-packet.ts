import { CODE } from "./codes.ts";
import { decodePacket, type Packet } from "./packet.ts";
import { PROTOCOL } from "./protocols.ts";

/** A packet as far as a capture with a snap length holds it: `data` may be the beginning of what was sent. */
export interface CutPacket extends Packet {
  /** The Identifier; -1 where the capture lacks it. */
  readonly identifier: number;
  /** The capture lacks the end of `data`, or all of it. */
  readonly cut: boolean;
  /** The Length field (RFC 1661 §5); undefined where the capture lacks it. */
  readonly length: number | undefined;
}

const HEADER = 4;
const OPTION_HEADER = 2;

/** Not an Identifier: those are 0 to 255. */
export const UNKNOWN_IDENTIFIER = -1;

/**
 * The beginning of a packet whose end the capture lacks. Undefined where not even its Code is there, or where
 * its Length is shorter than its header.
 */
export function decodeCutPacket(information: Uint8Array): CutPacket | undefined {
  const code = information[0];
  if (code === undefined) return undefined;
  const identifier = information[1] ?? UNKNOWN_IDENTIFIER;
  if (information.length < HEADER)
    return { code, identifier, data: new Uint8Array(0), cut: true, length: undefined };
  const length = (information[2]! << 8) | information[3]!;
  if (length < HEADER) return undefined;
  const data = information.subarray(HEADER, length);
  return { code, identifier, data, cut: length > information.length, length };
}

/** A packet that the capture holds as a whole. */
export function wholePacket(information: Uint8Array): CutPacket | undefined {
  const packet = decodePacket(information);
  if (!packet.ok) return undefined;
  return { ...packet.value, cut: false, length: packet.value.data.length + HEADER };
}

/** Length of a Terminate-Request with Windows' number in it (`terminate-data.ts`). */
export const WINDOWS_LENGTH = HEADER + 12;

/** Protocols whose Configure packets carry options. */
const NEGOTIATED: ReadonlySet<number> = new Set([PROTOCOL.lcp, PROTOCOL.ccp, PROTOCOL.ipcp, PROTOCOL.ipv6cp]);

/** Does a packet of this code carry Configuration Options (RFC 1661 §5.1 to §5.4)? */
export const hasOptions = (protocol: number, code: number): boolean =>
  NEGOTIATED.has(protocol) && code >= CODE.configureRequest && code <= CODE.configureReject;

/** Of options whose end is missing, those that are whole. A view. */
export function wholeOptions(data: Uint8Array): Uint8Array {
  for (let end = 0; ; ) {
    const length = data[end + 1];
    if (length === undefined || length < OPTION_HEADER || end + length > data.length)
      return data.subarray(0, end);
    end += length;
  }
}
