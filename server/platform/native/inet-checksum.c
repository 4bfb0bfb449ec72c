// Words of 32 bits, added into lanes of 64, so that no carry has to be looked after. Vectors of 16 octets are
// in every x86-64 and arm64, hence no question about the CPU.
#include <string.h>

#include "inet-checksum.h"

typedef uint64_t lanes __attribute__((vector_size(16)));

static lanes load(const uint8_t *bytes) {
  lanes value;
  memcpy(&value, bytes, sizeof value);
  return value;
}

#define LOW_WORDS ((lanes){UINT32_MAX, UINT32_MAX})

uint64_t inet_add(uint64_t sum, const uint8_t *bytes, size_t length) {
  // Four sums, since each addition waits for the last one of its sum.
  lanes a = {0, 0}, b = {0, 0}, c = {0, 0}, d = {0, 0};
  for (; length >= 64; length -= 64, bytes += 64) {
    const lanes v = load(bytes), w = load(bytes + 16), x = load(bytes + 32), y = load(bytes + 48);
    a += (v & LOW_WORDS) + (w & LOW_WORDS);
    b += (v >> 32) + (w >> 32);
    c += (x & LOW_WORDS) + (y & LOW_WORDS);
    d += (x >> 32) + (y >> 32);
  }
  for (; length >= 16; length -= 16, bytes += 16) {
    const lanes v = load(bytes);
    a += v & LOW_WORDS;
    b += v >> 32;
  }
  a += b + c + d;
  sum += a[0] + a[1];
  uint64_t rest[2] = {0, 0};
  memcpy(rest, bytes, length);
  return sum + (uint32_t)rest[0] + (rest[0] >> 32) + (uint32_t)rest[1] + (rest[1] >> 32);
}

uint16_t inet_fold(uint64_t sum) {
  sum = (sum & UINT32_MAX) + (sum >> 32);
  sum = (sum & UINT32_MAX) + (sum >> 32);
  sum = (sum & UINT16_MAX) + (sum >> 16);
  sum = (sum & UINT16_MAX) + (sum >> 16);
  return (uint16_t)sum;
}
