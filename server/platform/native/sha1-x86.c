// SHA-1 by the SHA extensions of x86-64 (sha_ni), four rounds an instruction.
#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>

#include "sha1.h"

#define WITH_SHA __attribute__((target("sha,ssse3,sse4.1")))

// Four rounds for each vector of the schedule; `abcd` and `before` (abcd as it was four rounds ago) go on.
#define TWENTY_ROUNDS(first, kind)                                    \
  for (unsigned t = (first); t < (first) + 5; t++) {                  \
    __m128i e = t == 0 ? _mm_add_epi32(before, w[0]) : _mm_sha1nexte_epu32(before, w[t]); \
    before = abcd;                                                    \
    abcd = _mm_sha1rnds4_epu32(abcd, e, kind);                        \
  }

// The vectors hold their first word in the highest place.
WITH_SHA static void sha1_x86(uint32_t state[5], const uint8_t *blocks, size_t count) {
  const __m128i reverse = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
  __m128i abcd = _mm_set_epi32((int)state[0], (int)state[1], (int)state[2], (int)state[3]);
  __m128i e = _mm_set_epi32((int)state[4], 0, 0, 0);
  for (; count > 0; count--, blocks += SHA1_BLOCK) {
    __m128i w[20];
    for (unsigned t = 0; t < 4; t++) {
      w[t] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * t)), reverse);
    }
    for (unsigned t = 4; t < 20; t++) {
      __m128i mixed = _mm_xor_si128(_mm_sha1msg1_epu32(w[t - 4], w[t - 3]), w[t - 2]);
      w[t] = _mm_sha1msg2_epu32(mixed, w[t - 1]);
    }
    const __m128i abcd_then = abcd;
    __m128i before = e;
    TWENTY_ROUNDS(0, 0)
    TWENTY_ROUNDS(5, 1)
    TWENTY_ROUNDS(10, 2)
    TWENTY_ROUNDS(15, 3)
    e = _mm_sha1nexte_epu32(before, e);
    abcd = _mm_add_epi32(abcd, abcd_then);
  }
  state[0] = (uint32_t)_mm_extract_epi32(abcd, 3);
  state[1] = (uint32_t)_mm_extract_epi32(abcd, 2);
  state[2] = (uint32_t)_mm_extract_epi32(abcd, 1);
  state[3] = (uint32_t)_mm_extract_epi32(abcd, 0);
  state[4] = (uint32_t)_mm_extract_epi32(e, 3);
}

// Asks the CPU, which in a virtual machine takes microseconds: once a thread, not once a packet. What the
// instructions need of the operating system, SSE, every x86-64 has.
sha1_function *sha1_of_cpu(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || (c & bit_SSSE3) == 0 || (c & bit_SSE4_1) == 0) return NULL;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (b & bit_SHA) == 0) return NULL;
  return sha1_x86;
}
#endif
