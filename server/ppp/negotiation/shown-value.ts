import { Reader } from "../../wire/reader.ts";
import type { ShownField } from "../../wire/shown-field.ts";
import type { ValueCodec } from "./value-codec.ts";

/** What a value that is only ever shown looks like: in a line, in words, in its parts. */
interface Look {
  readonly text: string;
  readonly words?: string | undefined;
  readonly parts?: readonly ShownField[];
}

interface Seen extends Look {
  readonly octets: Uint8Array;
}

/**
 * The value of an option that we neither ask for nor agree to: `read` takes it apart for traces. What it
 * leaves over, or reads beyond the end, is a fault.
 */
export const seen = (read: (from: Reader) => Look): ValueCodec<Seen> => ({
  decode(octets) {
    const reader = new Reader(octets);
    return reader.end({ ...read(reader), octets });
  },
  encode: ({ octets }) => octets,
  text: ({ text }) => text,
  words: ({ words, text }) => words ?? text,
  parts: ({ parts }) => parts ?? [],
});

/** `1(local)`, or the number alone. */
export function named(names: Readonly<Record<number, string>>, value: number): string {
  const name = names[value];
  return name === undefined ? String(value) : `${value}(${name})`;
}
