#include <string.h>

#include "rc4.h"

// Steps are written out, not looped over: then their places in a table, and their shifts, are constants.
#define SEVEN(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6)
#define SIXTEEN(DO) SEVEN(DO) DO(7) DO(8) DO(9) DO(10) DO(11) DO(12) DO(13) DO(14) DO(15)

// The table of a lane is tables + TABLE * lane.
#define TABLE 256

static void start(struct rc4 *rc4, size_t lane) {
  for (uint32_t i = 0; i < TABLE; i++) rc4->tables[TABLE * lane + i] = i;
  rc4->j[lane] = 0;
}

// One step of the key set-up, at `place` in `table`. Returns the next j.
static inline uint32_t key_step(uint32_t *table, uint32_t *place, uint32_t j, uint8_t octet) {
  uint32_t x = *place;
  j = (uint8_t)(j + x + octet);
  *place = table[j];
  table[j] = x;
  return j;
}

// One step of the key stream, at `place` in `table`. Returns the octet.
static inline uint64_t stream_step(uint32_t *table, uint32_t *place, uint32_t *j) {
  uint32_t x = *place;
  *j = (uint8_t)(*j + x);
  uint32_t y = table[*j];
  *place = y;
  table[*j] = x;
  return table[(uint8_t)(x + y)];
}

static inline void xor_eight(uint8_t *bytes, uint64_t stream) {
  uint64_t text;
  memcpy(&text, bytes, sizeof text);
  text ^= stream;
  memcpy(bytes, &text, sizeof text);
}

void rc4_set_key(struct rc4 *rc4, size_t lane, const uint8_t key[RC4_KEY]) {
  uint32_t *t = rc4->tables + TABLE * lane;
  uint32_t j = 0;
  start(rc4, lane);
  for (uint32_t *place = t; place < t + TABLE; place += RC4_KEY) {
#define STEP(k) j = key_step(t, place + (k), j, key[k]);
    SIXTEEN(STEP)
#undef STEP
  }
}

void rc4_set_keys(struct rc4 *rc4, const uint8_t keys[RC4_LANES][RC4_KEY]) {
  uint32_t *t = rc4->tables;
  uint32_t j0 = 0, j1 = 0, j2 = 0, j3 = 0;
  for (size_t lane = 0; lane < RC4_LANES; lane++) start(rc4, lane);
  for (uint32_t *place = t; place < t + TABLE; place += RC4_KEY) {
#define STEP(k)                                                             \
  j0 = key_step(t, place + (k), j0, keys[0][k]);                            \
  j1 = key_step(t + TABLE, place + TABLE + (k), j1, keys[1][k]);            \
  j2 = key_step(t + 2 * TABLE, place + 2 * TABLE + (k), j2, keys[2][k]);    \
  j3 = key_step(t + 3 * TABLE, place + 3 * TABLE + (k), j3, keys[3][k]);
    SIXTEEN(STEP)
#undef STEP
  }
}

void rc4_apply(struct rc4 *rc4, size_t lane, uint8_t *bytes, size_t from, size_t to) {
  uint32_t *t = rc4->tables + TABLE * lane;
  uint32_t j = rc4->j[lane];
  size_t at = from;
  for (; to - at >= 8; at += 8) {
    uint64_t stream = 0;
#define STEP(k) stream |= stream_step(t, t + (at + (k) + 1) % TABLE, &j) << 8 * (k);
    SEVEN(STEP)
    STEP(7)
#undef STEP
    xor_eight(bytes + at, stream);
  }
  for (; at < to; at++) bytes[at] ^= (uint8_t)stream_step(t, t + (at + 1) % TABLE, &j);
  rc4->j[lane] = j;
}

// A key stream begins at place 1: of each eight steps only the last can be at the front of the table again.
void rc4_apply_all(struct rc4 *rc4, uint8_t *const bytes[RC4_LANES], size_t octets) {
  uint32_t *t = rc4->tables;
  uint32_t j0 = rc4->j[0], j1 = rc4->j[1], j2 = rc4->j[2], j3 = rc4->j[3];
  for (size_t at = 0; at < octets; at += 8) {
    uint32_t *place = t + at % TABLE + 1;
    uint32_t *last = t + (at + 8) % TABLE;
    uint64_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
#define STEP_AT(place, shift)                                              \
  s0 |= stream_step(t, (place), &j0) << (shift);                           \
  s1 |= stream_step(t + TABLE, (place) + TABLE, &j1) << (shift);           \
  s2 |= stream_step(t + 2 * TABLE, (place) + 2 * TABLE, &j2) << (shift);   \
  s3 |= stream_step(t + 3 * TABLE, (place) + 3 * TABLE, &j3) << (shift);
#define STEP(k) STEP_AT(place + (k), 8 * (k))
    SEVEN(STEP)
    STEP_AT(last, 56)
#undef STEP
#undef STEP_AT
    xor_eight(bytes[0] + at, s0);
    xor_eight(bytes[1] + at, s1);
    xor_eight(bytes[2] + at, s2);
    xor_eight(bytes[3] + at, s3);
  }
  rc4->j[0] = j0;
  rc4->j[1] = j1;
  rc4->j[2] = j2;
  rc4->j[3] = j3;
}
