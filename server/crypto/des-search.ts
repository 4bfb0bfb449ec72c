/** Keys that are tried between two turns of the event loop: about two milliseconds of work. */
const PIECE = 4096;

/**
 * The last two octets of the password hash that answered this challenge of 8 octets with this response of 24,
 * as a number of 16 bits; undefined where no hash did. They are all there is of the third DES key (RFC 2759
 * §8.5), so 65,536 keys are tried. A generator, so that the caller decides when to go on.
 */
export function* searchHashTail(
  challenge: Uint8Array,
  response: Uint8Array,
): Generator<undefined, number | undefined> {
  const block = permuted(challenge);
  const wanted = permuted(response.subarray(16));
  for (let tail = 0; tail < 65_536; tail++) {
    if (tail % PIECE === 0) yield;
    if (encrypts(tail, block, wanted)) return tail;
  }
  return undefined;
}

/** Was this response to this challenge made with a hash that ends so? */
export const hasHashTail = (challenge: Uint8Array, response: Uint8Array, tail: number): boolean =>
  encrypts(tail, permuted(challenge), permuted(response.subarray(16)));

/** The last two octets of a hash of 16. */
export const hashTail = (hash: Uint8Array): number => (hash[14]! << 8) | hash[15]!;

/** Two halves of 32 bits, behind the initial permutation of DES. */
type Halves = readonly [left: number, right: number];

/** FIPS 46-3. Bits are counted from 1, the highest first. */
const P = numbers("16 7 20 21 29 12 28 17 1 15 23 26 5 18 31 10 2 8 24 14 32 27 3 9 19 13 30 6 22 11 4 25");
const PC1 = numbers(
  "57 49 41 33 25 17 9 1 58 50 42 34 26 18 10 2 59 51 43 35 27 19 11 3 60 52 44 36 " +
    "63 55 47 39 31 23 15 7 62 54 46 38 30 22 14 6 61 53 45 37 29 21 13 5 28 20 12 4",
);
const PC2 = numbers(
  "14 17 11 24 1 5 3 28 15 6 21 10 23 19 12 4 26 8 16 7 27 20 13 2 " +
    "41 52 31 37 47 55 30 40 51 45 33 48 44 49 39 56 34 53 46 42 50 36 29 32",
);
const SHIFTS = numbers("1 1 2 2 2 2 2 2 1 2 2 2 2 2 2 1");

/** The S-boxes, four rows of sixteen in each. */
const S = [
  "e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d",
  "f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9",
  "a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c",
  "7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e",
  "2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453",
  "c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d",
  "4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c",
  "d2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b",
];

/** What each S-box and the permutation P behind it make of six bits: eight tables of 64. */
const SP = Int32Array.from({ length: 512 }, (_, at) => {
  const [box, six] = [at >> 6, at & 63];
  const row = ((six >> 4) & 2) | (six & 1);
  const nibble = Number.parseInt(S[box]![row * 16 + ((six >> 1) & 15)]!, 16);
  const word = (nibble << (28 - box * 4)) >>> 0;
  return P.reduce((out, bit) => (out << 1) | ((word >>> (32 - bit)) & 1), 0);
});

/**
 * The subkeys that the first octet of the key alone gives, and the second: 16 rounds of eight times six bits
 * each.
 */
const FIRST = subkeys(0);
const SECOND = subkeys(8);

/** Does DES under the key of this tail, and five octets of zeros, make `wanted` of `block`? */
function encrypts(tail: number, block: Halves, wanted: Halves): boolean {
  const [a, b] = [(tail >> 8) * 128, (tail & 255) * 128];
  let [left, right] = block;
  for (let at = 0; at < 128; at += 8) {
    let f = 0;
    for (let box = 0; box < 8; box++) {
      // Six bits that begin one before the nibble of this box, and end one behind it.
      const turn = (box * 4 + 31) & 31;
      const six = ((right << turn) | (right >>> ((32 - turn) & 31))) >>> 26;
      f |= SP[(box << 6) | (six ^ FIRST[a + at + box]! ^ SECOND[b + at + box]!)]!;
    }
    [left, right] = [right, left ^ f];
  }
  return (right | 0) === wanted[0] && (left | 0) === wanted[1];
}

/**
 * Of the 256 values of eight bits of the key, the first of which is `from`. The key schedule moves bits and
 * no more.
 */
function subkeys(from: number): Uint8Array {
  const table = new Uint8Array(256 * 128);
  for (let octet = 0; octet < 256; octet++) {
    const key = Array.from({ length: 56 }, (_, bit) => bitOf(octet, bit - from));
    // PC-1 counts the parity bits, which a key of seven octets has not.
    const chosen = PC1.map((bit) => key[bit - 1 - Math.floor((bit - 1) / 8)]!);
    let [c, d] = [chosen.slice(0, 28), chosen.slice(28)];
    for (const [round, shift] of SHIFTS.entries()) {
      c = [...c.slice(shift), ...c.slice(0, shift)];
      d = [...d.slice(shift), ...d.slice(0, shift)];
      const both = [...c, ...d];
      for (const [at, bit] of PC2.entries()) {
        const index = octet * 128 + round * 8 + Math.floor(at / 6);
        table[index] = (table[index]! << 1) | both[bit - 1]!;
      }
    }
  }
  return table;
}

/** A bit of an octet, the highest is 0; 0 beyond it. */
function bitOf(octet: number, bit: number): number {
  return bit >= 0 && bit < 8 ? (octet >> (7 - bit)) & 1 : 0;
}

/**
 * The initial permutation of a block of 8 octets: even bits of all octets left, odd ones right, the last
 * octet first.
 */
function permuted(block: Uint8Array): Halves {
  const half = (first: number) => {
    let word = 0;
    for (let i = 0; i < 32; i++) {
      const bit = first - 8 * (i % 8) + 2 * (i >> 3) - 1;
      word = (word << 1) | ((block[bit >> 3]! >> (7 - (bit & 7))) & 1);
    }
    return word;
  };
  return [half(58), half(57)];
}

function numbers(text: string): readonly number[] {
  return text.split(" ").map(Number);
}
