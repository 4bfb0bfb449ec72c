import { loadAddon } from "./native/addon.ts";

/** Protocols of netlink(7), include/uapi/linux/netlink.h. */
export const NETLINK = { route: 0, netfilter: 12 } as const;

/** Flags of a request. A dump asks for everything of a kind. */
export const REQUEST = { one: 0x1, dump: 0x301, acknowledged: 0x5, replacing: 0x505 } as const;

/** The value of an attribute; its number may carry two bits that say how the value is built. */
export type Attribute = readonly [number: number, value: Uint8Array];

/** A request to the kernel. `header` is that of the message's family. */
export interface NetlinkRequest {
  readonly type: number;
  readonly flags: number;
  readonly header: Uint8Array;
  readonly attributes?: readonly Attribute[];
}

/** One message of the answer, with a header of the same length. */
export interface NetlinkAnswer {
  readonly header: Buffer;
  readonly attributes: ReadonlyMap<number, Buffer>;
}

const MESSAGE_HEADER = 16;
const ATTRIBUTE_HEADER = 4;

/** NLA_F_NESTED and NLA_F_NET_BYTEORDER. */
const ATTRIBUTE_NUMBER = 0x3fff;

/**
 * The messages that only frame an answer: NOOP, ERROR (an acknowledgement, where nothing was thrown), DONE.
 */
const FIRST_TYPE = 16;

/** Ours: rules of one table, addresses of one interface and single routes need little of it. */
const MAX_ANSWER = 256 * 1024;

let reply: Buffer | undefined;

/**
 * Asks the kernel and returns its answer, within the call. Throws the kernel's refusal as the addon's Error
 * with `code`, for example ENOENT; ENOBUFS where the answer has more than MAX_ANSWER octets.
 */
export function ask(protocol: number, request: NetlinkRequest): readonly NetlinkAnswer[] {
  reply ??= Buffer.alloc(MAX_ANSWER);
  const length = loadAddon().netlink(protocol, encode(request), reply);
  return decode(reply.subarray(0, length), request.header.length);
}

/** Messages and attributes begin at a multiple of four octets. */
export const aligned = (length: number): number => (length + 3) & ~3;

function encode({ type, flags, header, attributes = [] }: NetlinkRequest): Buffer {
  const size = attributes.reduce((sum, [, value]) => sum + aligned(ATTRIBUTE_HEADER + value.length), 0);
  const bytes = Buffer.alloc(MESSAGE_HEADER + aligned(header.length) + size);
  bytes.writeUInt32LE(bytes.length, 0);
  bytes.writeUInt16LE(type, 4);
  bytes.writeUInt16LE(flags, 6);
  bytes.set(header, MESSAGE_HEADER);
  let at = MESSAGE_HEADER + aligned(header.length);
  for (const [number, value] of attributes) {
    bytes.writeUInt16LE(ATTRIBUTE_HEADER + value.length, at);
    bytes.writeUInt16LE(number, at + 2);
    bytes.set(value, at + ATTRIBUTE_HEADER);
    at += aligned(ATTRIBUTE_HEADER + value.length);
  }
  return bytes;
}

/** Numbers are in the order of the machine: x86_64 and aarch64 both begin with the smallest. */
function decode(bytes: Buffer, headerLength: number): readonly NetlinkAnswer[] {
  const answers: NetlinkAnswer[] = [];
  for (let at = 0; at + MESSAGE_HEADER <= bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    if (length < MESSAGE_HEADER || at + length > bytes.length) break;
    if (bytes.readUInt16LE(at + 4) >= FIRST_TYPE && length >= MESSAGE_HEADER + headerLength) {
      const body = bytes.subarray(at + MESSAGE_HEADER, at + length);
      // A copy: the next question writes over these octets.
      const header = Buffer.from(body.subarray(0, headerLength));
      answers.push({ header, attributes: attributesOf(body.subarray(aligned(headerLength))) });
    }
    at += aligned(length);
  }
  return answers;
}

/** The attributes in `bytes`, each once: the last of several with one number. */
export function attributesOf(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + ATTRIBUTE_HEADER <= bytes.length; ) {
    const length = bytes.readUInt16LE(at);
    if (length < ATTRIBUTE_HEADER || at + length > bytes.length) break;
    found.set(
      bytes.readUInt16LE(at + 2) & ATTRIBUTE_NUMBER,
      Buffer.from(bytes.subarray(at + ATTRIBUTE_HEADER, at + length)),
    );
    at += aligned(length);
  }
  return found;
}

/** One attribute as it stands in the value of another. */
export function attribute(number: number, value: Uint8Array): Buffer {
  const bytes = Buffer.alloc(aligned(ATTRIBUTE_HEADER + value.length));
  bytes.writeUInt16LE(ATTRIBUTE_HEADER + value.length, 0);
  bytes.writeUInt16LE(number, 2);
  bytes.set(value, ATTRIBUTE_HEADER);
  return bytes;
}

/** A string as attributes have it, with a zero at its end. */
export const text = (value: string): Buffer => Buffer.from(`${value}\0`);
