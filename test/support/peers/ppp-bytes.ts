/**
 * PPP control packets by hand, without the server's codecs: what a peer writes must not depend on how we
 * read.
 */
export interface PppPacket {
  readonly protocol: number;
  readonly code: number;
  readonly id: number;
  readonly data: Uint8Array;
}

export const LCP = 0xc021;
export const CHAP = 0xc223;
export const CCP = 0x80fd;
export const IPCP = 0x8021;
export const MPPE = 0x00fd;

export const CONFIGURE_REQUEST = 1;
export const CONFIGURE_ACK = 2;
export const CONFIGURE_NAK = 3;
export const CONFIGURE_REJECT = 4;
export const TERMINATE_REQUEST = 5;
export const TERMINATE_ACK = 6;
export const PROTOCOL_REJECT = 8;
export const ECHO_REQUEST = 9;
export const ECHO_REPLY = 10;

export function frameOf(packet: PppPacket): Uint8Array {
  const frame = Buffer.alloc(8 + packet.data.length);
  frame.writeUInt16BE(0xff03, 0);
  frame.writeUInt16BE(packet.protocol, 2);
  frame[4] = packet.code;
  frame[5] = packet.id;
  frame.writeUInt16BE(4 + packet.data.length, 6);
  frame.set(packet.data, 8);
  return frame;
}

/** Protocol and rest of a frame, with or without FF 03, protocol of one or two octets. */
export function unframe(frame: Uint8Array): { readonly protocol: number; readonly rest: Uint8Array } {
  const at = frame[0] === 0xff && frame[1] === 0x03 ? 2 : 0;
  const first = frame[at]!;
  return first & 1
    ? { protocol: first, rest: frame.subarray(at + 1) }
    : { protocol: (first << 8) | frame[at + 1]!, rest: frame.subarray(at + 2) };
}

export function packetOf(protocol: number, rest: Uint8Array): PppPacket {
  const length = (rest[2]! << 8) | rest[3]!;
  return { protocol, code: rest[0]!, id: rest[1]!, data: rest.slice(4, length) };
}

/** One option: type, length, value in hex. */
export const option = (type: number, value: string): Uint8Array => {
  const octets = Buffer.from(value, "hex");
  return Buffer.concat([Buffer.from([type, 2 + octets.length]), octets]);
};

/** The options of a Configure packet, by type. */
export function optionsOf(data: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (let at = 0; at + 1 < data.length; at += Math.max(2, data[at + 1]!)) {
    found.set(data[at]!, data.slice(at + 2, at + data[at + 1]!));
  }
  return found;
}
