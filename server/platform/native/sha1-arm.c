// SHA-1 by the cryptographic extension of ARMv8-A, four rounds an instruction.
#ifdef __aarch64__
#include "sha1.h"

// clang declares these intrinsics only when all of the addon is compiled for such a CPU
// (CFLAGS=-march=armv8-a+crypto).
#if defined(__clang__) && !defined(__ARM_FEATURE_CRYPTO)
sha1_function *sha1_of_cpu(void) {
  return NULL;
}
#else
#ifndef __clang__
#pragma GCC target("+crypto")
#endif
#include <arm_neon.h>
#include <asm/hwcap.h>
#include <sys/auxv.h>

#define TWENTY_ROUNDS(first, rounds, constant)                       \
  for (unsigned t = (first); t < (first) + 5; t++) {                 \
    uint32_t next = vsha1h_u32(vgetq_lane_u32(abcd, 0));             \
    abcd = rounds(abcd, e, vaddq_u32(w[t], vdupq_n_u32(constant))); \
    e = next;                                                        \
  }

static void sha1_arm(uint32_t state[5], const uint8_t *blocks, size_t count) {
  uint32x4_t abcd = vld1q_u32(state);
  uint32_t e = state[4];
  for (; count > 0; count--, blocks += SHA1_BLOCK) {
    uint32x4_t w[20];
    for (unsigned t = 0; t < 4; t++) w[t] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(blocks + 16 * t)));
    for (unsigned t = 4; t < 20; t++) w[t] = vsha1su1q_u32(vsha1su0q_u32(w[t - 4], w[t - 3], w[t - 2]), w[t - 1]);
    const uint32x4_t abcd_then = abcd;
    const uint32_t e_then = e;
    TWENTY_ROUNDS(0, vsha1cq_u32, 0x5a827999u)
    TWENTY_ROUNDS(5, vsha1pq_u32, 0x6ed9eba1u)
    TWENTY_ROUNDS(10, vsha1mq_u32, 0x8f1bbcdcu)
    TWENTY_ROUNDS(15, vsha1pq_u32, 0xca62c1d6u)
    abcd = vaddq_u32(abcd, abcd_then);
    e += e_then;
  }
  vst1q_u32(state, abcd);
  state[4] = e;
}

sha1_function *sha1_of_cpu(void) {
  return (getauxval(AT_HWCAP) & HWCAP_SHA1) != 0 ? sha1_arm : NULL;
}
#endif
#endif
