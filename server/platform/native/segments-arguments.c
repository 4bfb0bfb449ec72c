// What a TUN does with the octets of its packets, without a TUN: for tests, which compare it with twins in
// TypeScript.
#include <string.h>

#include "addon.h"
#include "coalesce.h"
#include "segments.h"

// The packet, with its checksum completed, in the first slot; returns 0 where it stays away.
static uint32_t whole(const struct virtio_net_hdr *vnet, const uint8_t *packet, size_t length, struct packets *packets) {
  uint8_t *slot = packets->bytes + packets->headroom;
  if (packets->count == 0 || length > packets->slot - packets->headroom) return 0;
  memcpy(slot, packet, length);
  if ((vnet->flags & VIRTIO_NET_HDR_F_NEEDS_CSUM) != 0 && !complete_checksum(vnet, slot, length)) return 0;
  packets->offsets[0] = packets->headroom;
  packets->lengths[0] = (uint32_t)length;
  return 1;
}

static uint32_t cut(struct segments *segments, struct packets *packets) {
  uint32_t done = 0;
  while (done < packets->count && segments_left(segments)) {
    const uint32_t start = done * packets->slot + packets->headroom;
    const uint32_t length = segments_next(segments, packets->bytes + start, packets->slot - packets->headroom);
    if (length == 0) break;
    packets->offsets[done] = start;
    packets->lengths[done++] = length;
  }
  return done;
}

// (packet, bytes, slot, headroom, offsets, lengths, capacity, first) → slots filled. `packet` is what the
// kernel hands a TUN: a struct virtio_net_hdr, then IP. Segments before number `first` have been handed out
// already.
napi_value split_segments(napi_env env, napi_callback_info info) {
  napi_value values[8];
  struct packets packets;
  struct virtio_net_hdr vnet;
  struct segments segments;
  uint8_t *packet;
  size_t size;
  uint32_t first, done = 0;
  if (!read_arguments(env, info, 8, values) || !read_bytes(env, values[0], "packet", &packet, &size) ||
      !read_slots(env, values + 1, values[6], &packets) || !read_arrays(env, values + 4, PORT_TUN, &packets) ||
      !read_u32(env, values[7], "first", UINT16_MAX, &first)) {
    return NULL;
  }
  if (size < sizeof vnet) return misuse(env, "packet must begin with a struct virtio_net_hdr");
  memcpy(&vnet, packet, sizeof vnet);
  if (vnet.gso_type == VIRTIO_NET_HDR_GSO_NONE) {
    if (first == 0) done = whole(&vnet, packet + sizeof vnet, size - sizeof vnet, &packets);
  } else if (segments_begin(&segments, &vnet, packet + sizeof vnet, size - sizeof vnet)) {
    if (first > 0) segments_skip(&segments, first);
    done = cut(&segments, &packets);
  }
  napi_value result;
  return napi_create_uint32(env, done, &result) == napi_ok ? result : NULL;
}

// What one writev would hand the kernel, one after the other.
static uint32_t gather(const struct super_packet *super_packet, uint8_t *to) {
  uint32_t length = 0;
  for (int i = 0; i < super_packet->vector_count; i++) {
    const struct iovec *vector = &super_packet->vectors[i];
    // An empty array has no memory at all, and memcpy wants some even for no octets.
    if (vector->iov_len > 0) memcpy(to + length, vector->iov_base, vector->iov_len);
    length += (uint32_t)vector->iov_len;
  }
  return length;
}

// (bytes, offsets, lengths, count, out, outOffsets, outLengths) → how many are written to `out`, at most 64:
// what a TUN would write, each with its struct virtio_net_hdr.
napi_value join_segments(napi_env env, napi_callback_info info) {
  napi_value values[7];
  struct packets packets, joined;
  struct join_plan plan;
  struct super_packet super_packet;
  size_t size, room;
  if (!read_arguments(env, info, 7, values) || !read_bytes(env, values[0], "bytes", &packets.bytes, &size) ||
      !read_u32(env, values[3], "count", COALESCE_BATCH, &packets.count) ||
      !read_arrays(env, values + 1, PORT_TUN, &packets) || !read_inside(env, &packets, size) ||
      !read_bytes(env, values[4], "out", &joined.bytes, &room)) {
    return NULL;
  }
  joined.count = packets.count;
  if (!read_arrays(env, values + 5, PORT_TUN, &joined)) return NULL;
  uint64_t needed = 0;
  for (uint32_t i = 0; i < packets.count; i++) needed += sizeof(struct virtio_net_hdr) + packets.lengths[i];
  if (needed > room) return misuse(env, "out is too small for the packets");
  plan_clear(&plan);
  for (uint32_t i = 0; i < packets.count; i++) plan_add(&plan, packets.bytes + packets.offsets[i], packets.lengths[i]);
  uint32_t end = 0;
  for (uint32_t i = 0; i < plan.count; i++) {
    super_packet_build(&super_packet, &plan, &plan.joins[i]);
    joined.offsets[i] = end;
    joined.lengths[i] = gather(&super_packet, joined.bytes + end);
    end += joined.lengths[i];
  }
  napi_value result;
  return napi_create_uint32(env, plan.count, &result) == napi_ok ? result : NULL;
}
