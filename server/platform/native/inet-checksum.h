// The Internet checksum (RFC 1071). Sums are of words as they lie in memory, so that nothing is turned round:
// a folded sum is stored as it is (RFC 1071 §2 (B)). See inet-checksum.c.
#ifndef PACD_INET_CHECKSUM_H
#define PACD_INET_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

// Adds `length` octets to a sum; an odd one at the end counts as if a zero followed it. No sum of less than 4
// GiB overflows.
uint64_t inet_add(uint64_t sum, const uint8_t *bytes, size_t length);

// Folds a sum to 16 bits; not complemented. 0xffff over what includes a right checksum.
uint16_t inet_fold(uint64_t sum);

#endif
