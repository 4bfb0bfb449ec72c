/**
 * The head of a PPP frame inside GRE: FF 03 present or not, protocol of one octet or two (RFC 1661 §6.5,
 * §6.6), whatever LCP agreed to. One object is filled again for every frame, so that none is allocated.
 */
export class PppHeader {
  protocol = 0;
  /** Offset of the octet behind the protocol field. */
  information = 0;

  /** Reads the head of the frame in `bytes[at..end)`; false when it is none. */
  read(bytes: Uint8Array, at: number, end: number): boolean {
    const protocol = end - at >= 2 && bytes[at] === 0xff && bytes[at + 1] === 0x03 ? at + 2 : at;
    return this.readProtocol(bytes, protocol, end);
  }

  /** Reads a protocol field alone, as it stands inside MPPE. */
  readProtocol(bytes: Uint8Array, at: number, end: number): boolean {
    if (at >= end) return false;
    const first = bytes[at]!;
    if ((first & 1) === 1) {
      this.protocol = first;
      this.information = at + 1;
      return true;
    }
    // RFC 1661 §2: the last octet of a protocol number is odd.
    if (at + 1 >= end || (bytes[at + 1]! & 1) === 0) return false;
    this.protocol = (first << 8) | bytes[at + 1]!;
    this.information = at + 2;
    return true;
  }
}
