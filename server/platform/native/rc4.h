// RC4, the cipher of MPPE (RFC 3078 §5), for four packets at once. Broken for anything new. See rc4.c.
#ifndef PACD_RC4_H
#define PACD_RC4_H

#include <stddef.h>
#include <stdint.h>

// Streams side by side. A step of one stream waits for memory most of the time; four of them fill that time,
// and more than four do not fit into the registers (docs/decisions/0009).
#define RC4_LANES 4u

// Keys of other lengths are written again and again until they fill this: RC4 reads them like that anyway.
#define RC4_KEY 16u

// One more, for a key that is set up beside streams.
#define RC4_BESIDE RC4_LANES

// Steps of a key set-up, and places in a table.
#define RC4_KEY_STEPS 256u

// Words from one lane's table to the next one's. Not 256: some processors (seen: AMD of family 25, model 17)
// take places whose addresses differ by a multiple of 1024 octets for one another, and what was just written
// to one of them holds up the others: four streams side by side took 5.5 times as long as with this distance.
#define RC4_STRIDE 272u

// Words, since on x86-64 octets that were just written take longer to read back.
struct rc4 {
  uint32_t tables[(RC4_LANES + 1) * RC4_STRIDE];
  uint32_t j[RC4_LANES + 1];
};

// Starts the key streams of the first 1 to RC4_LANES lanes from their first octet.
void rc4_set_keys(struct rc4 *rc4, size_t lanes, const uint8_t keys[][RC4_KEY]);

// Encrypts or decrypts bytes[from … to), in place, with octets from … to of the lane's key stream; those
// before `from` have been used. `from` must be a multiple of 8.
void rc4_apply(struct rc4 *rc4, size_t lane, uint8_t *bytes, size_t from, size_t to);

// The same in each of the first 1 to RC4_LANES lanes; `to` is a multiple of 8 as well. The places must not
// overlap.
void rc4_apply_lanes(struct rc4 *rc4, size_t lanes, uint8_t *const bytes[], size_t from, size_t to);

// The same for RC4_KEY_STEPS octets from a multiple of that, and meanwhile the set-up of lane RC4_BESIDE,
// whose steps wait for each other.
void rc4_apply_lanes_beside(struct rc4 *rc4, size_t lanes, uint8_t *const bytes[], size_t from, const uint8_t key[RC4_KEY]);

#endif
