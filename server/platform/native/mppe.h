// Stateless MPPE over a batch of packets (RFC 3078 §7.1, §7.3). See mppe.c and mppe-arguments.c.
#ifndef PACD_MPPE_H
#define PACD_MPPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sha1.h"

// Packets of one call: bounds the stack that it takes (about 10 KiB).
#define MPPE_BATCH 64u

// Ours: key changes that one packet may take; MAX_LOST of server/mppe/limits.ts, and one for the packet.
#define MPPE_MAX_CHANGES 65536u

// A direction of a tunnel, in the caller's memory: start key, session key as it stands, strength in bits,
// nothing. Keys of 8 octets have 8 unused ones behind them. As in server/mppe/key-record.ts.
#define MPPE_RECORD 40u
#define MPPE_SESSION_KEY 16u
#define MPPE_STRENGTH 32u

struct mppe_packet {
  uint8_t *record;
  uint8_t strength; // 40, 56 or 128
  uint32_t changes; // of the key before this packet; at least 1
  uint8_t *bytes;
  size_t length;
};

// Encrypts or decrypts at most MPPE_BATCH packets in place. Packets of one record take its keys in their
// order; the record is left with the last one. All that a packet points to must be there; nothing of it is
// read to decide where to write.
void mppe_run(sha1_function *sha1, const struct mppe_packet *packets, size_t count);

#endif
