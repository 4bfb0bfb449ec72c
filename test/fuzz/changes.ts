import { concat } from "../../server/wire/bytes.ts";
import { fc } from "../support/fc.ts";

/** One way to spoil octets: what, where, with what; any numbers will do. */
export interface Change {
  readonly kind: number;
  readonly at: number;
  readonly value: number;
}

/** Values that stand at the edge of something. */
const OCTETS = [0, 1, 2, 3, 4, 5, 6, 0x0f, 0x10, 0x20, 0x21, 0x45, 0x7f, 0x80, 0xc0, 0xfd, 0xfe, 0xff];
const WORDS = [
  0, 1, 2, 3, 4, 5, 0x10, 0x40, 0xff, 0x100, 0x3fff, 0x7fff, 0x8000, 0xfffe, 0xffff, 0xc021, 0xc223,
];

type Spoil = (octets: Uint8Array, at: number, value: number) => Uint8Array;

const overwritten = (octets: Uint8Array, at: number, ...values: readonly number[]): Uint8Array => {
  const copy = octets.slice();
  for (const [i, value] of values.entries()) if (at + i < copy.length) copy[at + i] = value;
  return copy;
};

const inserted = (octets: Uint8Array, at: number, more: Uint8Array): Uint8Array =>
  concat(octets.subarray(0, at), more, octets.subarray(at));

const KINDS: readonly Spoil[] = [
  (octets, at, value) => overwritten(octets, at, (octets[at] ?? 0) ^ (1 << (value & 7))),
  (octets, at, value) => overwritten(octets, at, value),
  (octets, at, value) => overwritten(octets, at, OCTETS[value % OCTETS.length]!),
  (octets, at, value) => {
    const word = WORDS[value % WORDS.length]!;
    return overwritten(octets, at, word >>> 8, word);
  },
  (octets, at) => octets.slice(0, at),
  (octets, at, value) => concat(octets.subarray(0, at), octets.subarray(at + 1 + (value & 15))),
  (octets, at, value) => inserted(octets, at, new Uint8Array(1 + (value & 31)).fill(value >>> 5)),
  (octets, at, value) => inserted(octets, at, octets.slice(at, at + 1 + (value & 63))),
  (octets, _at, value) => concat(octets, new Uint8Array(1 + (value & 127))),
];

/** The octets, changed; never in place. */
export const changed = (octets: Uint8Array, { kind, at, value }: Change): Uint8Array =>
  KINDS[kind % KINDS.length]!(octets, octets.length === 0 ? 0 : at % (octets.length + 1), value);

const change: fc.Arbitrary<Change> = fc.record(
  { kind: fc.nat(KINDS.length - 1), at: fc.nat(0xffff), value: fc.nat(0xffff) },
  { noNullPrototype: true },
);

/** One of the seeds: as it stands, or with up to four changes. */
export const mutated = (seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(fc.nat(seeds.length - 1), fc.array(change, { maxLength: 4 }))
    .map(([seed, changes]) => changes.reduce(changed, seeds[seed]!));

/** Mostly spoilt seeds, sometimes octets out of the blue. */
export const spoilt = (seeds: readonly Uint8Array[], maxLength = 200): fc.Arbitrary<Uint8Array> =>
  fc.oneof({ weight: 9, arbitrary: mutated(seeds) }, { weight: 1, arbitrary: fc.uint8Array({ maxLength }) });
