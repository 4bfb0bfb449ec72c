/** The words that a block expands to. One is enough: a block is done before anyone else runs. */
const schedule = new Int32Array(80);

/**
 * The compression function of SHA-1 (FIPS 180-4 §6.1.2): takes 16 big-endian words from `words[from]` into
 * `state`, five words.
 *
 * Ours because MPPE changes its key for every packet: two blocks take 0.40 µs here and 0.81 µs through
 * node:crypto's `hash`, which also allocates (Node 24.21, x64).
 */
export function sha1Block(state: Int32Array, words: Int32Array, from: number): void {
  const w = schedule;
  for (let t = 0; t < 16; t++) w[t] = words[from + t]!;
  for (let t = 16; t < 80; t++) {
    const x = w[t - 3]! ^ w[t - 8]! ^ w[t - 14]! ^ w[t - 16]!;
    w[t] = (x << 1) | (x >>> 31);
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  for (let t = 0; t < 80; t++) {
    let mixed: number;
    if (t < 20) mixed = (d ^ (b & (c ^ d))) + 0x5a827999;
    else if (t < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
    else if (t < 60) mixed = ((b & c) | (d & (b | c))) + 0x8f1bbcdc;
    else mixed = (b ^ c ^ d) + 0xca62c1d6;
    const next = (((a << 5) | (a >>> 27)) + mixed + e + w[t]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
}

/** Sets `state` to the value that SHA-1 begins with (FIPS 180-4 §5.3.1). */
export function sha1Start(state: Int32Array): void {
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  state[4] = 0xc3d2e1f0;
}
