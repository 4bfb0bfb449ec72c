// The compression function of SHA-1 (FIPS 180-4 §6.1.2). See sha1.c, sha1-x86.c, sha1-arm.c.
#ifndef PACD_SHA1_H
#define PACD_SHA1_H

#include <stddef.h>
#include <stdint.h>

#define SHA1_BLOCK 64u

// Takes `count` blocks into the state.
typedef void sha1_function(uint32_t state[5], const uint8_t *blocks, size_t count);

// Runs everywhere.
sha1_function sha1_portable;

// By the CPU's own instructions, or NULL where this CPU has none.
sha1_function *sha1_of_cpu(void);

#endif
