import { equalOctets } from "../wire/bytes.ts";
import { type Decoded, decoded, fault } from "../wire/decoded.ts";
import { Writer } from "../wire/writer.ts";

/** One Configuration Option as it stands on the wire (RFC 1661 §6), not yet understood. */
export interface RawOption {
  readonly code: number;
  readonly data: Uint8Array;
}

const HEADER = 2;

/**
 * The options of a Configure packet, in order. Faults: `bad-length` for a Length below 2, `truncated` for an
 * option past the end. The whole packet is then dropped: what follows the fault cannot be found.
 */
export function decodeOptions(data: Uint8Array): Decoded<readonly RawOption[]> {
  const options: RawOption[] = [];
  let at = 0;
  while (at < data.length) {
    const length = data[at + 1];
    if (length === undefined) return fault("truncated", at + 1);
    if (length < HEADER) return fault("bad-length", at + 1);
    if (at + length > data.length) return fault("truncated", data.length);
    options.push({ code: data[at]!, data: data.subarray(at + HEADER, at + length) });
    at += length;
  }
  return decoded(options);
}

/** Options as Configure data. Throws RangeError for a value beyond 253 octets, which no decoder returns. */
export function encodeOptions(options: readonly RawOption[]): Uint8Array {
  const writer = new Writer();
  for (const option of options)
    writer
      .u8(option.code)
      .u8(HEADER + option.data.length)
      .octets(option.data);
  return writer.bytes();
}

/** The same options, in the same order, with the same octets? */
export function sameOptions(a: readonly RawOption[], b: readonly RawOption[]): boolean {
  return (
    a.length === b.length &&
    a.every((option, i) => option.code === b[i]!.code && equalOctets(option.data, b[i]!.data))
  );
}

/** The octets of the first option with this code. */
export function optionData(options: readonly RawOption[], code: number): Uint8Array | undefined {
  return options.find((option) => option.code === code)?.data;
}
