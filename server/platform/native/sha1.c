#include "sha1.h"

static uint32_t rotate(uint32_t value, unsigned bits) {
  return value << bits | value >> (32 - bits);
}

static void expand(uint32_t w[80], const uint8_t *block) {
  for (unsigned t = 0; t < 16; t++, block += 4) {
    w[t] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 | block[3];
  }
  for (unsigned t = 16; t < 80; t++) {
    w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    __asm__ volatile(""); // keeps gcc from vectors of two words, which take twice as long
  }
}

// Rounds of one kind. Their words change places from round to round, not their values: after five all are at
// home again.
#define ROUND(a, b, c, d, e, mixed)                \
  e += rotate(a, 5) + (mixed(b, c, d)) + w[t++]; \
  b = rotate(b, 30);
#define TWENTY_ROUNDS(mixed)                                                                          \
  for (unsigned end = t + 20; t < end;) {                                                             \
    ROUND(a, b, c, d, e, mixed)                                                                       \
    ROUND(e, a, b, c, d, mixed)                                                                       \
    ROUND(d, e, a, b, c, mixed)                                                                       \
    ROUND(c, d, e, a, b, mixed)                                                                       \
    ROUND(b, c, d, e, a, mixed)                                                                       \
  }
#define CHOICE(b, c, d) (d ^ (b & (c ^ d))) + 0x5a827999u
#define PARITY(b, c, d) (b ^ c ^ d) + 0x6ed9eba1u
#define MAJORITY(b, c, d) ((b & c) | (d & (b | c))) + 0x8f1bbcdcu
#define LAST_PARITY(b, c, d) (b ^ c ^ d) + 0xca62c1d6u

void sha1_portable(uint32_t state[5], const uint8_t *blocks, size_t count) {
  for (; count > 0; count--, blocks += SHA1_BLOCK) {
    uint32_t w[80];
    expand(w, blocks);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    unsigned t = 0;
    TWENTY_ROUNDS(CHOICE)
    TWENTY_ROUNDS(PARITY)
    TWENTY_ROUNDS(MAJORITY)
    TWENTY_ROUNDS(LAST_PARITY)
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
  }
}
