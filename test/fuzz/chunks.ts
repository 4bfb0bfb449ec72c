import { concat } from "../../server/wire/bytes.ts";
import { fc } from "../support/fc.ts";

/** An input that is a sequence: what kind of thing happens, 0 to 255, and with which octets. */
export interface Chunk {
  readonly tag: number;
  readonly octets: Uint8Array;
}

const pack = ({ tag, octets }: Chunk): Uint8Array =>
  concat(Uint8Array.of(tag, octets.length >>> 8, octets.length), octets);

/** The sequence that an input stands for; every string of octets is one. The last chunk may be cut short. */
export function unpack(input: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < input.length; ) {
    const length = ((input[at + 1] ?? 0) << 8) | (input[at + 2] ?? 0);
    chunks.push({ tag: input[at]!, octets: input.slice(at + 3, at + 3 + length) });
    at += 3 + length;
  }
  return chunks;
}

/** Sequences of up to `maxLength` chunks, packed. */
export const chunks = (octets: fc.Arbitrary<Uint8Array>, maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc
    .array(fc.tuple(fc.nat(0xff), octets), { maxLength, size: "max" })
    .map((list) => concat(...list.map(([tag, one]) => pack({ tag, octets: one }))));
