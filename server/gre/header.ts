/**
 * The enhanced GRE header of one packet (RFC 2637 §4.1). One such object is filled again and again, since a
 * packet must cost no allocation.
 *
 * Sequence and acknowledgement numbers are the 32 bits of the wire as a *signed* integer: V8 keeps those
 * without a heap object. Only their differences mean anything (`sequence.ts`); `>>> 0` makes one readable.
 */
export class GreHeader {
  /** The receiver's call ID. */
  callId = 0;
  /** Octets of PPP behind the header; 0 in a lone acknowledgement. */
  payloadLength = 0;
  /** Where the payload begins. Set by `readGre`. */
  payloadOffset = 0;
  hasSequence = false;
  sequence = 0;
  hasAcknowledgement = false;
  acknowledgement = 0;
}

/** What `readGre` found. */
export const GRE_OK = 0;
/** The packet ends before its header or before its payload does. */
export const GRE_TRUNCATED = 1;
/** Not enhanced GRE with PPP in it: version, flags or protocol, or a payload without a sequence number. */
export const GRE_NOT_PPTP = 2;

export type GreOutcome = typeof GRE_OK | typeof GRE_TRUNCATED | typeof GRE_NOT_PPTP;

/** C, R, K, S, s, Recur, A, Flags, Ver are bits 15 to 0 of the first two octets. */
const KEY_PRESENT = 0x2000;
const SEQUENCE_PRESENT = 0x1000;
const ACKNOWLEDGEMENT_PRESENT = 0x0080;
const VERSION_1 = 0x0001;
const OPTIONAL = SEQUENCE_PRESENT | ACKNOWLEDGEMENT_PRESENT;

/** PPP, by the number that PPTP uses for it. */
const PROTOCOL_PPP = 0x880b;

/** Flags, protocol and key: what is always there. */
const FIXED_LENGTH = 8;

/** The longest header: with both optional numbers. */
export const MAX_GRE_HEADER = 16;

/**
 * Reads the header that begins at `offset` of a packet that ends at `end`; `into` is valid only where the
 * outcome is GRE_OK. Octets behind the payload are Ethernet padding and nobody's business.
 *
 * A sequence number without payload is let through: RFC 2637 gives it no meaning, and it does no harm. A
 * payload without sequence number is not: it would pass the window unseen, and late packets must never reach
 * MPPE.
 */
export function readGre(bytes: Uint8Array, offset: number, end: number, into: GreHeader): GreOutcome {
  if (end - offset < FIXED_LENGTH) return GRE_TRUNCATED;
  const flags = (bytes[offset]! << 8) | bytes[offset + 1]!;
  if ((flags & ~OPTIONAL) !== (KEY_PRESENT | VERSION_1)) return GRE_NOT_PPTP;
  if (((bytes[offset + 2]! << 8) | bytes[offset + 3]!) !== PROTOCOL_PPP) return GRE_NOT_PPTP;

  const payloadLength = (bytes[offset + 4]! << 8) | bytes[offset + 5]!;
  const hasSequence = (flags & SEQUENCE_PRESENT) !== 0;
  const hasAcknowledgement = (flags & ACKNOWLEDGEMENT_PRESENT) !== 0;
  if (payloadLength > 0 && !hasSequence) return GRE_NOT_PPTP;

  const payloadOffset = offset + greHeaderLength(hasSequence, hasAcknowledgement);
  if (payloadOffset + payloadLength > end) return GRE_TRUNCATED;

  let at = offset + FIXED_LENGTH;
  into.hasSequence = hasSequence;
  into.sequence = 0;
  if (hasSequence) {
    into.sequence = readInt32(bytes, at);
    at += 4;
  }
  into.hasAcknowledgement = hasAcknowledgement;
  into.acknowledgement = hasAcknowledgement ? readInt32(bytes, at) : 0;
  into.callId = (bytes[offset + 6]! << 8) | bytes[offset + 7]!;
  into.payloadLength = payloadLength;
  into.payloadOffset = payloadOffset;
  return GRE_OK;
}

/** Octets that the header takes. */
export function greHeaderLength(hasSequence: boolean, hasAcknowledgement: boolean): number {
  return FIXED_LENGTH + (hasSequence ? 4 : 0) + (hasAcknowledgement ? 4 : 0);
}

/**
 * Writes the header at `offset`, where there must be room for `greHeaderLength(…)` octets, and returns that
 * length. The payload of `payloadLength` octets belongs right behind it.
 */
export function writeGre(bytes: Uint8Array, offset: number, header: GreHeader): number {
  let flags = KEY_PRESENT | VERSION_1;
  if (header.hasSequence) flags |= SEQUENCE_PRESENT;
  if (header.hasAcknowledgement) flags |= ACKNOWLEDGEMENT_PRESENT;
  writeUint16(bytes, offset, flags);
  writeUint16(bytes, offset + 2, PROTOCOL_PPP);
  writeUint16(bytes, offset + 4, header.payloadLength);
  writeUint16(bytes, offset + 6, header.callId);
  let at = offset + FIXED_LENGTH;
  if (header.hasSequence) {
    writeInt32(bytes, at, header.sequence);
    at += 4;
  }
  if (header.hasAcknowledgement) {
    writeInt32(bytes, at, header.acknowledgement);
    at += 4;
  }
  return at - offset;
}

function readInt32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

function writeUint16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

function writeInt32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}
