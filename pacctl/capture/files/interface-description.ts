import { printable } from "../../../server/wire/printable.ts";
import { MICROSECONDS } from "./interface-clock.ts";
import { type ByteOrder, u16of, u32of } from "./octets.ts";
import { eachOption } from "./options.ts";

/** Link type, reserved octets and snap length. */
const FIELDS = 8;

/** Options of an Interface Description Block (draft-ietf-opsawg-pcapng §4.2). */
const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;

/** Octets of a name that are shown: Linux has 15, Windows a GUID or a sentence. */
const MAX_NAME = 64;

export interface InterfaceDescription {
  readonly linkType: number;
  readonly snapLength: number;
  readonly name: string | undefined;
  /** if_tsresol, as it stands. */
  readonly resolution: number;
  /** if_tsoffset, in seconds. */
  readonly timeOffset: bigint;
  /** False: an option does not fit its block, and those behind it were not read. */
  readonly whole: boolean;
}

/** The body of an Interface Description Block; undefined where it has not even its fields. */
export function readInterface(
  order: ByteOrder,
  bytes: Uint8Array,
  from: number,
  to: number,
): InterfaceDescription | undefined {
  if (to - from < FIELDS) return undefined;
  let name: string | undefined;
  let described: string | undefined;
  let resolution = MICROSECONDS;
  let timeOffset = 0n;
  const whole = eachOption(order, bytes, from + FIELDS, to, (code, start, end) => {
    if (code === IF_NAME) name ??= text(bytes, start, end);
    else if (code === IF_DESCRIPTION) described ??= text(bytes, start, end);
    else if (code === IF_TSRESOL && end > start) resolution = bytes[start]!;
    else if (code === IF_TSOFFSET && end - start === 8) timeOffset = signed64(order, bytes, start);
  });
  return {
    linkType: u16of(order, bytes, from),
    snapLength: u32of(order, bytes, from + 4),
    name: described ?? name,
    resolution,
    timeOffset,
    whole,
  };
}

/** Windows' names are GUIDs, and the description says what a reader knows the interface by. */
function text(bytes: Uint8Array, from: number, to: number): string | undefined {
  let end = to;
  while (end > from && bytes[end - 1] === 0) end -= 1;
  return end === from ? undefined : printable(bytes.subarray(from, end), MAX_NAME);
}

function signed64(order: ByteOrder, bytes: Uint8Array, at: number): bigint {
  const first = BigInt(u32of(order, bytes, at));
  const second = BigInt(u32of(order, bytes, at + 4));
  return BigInt.asIntN(64, order === "big" ? (first << 32n) | second : (second << 32n) | first);
}
