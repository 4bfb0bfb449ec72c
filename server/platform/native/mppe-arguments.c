#include "addon.h"
#include "mppe.h"

// An entry of a batch in 32-bit words, as in server/mppe/kernel.ts.
#define ENTRY 4u

static bool refuse(napi_env env, const char *sentence) {
  misuse(env, sentence);
  return false;
}

// A record's strength and an entry's words are read once: what is checked is what is used, even if this is
// the memory that is being encrypted.
static bool read_packet(napi_env env, const uint32_t *entry, uint8_t *records, size_t records_size, uint8_t *bytes,
                        size_t size, struct mppe_packet *packet) {
  const uint32_t record = entry[0], changes = entry[1], offset = entry[2], length = entry[3];
  if (record >= records_size / MPPE_RECORD) return refuse(env, "a packet's record lies outside records");
  if (changes < 1 || changes > MPPE_MAX_CHANGES) return refuse(env, "a packet takes 1 to 65536 key changes");
  if ((uint64_t)offset + length > size) return refuse(env, "a packet lies outside bytes");
  packet->record = records + (size_t)MPPE_RECORD * record;
  packet->strength = packet->record[MPPE_STRENGTH];
  if (packet->strength != 40 && packet->strength != 56 && packet->strength != 128) {
    return refuse(env, "a record holds no key of 40, 56 or 128 bits");
  }
  packet->changes = changes;
  packet->bytes = bytes + offset;
  packet->length = length;
  return true;
}

// (records, bytes, entries, count). Nothing is touched before all is checked.
static napi_value run(napi_env env, napi_callback_info info, sha1_function *sha1) {
  napi_value values[4];
  struct mppe_packet packets[MPPE_BATCH];
  uint8_t *records, *bytes;
  uint32_t *entries, count;
  size_t records_size, size, words;
  if (!read_arguments(env, info, 4, values) || !read_bytes(env, values[0], "records", &records, &records_size) ||
      !read_bytes(env, values[1], "bytes", &bytes, &size) ||
      !read_u32_array(env, values[2], "entries", &entries, &words) ||
      !read_u32(env, values[3], "count", MPPE_BATCH, &count)) {
    return NULL;
  }
  if (words / ENTRY < count) return misuse(env, "entries is shorter than the number of packets");
  for (uint32_t i = 0; i < count; i++) {
    if (!read_packet(env, entries + (size_t)ENTRY * i, records, records_size, bytes, size, &packets[i])) return NULL;
  }
  mppe_run(sha1, packets, count);
  return NULL;
}

napi_value run_mppe(napi_env env, napi_callback_info info) {
  void *addon = NULL;
  napi_get_instance_data(env, &addon);
  return run(env, info, ((struct addon *)addon)->sha1);
}

napi_value run_mppe_portable(napi_env env, napi_callback_info info) {
  return run(env, info, sha1_portable);
}
