// A stream of octets that anybody can make who knows the seed.
#include <string.h>

#include "traffic.h"

// A prime: no length of a packet, a segment or a buffer goes into it, so octets that come twice, or at the
// wrong place, never happen to be right.
#define PERIOD 8388593u

static uint8_t pattern[PERIOD + PIECE];

// splitmix64: each step gives eight octets that look like chance.
void pattern_make(uint64_t seed) {
  for (size_t at = 0; at < PERIOD; at += 8) {
    uint64_t word = (seed += 0x9e3779b97f4a7c15u);
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9u;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebu;
    word ^= word >> 31;
    memcpy(pattern + at, &word, 8);
  }
  memcpy(pattern + PERIOD, pattern, PIECE);
}

const uint8_t *pattern_at(uint64_t position) { return pattern + position % PERIOD; }

size_t pattern_agrees(const uint8_t *octets, size_t length, uint64_t position) {
  const uint8_t *expected = pattern_at(position);
  if (memcmp(octets, expected, length) == 0) return length;
  size_t same = 0;
  while (octets[same] == expected[same]) same++;
  return same;
}
