import { hex } from "../../wire/bytes.ts";
import { type Decoded, decoded } from "../../wire/decoded.ts";
import { formatIpv4, type Ipv4, ipv4 } from "../../wire/ipv4.ts";
import { Reader } from "../../wire/reader.ts";
import type { ShownField } from "../../wire/shown-field.ts";
import { Writer } from "../../wire/writer.ts";

/** How the value of a Configuration Option reads, writes and shows. */
export interface ValueCodec<V> {
  /** Faults: `truncated` and `bad-length`; the value fills the option exactly. */
  decode(data: Uint8Array): Decoded<V>;
  encode(value: V): Uint8Array;
  /** For a trace. Empty: the option's name says it all. */
  text(value: V): string;
  /** For who reads every field, where the text says too little. */
  words?(value: V): string;
  /** What the value is made of, where that is more than one thing. */
  parts?(value: V): readonly ShownField[];
}

/** Ours: octets of an opaque value that a trace shows. */
const SHOWN = 16;

/** 16 bits, shown in decimal; `unit`: what they count. */
export const u16 = <V extends number>(unit?: string): ValueCodec<V> => ({
  decode(data) {
    const reader = new Reader(data);
    return reader.end(reader.u16() as V);
  },
  encode: (value) => new Writer(2).u16(value).bytes(),
  text: String,
  ...(unit === undefined ? {} : { words: (value) => `${value} ${unit}` }),
});

/** 32 bits, shown as eight hexadecimal digits. */
export const u32 = (): ValueCodec<number> => ({
  decode(data) {
    const reader = new Reader(data);
    return reader.end(reader.u32());
  },
  encode: (value) => new Writer(4).u32(value).bytes(),
  text: (value) => value.toString(16).padStart(8, "0"),
});

/** An IPv4 address. */
export const address = (): ValueCodec<Ipv4> => ({
  decode(data) {
    const reader = new Reader(data);
    return reader.end(ipv4(reader.u32()));
  },
  encode: (value) => new Writer(4).u32(value).bytes(),
  text: formatIpv4,
});

/** No value: the option's presence is the meaning, which `words` are. */
export const flag = (words: string): ValueCodec<true> => ({
  decode: (data) => new Reader(data).end(true as const),
  encode: () => new Uint8Array(0),
  text: () => "",
  words: () => words,
});

/** Octets that pacd does not look into. */
export const opaque = (): ValueCodec<Uint8Array> => ({
  decode: decoded,
  encode: (value) => value,
  text: shortHex,
});

/** The first 16 octets in hexadecimal. */
export function shortHex(data: Uint8Array): string {
  return data.length > SHOWN ? `${hex(data.subarray(0, SHOWN))}…` : hex(data);
}
