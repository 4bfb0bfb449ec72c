// Encrypting and decrypting are the same: RC4 under a key that is changed before each packet. Once they have
// their keys, packets are independent and go through RC4 four at a time, whosever they are. The changes of
// one tunnel follow from each other: of four tunnels or more they are made side by side, before all packets;
// of fewer, beside the packets before, where these are long enough.
#include <string.h>

#include "mppe.h"
#include "rc4.h"

#define PAD 40u
#define LONGEST_KEY 16u
#define NONE MPPE_BATCH

// The key of a record on its way from packet to packet.
struct chain {
  uint8_t *record;
  uint8_t strength;
  size_t length;    // of the key
  size_t packet;    // whose key is being made
  uint32_t changes; // still to do for it
  // Start key, pad 1, session key, pad 2, and SHA-1's own padding (FIPS 180-4 §5.1.1): two blocks with every
  // strength.
  uint8_t message[2 * SHA1_BLOCK];
};

struct batch {
  sha1_function *sha1;
  const struct mppe_packet *packets;
  size_t count;
  size_t next[MPPE_BATCH];  // the next packet of the same record, or NONE
  size_t first[MPPE_BATCH]; // the first packet of each record
  size_t chain[MPPE_BATCH]; // of each packet: which record's it is
  size_t chains;            // how many records there are
  struct chain running[RC4_LANES]; // those whose keys are being made
  size_t made;              // so many packets, the first ones, have their keys
  uint8_t keys[MPPE_BATCH][RC4_KEY];
};

static void sort_by_record(struct batch *batch) {
  size_t last[MPPE_BATCH];
  batch->chains = 0;
  for (size_t i = 0; i < batch->count; i++) {
    const uint8_t *record = batch->packets[i].record;
    size_t chain = 0;
    while (chain < batch->chains && batch->packets[batch->first[chain]].record != record) chain++;
    if (chain == batch->chains) {
      batch->first[batch->chains++] = i;
    } else {
      batch->next[last[chain]] = i;
    }
    last[chain] = i;
    batch->chain[i] = chain;
    batch->next[i] = NONE;
  }
}

static uint8_t *session_key(struct chain *chain) {
  return chain->message + chain->length + PAD;
}

static void start_packet(const struct batch *batch, struct chain *chain, size_t packet) {
  chain->packet = packet;
  chain->changes = batch->packets[packet].changes;
}

static void start_chain(const struct batch *batch, struct chain *chain, size_t packet) {
  uint8_t *record = chain->record = batch->packets[packet].record;
  chain->strength = batch->packets[packet].strength;
  chain->length = chain->strength == 128 ? LONGEST_KEY : LONGEST_KEY / 2;
  start_packet(batch, chain, packet);
  uint8_t *message = chain->message;
  size_t length = chain->length;
  memset(message, 0, sizeof chain->message);
  memcpy(message, record, length);
  memcpy(session_key(chain), record + MPPE_SESSION_KEY, length);
  memset(session_key(chain) + length, 0xf2, PAD);
  size_t octets = 2 * (length + PAD);
  message[octets] = 0x80;
  message[sizeof chain->message - 2] = (uint8_t)(8 * octets >> 8);
  message[sizeof chain->message - 1] = (uint8_t)(8 * octets);
}

// GetNewKeyFromSHA: the interim key.
static void hash(const struct batch *batch, const struct chain *chain, uint8_t key[RC4_KEY]) {
  uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  batch->sha1(state, chain->message, 2);
  for (size_t i = 0; i < RC4_KEY; i++) {
    size_t from = i % chain->length;
    key[i] = (uint8_t)(state[from / 4] >> (24 - 8 * (from % 4)));
  }
}

// The interim key, encrypted under itself, and weakened where agreed, is the next session key.
static void take_key(struct chain *chain, const uint8_t *key) {
  uint8_t *session = session_key(chain);
  memcpy(session, key, chain->length);
  if (chain->strength != 128) session[0] = 0xd1;
  if (chain->strength == 40) {
    session[1] = 0x26;
    session[2] = 0x9e;
  }
}

// One change in each of the chains.
static void change(const struct batch *batch, struct rc4 *rc4, struct chain *chains, size_t count) {
  uint8_t keys[RC4_LANES][RC4_KEY];
  uint8_t *const places[RC4_LANES] = {keys[0], keys[1], keys[2], keys[3]};
  for (size_t i = 0; i < count; i++) hash(batch, &chains[i], keys[i]);
  rc4_set_keys(rc4, count, keys);
  rc4_apply_lanes(rc4, count, places, 0, LONGEST_KEY);
  for (size_t i = 0; i < count; i++) take_key(&chains[i], keys[i]);
}

// The key for the packet is there. Returns false where no packet of this chain is left; its record then has
// the last key.
static bool finish_packet(struct batch *batch, struct chain *chain) {
  const uint8_t *session = session_key(chain);
  uint8_t *key = batch->keys[chain->packet];
  for (size_t i = 0; i < RC4_KEY; i += chain->length) memcpy(key + i, session, chain->length);
  size_t next = batch->next[chain->packet];
  if (next == NONE) {
    memcpy(chain->record + MPPE_SESSION_KEY, session, chain->length);
    return false;
  }
  start_packet(batch, chain, next);
  return true;
}

// The keys of all packets, four chains side by side.
static void make_keys(struct batch *batch, struct rc4 *rc4) {
  struct chain *running = batch->running;
  size_t count = 0;
  size_t started = 0;
  for (;;) {
    while (count < RC4_LANES && started < batch->chains) {
      start_chain(batch, &running[count++], batch->first[started++]);
    }
    if (count == 0) break;
    change(batch, rc4, running, count);
    for (size_t i = count; i-- > 0;) {
      if (--running[i].changes == 0 && !finish_packet(batch, &running[i])) running[i] = running[--count];
    }
  }
  batch->made = batch->count;
}

// Keys that are made one after another, each in time for its packet.
static struct chain *due(struct batch *batch) {
  return &batch->running[batch->chain[batch->made]];
}

static void changed(struct batch *batch, struct chain *chain) {
  if (--chain->changes > 0) return;
  (void)finish_packet(batch, chain);
  batch->made++;
}

static void change_alone(struct batch *batch, struct rc4 *rc4) {
  struct chain *chain = due(batch);
  change(batch, rc4, chain, 1);
  changed(batch, chain);
}

// While RC4_KEY_STEPS octets of other packets are encrypted.
static void change_beside(struct batch *batch, struct rc4 *rc4, size_t lanes, uint8_t *const places[], size_t from) {
  uint8_t key[RC4_KEY];
  struct chain *chain = due(batch);
  hash(batch, chain, key);
  rc4_apply_lanes_beside(rc4, lanes, places, from, key);
  rc4_apply(rc4, RC4_BESIDE, key, 0, LONGEST_KEY);
  take_key(chain, key);
  changed(batch, chain);
}

static void encrypt_lanes(struct batch *batch, struct rc4 *rc4, size_t lanes, uint8_t *const places[], size_t from,
                          size_t to) {
  while (batch->made < batch->count) {
    size_t whole = (from + RC4_KEY_STEPS - 1) / RC4_KEY_STEPS * RC4_KEY_STEPS;
    if (whole + RC4_KEY_STEPS > to) break;
    rc4_apply_lanes(rc4, lanes, places, from, whole);
    change_beside(batch, rc4, lanes, places, whole);
    from = whole + RC4_KEY_STEPS;
  }
  rc4_apply_lanes(rc4, lanes, places, from, to);
}

static void longest_first(const struct mppe_packet *packets, size_t first, size_t count, size_t order[RC4_LANES]) {
  for (size_t i = 0; i < count; i++) {
    size_t at = i;
    for (; at > 0 && packets[order[at - 1]].length < packets[first + i].length; at--) order[at] = order[at - 1];
    order[at] = first + i;
  }
}

// At most RC4_LANES packets, which have their keys: all together to the end of the shortest, the others to
// that of the next one.
static void encrypt(struct batch *batch, struct rc4 *rc4, size_t first, size_t count) {
  size_t order[RC4_LANES];
  uint8_t keys[RC4_LANES][RC4_KEY];
  uint8_t *places[RC4_LANES];
  size_t at = 0;
  longest_first(batch->packets, first, count, order);
  for (size_t lane = 0; lane < count; lane++) {
    memcpy(keys[lane], batch->keys[order[lane]], RC4_KEY);
    places[lane] = batch->packets[order[lane]].bytes;
  }
  rc4_set_keys(rc4, count, keys);
  for (size_t lanes = count; lanes > 0; lanes--) {
    size_t length = batch->packets[order[lanes - 1]].length;
    size_t to = length / 8 * 8;
    encrypt_lanes(batch, rc4, lanes, places, at, to);
    rc4_apply(rc4, lanes - 1, places[lanes - 1], to, length);
    at = to;
  }
}

void mppe_run(sha1_function *sha1, const struct mppe_packet *packets, size_t count) {
  struct rc4 rc4;
  struct batch batch;
  batch.sha1 = sha1;
  batch.packets = packets;
  batch.count = count;
  batch.made = 0;
  sort_by_record(&batch);
  if (batch.chains >= RC4_LANES) {
    make_keys(&batch, &rc4);
  } else {
    for (size_t i = 0; i < batch.chains; i++) start_chain(&batch, &batch.running[i], batch.first[i]);
  }
  for (size_t first = 0; first < count; first += RC4_LANES) {
    size_t group = count - first < RC4_LANES ? count - first : RC4_LANES;
    while (batch.made < first + group) change_alone(&batch, &rc4);
    encrypt(&batch, &rc4, first, group);
  }
}
