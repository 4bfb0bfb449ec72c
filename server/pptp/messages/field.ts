import { hex } from "../../wire/bytes.ts";
import { characterMap } from "../../wire/control-characters.ts";
import { isText } from "../../wire/printable.ts";
import type { Reader } from "../../wire/reader.ts";
import { type Octets, octets } from "../../wire/units.ts";
import type { Writer } from "../../wire/writer.ts";
import { bitNames, bitRate, codeName, hexadecimal, quoted, tenths } from "./show.ts";

/** One field of a control message: how it stands on the wire and in a log line. */
export interface Field<T> {
  readonly kind: "unsigned" | "octets" | "text" | "reserved";
  readonly size: Octets;
  /** Reads `size` octets; what it returns owns its memory. */
  read(from: Reader): T;
  /** Writes `size` octets. A value that does not fit throws RangeError: our bug. */
  write(to: Writer, value: T): void;
  show(value: T): string;
  /** For who reads every field; without it, as `show`. */
  words?(value: T): string;
}

/** A field that carries nothing: zero when sent, ignored when received (Cisco fills some, RFC 2637 §2). */
export interface Reserved extends Field<undefined> {
  readonly kind: "reserved";
}

type Show = (value: number) => string;

export const u8 = (show: Show = String, words: Show = show): Field<number> => ({
  kind: "unsigned",
  size: octets(1),
  read: (from) => from.u8(),
  write: (to, value) => to.u8(value),
  show,
  words,
});

/** `T`: a branded number, for example a call ID. */
export const u16 = <T extends number = number>(show: Show = String, words: Show = show): Field<T> => ({
  kind: "unsigned",
  size: octets(2),
  read: (from) => from.u16() as T,
  write: (to, value) => to.u16(value),
  show,
  words,
});

export const u32 = (show: Show = String, words: Show = show): Field<number> => ({
  kind: "unsigned",
  size: octets(4),
  read: (from) => from.u32(),
  write: (to, value) => to.u32(value),
  show,
  words,
});

/**
 * One octet whose known values have names. Any other value decodes as well: what it means is the machine's
 * affair.
 */
export function code(names: Readonly<Record<string, number>>): Field<number> {
  const show = codeName(names);
  const known = new Set(Object.values(names));
  return u8(show, (value) => (known.has(value) ? show(value) : `${value} (not defined by RFC 2637)`));
}

/** 32 bits that have names each. */
export const bitSet = (names: Readonly<Record<string, number>>): Field<number> => u32(bitNames(names));

/** The version of the protocol: two octets, read as `1.0`. */
export const version = (): Field<number> =>
  u16(hexadecimal(4), (value) => `${hexadecimal(4)(value)} (${value >>> 8}.${value & 0xff})`);

/** An Async-Control-Character-Map (RFC 1662 §7.1). */
export const accm = (): Field<number> =>
  u32(hexadecimal(8), (value) => `${hexadecimal(8)(value)} (to be escaped: ${characterMap(value)})`);

/** Bits a second. */
export const bps = (): Field<number> => u32(String, bitRate);

/** 16 bits that count something: `64 packets`, where `what` is "packet". */
export const counted = (what: string): Field<number> =>
  u16(String, (value) => `${value} ${what}${value === 1 ? "" : "s"}`);

/** 16 bits in tenths of a second. */
export const delay = (): Field<number> => u16(String, tenths);

/** Exactly `size` octets, whatever they are. Fewer are filled up with zeros when written. */
export const raw = (size: number): Field<Uint8Array> => ({
  kind: "octets",
  size: octets(size),
  read: (from) => from.octets(size).slice(),
  write: (to, value) => to.padded(value, size),
  show: (value) => quoted(untilPadding(value)),
  words(value) {
    const given = untilPadding(value);
    return isText(given) ? quoted(given) : `${hex(given)} (${given.length} octets, not text)`;
  },
});

/** Text filled up with zeros, one character an octet (ISO 8859-1); read up to the first zero. */
export const text = (size: number): Field<string> => ({
  kind: "text",
  size: octets(size),
  read: (from) => untilZero(from.octets(size)),
  write: (to, value) => to.padded(latin1(value), size),
  show: (value) => quoted(latin1(value)),
});

export const reserved = (size: number): Reserved => ({
  kind: "reserved",
  size: octets(size),
  read: (from) => {
    from.skip(size);
    return undefined;
  },
  write: (to) => to.zeros(size),
  show: () => "",
});

/** One octet a character. Throws RangeError where one does not fit: our bug. */
export function latin1(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => {
    const octet = character.charCodeAt(0);
    if (octet > 0xff) throw new RangeError(`"${character}" does not fit one octet`);
    return octet;
  });
}

function untilZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return String.fromCharCode(...(end < 0 ? bytes : bytes.subarray(0, end)));
}

/** Without the zeros at the end: a zero in the middle may be part of a GUID. */
function untilPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}
