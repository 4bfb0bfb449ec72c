import { endianness } from "node:os";
import { type Addon, isSystemError } from "./native/addon.ts";
import { aligned, NETLINK, REQUEST } from "./netlink.ts";

/** What can be asked for, by the number of the request (include/uapi/linux/rtnetlink.h). */
const GET = { links: 18, addresses: 22, routes: 26 } as const;

/**
 * A message of an answer: its fixed part, and its attributes by their number. Views: nothing is copied, for
 * there may be a million.
 */
export interface NetlinkMessage {
  readonly body: DataView;
  readonly attributes: ReadonlyMap<number, DataView>;
}

/** include/uapi/linux/netlink.h */
const [HEADER, ATTRIBUTE, DONE, ERROR, DUMP_INTERRUPTED, NESTED_OR_ORDERED, INET] = [
  16, 4, 3, 2, 0x10, 0xc000, 2,
];

/** Netlink's numbers are in the order of the machine, but for addresses. */
export const NATIVE = endianness() === "LE";

/**
 * Ours: sizes of the reply that are tried, in octets. The last holds a million routes, which a router may
 * have; few hosts need more than the first.
 */
const REPLY_SIZES = [256 * 1024, 4 * 1024 * 1024, 64 * 1024 * 1024];

/** Ours: something that changes under every reading is not waited for. */
const MAX_READINGS = 3;

/**
 * Calls `each` for every message of the kernel's answer. What changes while it is read is read again, so one
 * may come twice. False where the kernel refuses, answers more than the largest reply holds (`sizes`:
 * how many sizes are tried), or changes each time.
 */
export function readKernel(
  addon: Pick<Addon, "netlink">,
  what: keyof typeof GET,
  fixed: number,
  each: (message: NetlinkMessage) => void,
  sizes = REPLY_SIZES.length,
): boolean {
  for (let reading = 0; reading < MAX_READINGS; reading++) {
    const answer = everything(addon, question(what, fixed), sizes);
    const end = answer === undefined ? "refused" : readAnswer(answer, fixed, each);
    if (end !== "interrupted") return end === "done";
  }
  return false;
}

/** Undefined where the kernel refuses. */
function everything(
  addon: Pick<Addon, "netlink">,
  request: Uint8Array,
  sizes: number,
): Uint8Array | undefined {
  for (const size of REPLY_SIZES.slice(0, sizes)) {
    const reply = new Uint8Array(size);
    try {
      return reply.subarray(0, addon.netlink(NETLINK.route, request, reply));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code !== "ENOBUFS") return undefined;
    }
  }
  return undefined;
}

function question(what: keyof typeof GET, fixed: number): Uint8Array {
  const bytes = new Uint8Array(HEADER + fixed);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, NATIVE);
  view.setUint16(4, GET[what], NATIVE);
  view.setUint16(6, REQUEST.dump, NATIVE);
  // Links are of no family; the others are asked for IPv4.
  view.setUint8(HEADER, what === "links" ? 0 : INET);
  return bytes;
}

type Ended = "done" | "interrupted" | "refused";

/** Reads whole messages. What is no message, or an answer without an end, counts as a refusal. */
export function readAnswer(bytes: Uint8Array, fixed: number, each: (message: NetlinkMessage) => void): Ended {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let interrupted = false;
  for (let at = 0; at + HEADER <= view.byteLength; ) {
    const length = view.getUint32(at, NATIVE);
    const [type, flags] = [view.getUint16(at + 4, NATIVE), view.getUint16(at + 6, NATIVE)];
    if (length < HEADER || at + length > view.byteLength || type === ERROR) return "refused";
    interrupted ||= (flags & DUMP_INTERRUPTED) !== 0;
    if (type === DONE) return interrupted ? "interrupted" : "done";
    if (length >= HEADER + fixed) each(messageAt(view, at + HEADER, at + length, fixed));
    at += aligned(length);
  }
  return "refused";
}

function messageAt(view: DataView, from: number, end: number, fixed: number): NetlinkMessage {
  const attributes = new Map<number, DataView>();
  for (let at = from + aligned(fixed); at + ATTRIBUTE <= end; ) {
    const length = view.getUint16(at, NATIVE);
    if (length < ATTRIBUTE || at + length > end) break;
    const type = view.getUint16(at + 2, NATIVE) & ~NESTED_OR_ORDERED;
    attributes.set(type, part(view, at + ATTRIBUTE, at + length));
    at += aligned(length);
  }
  return { body: part(view, from, from + fixed), attributes };
}

const part = (view: DataView, from: number, end: number): DataView =>
  new DataView(view.buffer, view.byteOffset + from, end - from);
