#include "addon.h"

bool read_arrays(napi_env env, const napi_value *values, enum port_kind kind, struct packets *packets) {
  size_t offsets, lengths, peers = UINT32_MAX, locals = UINT32_MAX;
  if (!read_u32_array(env, values[0], "offsets", &packets->offsets, &offsets) ||
      !read_u32_array(env, values[1], "lengths", &packets->lengths, &lengths)) {
    return false;
  }
  if (kind == PORT_RAW && (!read_u32_array(env, values[2], "peers", &packets->peers, &peers) ||
                           !read_u32_array(env, values[3], "locals", &packets->locals, &locals))) {
    return false;
  }
  if (packets->count > offsets || packets->count > lengths || packets->count > peers || packets->count > locals) {
    misuse(env, "an array is shorter than the number of packets");
    return false;
  }
  return true;
}

bool read_slots(napi_env env, const napi_value *values, napi_value capacity, struct packets *packets) {
  size_t size;
  if (!read_bytes(env, values[0], "bytes", &packets->bytes, &size) ||
      !read_u32(env, values[1], "slot", UINT32_MAX, &packets->slot) ||
      !read_u32(env, values[2], "headroom", UINT32_MAX, &packets->headroom) ||
      !read_u32(env, capacity, "capacity", UINT32_MAX, &packets->count)) {
    return false;
  }
  if (packets->headroom >= packets->slot) {
    misuse(env, "headroom must leave room in the slot");
    return false;
  }
  // The end must be expressible as an offset, too.
  uint64_t end = (uint64_t)packets->slot * packets->count;
  if (end > size || end > UINT32_MAX) {
    misuse(env, "bytes is too small for the slots");
    return false;
  }
  return true;
}

bool read_inside(napi_env env, const struct packets *packets, size_t size) {
  for (uint32_t i = 0; i < packets->count; i++) {
    if ((uint64_t)packets->offsets[i] + packets->lengths[i] > size) {
      misuse(env, "a packet lies outside bytes");
      return false;
    }
  }
  return true;
}

// (fd, bytes, slot, headroom, offsets, lengths[, peers, locals], capacity)
bool read_receive_arguments(napi_env env, napi_callback_info info, enum port_kind kind, struct port **port,
                            struct packets *packets) {
  napi_value values[9];
  size_t count = kind == PORT_RAW ? 9 : 7;
  return read_arguments(env, info, count, values) && read_port(env, values[0], kind, port) &&
         read_slots(env, values + 1, values[count - 1], packets) && read_arrays(env, values + 4, kind, packets);
}

// (fd, bytes, offsets, lengths[, peers, locals], count)
bool read_send_arguments(napi_env env, napi_callback_info info, enum port_kind kind, struct port **port,
                         struct packets *packets) {
  napi_value values[7];
  size_t count = kind == PORT_RAW ? 7 : 5;
  size_t size;
  return read_arguments(env, info, count, values) && read_port(env, values[0], kind, port) &&
         read_bytes(env, values[1], "bytes", &packets->bytes, &size) &&
         read_u32(env, values[count - 1], "count", UINT32_MAX, &packets->count) &&
         read_arrays(env, values + 2, kind, packets) && read_inside(env, packets, size);
}
