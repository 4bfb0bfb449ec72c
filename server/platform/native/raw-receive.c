#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "addon.h"

#define IPV4_HEADER 20u

static uint32_t u32_at(const uint8_t *bytes) {
  uint32_t value;
  memcpy(&value, bytes, sizeof value);
  return ntohl(value);
}

// A raw socket delivers the IPv4 header (RFC 791 §3.1) as well: takes the addresses from it and points behind
// it.
static void strip_header(struct packets *packets, uint32_t i, uint32_t received) {
  uint32_t start = i * packets->slot + packets->headroom;
  const uint8_t *header = packets->bytes + start;
  uint32_t header_length = received < IPV4_HEADER ? IPV4_HEADER : (header[0] & 15u) * 4u;
  if (header_length < IPV4_HEADER || header_length > received) {
    // Never from the kernel; a packet of no octets is dropped as truncated by its reader.
    packets->offsets[i] = start;
    packets->lengths[i] = packets->peers[i] = packets->locals[i] = 0;
    return;
  }
  packets->offsets[i] = start + header_length;
  packets->lengths[i] = received - header_length;
  packets->peers[i] = u32_at(header + 12);
  packets->locals[i] = u32_at(header + 16);
}

// Receives at most `count` packets into the slots from `first` on. Returns how many came, or -1 with errno.
static int receive_chunk(int fd, struct packets *packets, uint32_t first, uint32_t count) {
  struct mmsghdr messages[CHUNK];
  struct iovec vectors[CHUNK];
  memset(messages, 0, sizeof messages[0] * count);
  for (uint32_t i = 0; i < count; i++) {
    vectors[i].iov_base = packets->bytes + (size_t)(first + i) * packets->slot + packets->headroom;
    vectors[i].iov_len = packets->slot - packets->headroom;
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  int received = recvmmsg(fd, messages, count, MSG_DONTWAIT, NULL);
  for (int i = 0; i < received; i++) strip_header(packets, first + (uint32_t)i, messages[i].msg_len);
  return received;
}

// (fd, bytes, slot, headroom, offsets, lengths, peers, locals, capacity) → packets received. Writes into the
// caller's memory only during the call. Errors other than "nothing there" are those of single packets or of
// the network, and reading them has cleared them: the call ends early.
napi_value receive_raw(napi_env env, napi_callback_info info) {
  struct port *port;
  struct packets packets;
  if (!read_receive_arguments(env, info, PORT_RAW, &port, &packets)) return NULL;
  uint32_t done = 0;
  while (done < packets.count) {
    uint32_t wanted = packets.count - done < CHUNK ? packets.count - done : CHUNK;
    int received = receive_chunk(port->fd, &packets, done, wanted);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) break;
    done += (uint32_t)received;
    if ((uint32_t)received < wanted) break;
  }
  napi_value result;
  return napi_create_uint32(env, done, &result) == napi_ok ? result : NULL;
}

// (bytes, slot, headroom, offsets, lengths, peers, locals, received): what receive_raw would say of the first
// slot, had the kernel put so many octets there. For tests, which compare it with a twin in TypeScript.
napi_value strip_raw_header(napi_env env, napi_callback_info info) {
  napi_value values[8], one;
  struct packets packets;
  uint32_t received;
  if (!read_arguments(env, info, 8, values) || napi_create_uint32(env, 1, &one) != napi_ok ||
      !read_slots(env, values, one, &packets) || !read_arrays(env, values + 3, PORT_RAW, &packets) ||
      !read_u32(env, values[7], "received", packets.slot - packets.headroom, &received)) {
    return NULL;
  }
  strip_header(&packets, 0, received);
  return NULL;
}
