import {
  BEGINNINGS,
  CHANGED_LINES,
  COMM_VIEW,
  ENDINGS,
  ERF,
  EVENT_TRACE,
  type Foreign,
  MAGICS,
  other,
  SPOILT_PCAPNG,
  TAR_ARCHIVE,
  TEXTS,
} from "./foreign-formats.ts";
import { u16, u16le, u32le } from "./octets.ts";

/** Octets from the start of a file that tell what it is; the mark of tar stands furthest behind. */
export const HEAD = 512;

/** Where tar has its mark. */
const TAR = { at: 257, mark: "ustar" } as const;

/** What a file is that is no capture of ours and begins so; `name` helps where nothing else does. */
export function foreign(head: Uint8Array, name = ""): Foreign {
  const start = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  const marked = BEGINNINGS.find(([beginning]) => start.startsWith(beginning))?.[1];
  if (marked !== undefined) return marked;
  if (start.startsWith(TAR.mark, TAR.at)) return TAR_ARCHIVE;
  const behind = Math.min(...MAGICS.map((magic) => start.indexOf(magic)).filter((at) => at > 0));
  if (behind < HEAD)
    return other(
      `a capture behind ${behind} octets of something else: tail -c +${behind + 1} FILE | pacctl decode -`,
    );
  const text = textOf(head);
  const known = text === undefined ? undefined : TEXTS.find(([pattern]) => pattern.test(text))?.[1];
  if (known !== undefined) return known;
  const byName = ENDINGS.find(([ending]) => ending.test(name))?.[1];
  if (byName !== undefined) return byName;
  if (text !== undefined) return other("text");
  if (CHANGED_LINES.some((lines) => start.startsWith(lines))) return SPOILT_PCAPNG;
  if (isEventTrace(head)) return EVENT_TRACE;
  if (isCommView(head)) return COMM_VIEW;
  if (isErf(head)) return ERF;
  return other(head.every((octet) => octet === 0) ? "nothing but zeros: it was never written" : "");
}

/** Undefined where it is no text. */
function textOf(head: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return isPlain(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** No control character but those of lines, and of colours. */
const isPlain = (text: string): boolean =>
  [...text].every((letter) => letter >= " " || (letter >= "\t" && letter <= "\r") || letter === "\u001b");

/**
 * The first buffer of an event trace has no mark of its own: its size, then behind its header the first
 * event, whose marker names the kind of header.
 */
function isEventTrace(head: Uint8Array): boolean {
  if (head.length < EVENT_AT + 4) return false;
  const size = u32le(head, 0);
  const kind = head[EVENT_AT + 2]!;
  return size >= 1024 && size % 1024 === 0 && (kind === 1 || kind === 2) && head[EVENT_AT + 3] === MARKER;
}

const EVENT_AT = 0x48;
const MARKER = 0xc0;

/** The length, twice in two octets each with a version behind, or in NCFX once in four; then a date. */
function isCommView(head: Uint8Array): boolean {
  if (head.length < 16) return false;
  const short = u16le(head, 0) === u16le(head, 2) && u16le(head, 0) > 0 && isDate(head, 5);
  return short || (u16le(head, 2) === 0 && u16le(head, 0) > 0 && isDate(head, 4));
}

/** Year, month, day, hour, minute, second. */
function isDate(head: Uint8Array, at: number): boolean {
  const year = u16le(head, at);
  const [month, day, hour, minute, second] = head.subarray(at + 2, at + 7) as unknown as number[];
  return (
    year > 1995 &&
    year < 2100 &&
    month! >= 1 &&
    month! <= 12 &&
    day! >= 1 &&
    day! <= 31 &&
    hour! < 24 &&
    minute! < 60 &&
    second! < 60
  );
}

/** Seconds of 1995 and 2100. */
const EARLIEST = 788_918_400;
const LATEST = 4_102_444_800;

const ERF_HEADER = 16;
const MAX_ERF_TYPE = 48;

/** Time with its seconds in the upper half, type, flags, length of the record, losses, length on the wire. */
function isErf(head: Uint8Array): boolean {
  if (head.length < ERF_HEADER) return false;
  const seconds = u32le(head, 4);
  const type = head[8]! & 0x7f;
  const plausible = seconds > EARLIEST && seconds < LATEST && type >= 1 && type <= MAX_ERF_TYPE;
  return plausible && u16(head, 10) >= ERF_HEADER;
}
