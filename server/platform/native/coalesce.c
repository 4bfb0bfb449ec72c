// Joins are written in the order of their first packets. That keeps the order within a flow, since of each
// flow one join at most is open: a packet that cannot be joined to it closes it, and stands behind it.
#include "coalesce.h"

#include "tcp-ipv4.h"

#define NONE COALESCE_BATCH

// What is read of a packet, once.
struct segment {
  const uint8_t *packet;
  uint32_t length;
  uint32_t header; // 0 where it cannot be part of a join
  uint8_t flags;
};

static bool is_tcp(const uint8_t *packet, uint32_t length) {
  return length >= IPV4_HEADER && packet[0] >> 4 == 4 && packet[IPV4_PROTOCOL] == PROTOCOL_TCP;
}

// A whole TCP segment with data, ordinary flags and options. Its checksums are verified when it is joined.
static struct segment read_segment(const uint8_t *packet, uint32_t length) {
  struct segment segment = {.packet = packet, .length = length, .header = 0, .flags = 0};
  if (length < IPV4_HEADER + TCP_HEADER || packet[0] != 0x45 || packet[IPV4_PROTOCOL] != PROTOCOL_TCP ||
      get16(packet + IPV4_LENGTH) != length ||
      (get16(packet + IPV4_FRAGMENT) & ~DONT_FRAGMENT) != 0) {
    return segment;
  }
  const uint8_t *tcp = packet + IPV4_HEADER;
  const uint32_t header = IPV4_HEADER + (tcp[TCP_DATA_OFFSET] >> 4) * 4u;
  segment.flags = tcp[TCP_FLAGS];
  if ((segment.flags & ~TCP_PSH) != TCP_ACK || (tcp[TCP_DATA_OFFSET] & 15) != 0) return segment;
  if (header < IPV4_HEADER + TCP_HEADER || header >= length) return segment;
  segment.header = header;
  return segment;
}

static bool has_right_checksums(const uint8_t *packet, uint32_t length) {
  const uint32_t tcp_length = length - IPV4_HEADER;
  return inet_fold(inet_add(0, packet, IPV4_HEADER)) == UINT16_MAX &&
         inet_fold(inet_add(tcp_pseudo_sum(packet, tcp_length), packet + IPV4_HEADER, tcp_length)) == UINT16_MAX;
}

static bool same(const uint8_t *a, const uint8_t *b, size_t from, size_t to) {
  return memcmp(a + from, b + from, to - from) == 0;
}

// Addresses and ports.
static bool same_flow(const uint8_t *a, const uint8_t *b) {
  return same(a, b, IPV4_SOURCE, IPV4_HEADER + TCP_SEQUENCE);
}

// All that a receiver could tell the packets by, but for what grows from one to the next.
static bool same_headers(const uint8_t *a, const uint8_t *b, uint32_t header) {
  return a[1] == b[1] && same(a, b, IPV4_FRAGMENT, IPV4_CHECKSUM) &&
         same(a, b, IPV4_HEADER + TCP_ACKNOWLEDGMENT, IPV4_HEADER + TCP_FLAGS) &&
         same(a, b, IPV4_HEADER + TCP_WINDOW, IPV4_HEADER + TCP_CHECKSUM) &&
         same(a, b, IPV4_HEADER + TCP_URGENT, header);
}

// The ID grows by one, or stays where it means nothing since nobody may fragment (RFC 6864 §4).
static bool id_follows(const struct join *join, const struct segment *segment) {
  const uint16_t step = (uint16_t)(get16(segment->packet + IPV4_ID) - join->id);
  if (join->packets > 1) return step == join->step;
  return step == 1 || (step == 0 && (get16(segment->packet + IPV4_FRAGMENT) & DONT_FRAGMENT) != 0);
}

static bool can_join(const struct join_plan *plan, const struct join *join, const struct segment *segment) {
  const uint8_t *first = plan->packets[join->first];
  const uint32_t payload = segment->length - segment->header;
  if (segment->header != join->header || payload > join->size ||
      join->header + join->payload + payload > UINT16_MAX ||
      get32(segment->packet + IPV4_HEADER + TCP_SEQUENCE) !=
          get32(first + IPV4_HEADER + TCP_SEQUENCE) + join->payload ||
      !same_headers(first, segment->packet, join->header) || !id_follows(join, segment)) {
    return false;
  }
  // Joining replaces the checksums, so a wrong one must not get in. A packet that stays alone keeps its own.
  return has_right_checksums(segment->packet, segment->length) &&
         (join->packets > 1 || has_right_checksums(first, plan->lengths[join->first]));
}

static void close_join(struct join_plan *plan, uint32_t at) {
  plan->open[at] = plan->open[--plan->open_count];
}

// Closes the joins that would overtake a packet which cannot be joined. Where its ports cannot be read, these
// are all between its addresses.
static void close_flows(struct join_plan *plan, const uint8_t *packet, uint32_t length) {
  const bool has_ports = packet[0] == 0x45 && length >= IPV4_HEADER + TCP_SEQUENCE &&
                         (get16(packet + IPV4_FRAGMENT) & ~DONT_FRAGMENT) == 0;
  const size_t end = has_ports ? IPV4_HEADER + TCP_SEQUENCE : IPV4_HEADER;
  for (uint32_t at = plan->open_count; at-- > 0;) {
    const uint8_t *first = plan->packets[plan->joins[plan->open[at]].first];
    if (same(first, packet, IPV4_SOURCE, end)) close_join(plan, at);
  }
}

static uint32_t open_join_of(const struct join_plan *plan, const struct segment *segment) {
  for (uint32_t at = 0; at < plan->open_count; at++) {
    if (same_flow(plan->packets[plan->joins[plan->open[at]].first], segment->packet)) return at;
  }
  return NONE;
}

static void append(struct join_plan *plan, struct join *join, uint32_t i, const struct segment *segment) {
  const uint16_t id = get16(segment->packet + IPV4_ID);
  plan->next[join->last] = i;
  join->last = i;
  join->packets++;
  join->payload += segment->length - segment->header;
  join->step = (uint16_t)(id - join->id);
  join->id = id;
}

static struct join *start(struct join_plan *plan, uint32_t i, const struct segment *segment) {
  struct join *join = &plan->joins[plan->count++];
  *join = (struct join){.first = i, .last = i, .packets = 1, .header = segment->header};
  if (segment->header == 0) return join;
  join->size = join->payload = segment->length - segment->header;
  join->id = get16(segment->packet + IPV4_ID);
  return join;
}

void plan_clear(struct join_plan *plan) {
  plan->added = plan->open_count = plan->count = 0;
}

void plan_add(struct join_plan *plan, const uint8_t *packet, uint32_t length) {
  const uint32_t i = plan->added++;
  plan->packets[i] = packet;
  plan->lengths[i] = length;
  const struct segment segment = read_segment(packet, length);
  if (segment.header == 0) {
    if (is_tcp(packet, length)) close_flows(plan, packet, length);
    start(plan, i, &segment);
    return;
  }
  const bool pushed = (segment.flags & TCP_PSH) != 0;
  uint32_t at = open_join_of(plan, &segment);
  if (at != NONE) {
    struct join *join = &plan->joins[plan->open[at]];
    if (can_join(plan, join, &segment)) {
      append(plan, join, i, &segment);
      // A short one, or one that is to be handed to the application, is the last.
      if (pushed || segment.length - segment.header < join->size) close_join(plan, at);
      return;
    }
    close_join(plan, at);
  }
  start(plan, i, &segment);
  if (!pushed) plan->open[plan->open_count++] = plan->count - 1;
}

// The first packet's header with the length of all, and the last one's flags. What is to be added up is left
// to the kernel or the network card, which do without where the packet stays in this host.
static void build_header(struct super_packet *super_packet, const struct join_plan *plan, const struct join *join) {
  const uint32_t length = join->header + join->payload, tcp_length = length - IPV4_HEADER;
  uint8_t *header = super_packet->header, *tcp = header + IPV4_HEADER;
  memcpy(header, plan->packets[join->first], join->header);
  put16(header + IPV4_LENGTH, (uint16_t)length);
  put_ipv4_checksum(header, IPV4_HEADER);
  tcp[TCP_FLAGS] = plan->packets[join->last][IPV4_HEADER + TCP_FLAGS];
  put_sum(tcp + TCP_CHECKSUM, inet_fold(tcp_pseudo_sum(header, tcp_length)));
  super_packet->vnet = (struct virtio_net_hdr){
      .flags = VIRTIO_NET_HDR_F_NEEDS_CSUM,
      .gso_type = VIRTIO_NET_HDR_GSO_TCPV4,
      .hdr_len = (uint16_t)join->header,
      .gso_size = (uint16_t)join->size,
      .csum_start = IPV4_HEADER,
      .csum_offset = TCP_CHECKSUM,
  };
}

static void add_vector(struct super_packet *super_packet, const void *start, size_t length) {
  // The kernel only reads it; struct iovec knows no const.
  super_packet->vectors[super_packet->vector_count++] = (struct iovec){.iov_base = (void *)(uintptr_t)start, .iov_len = length};
}

void super_packet_build(struct super_packet *super_packet, const struct join_plan *plan, const struct join *join) {
  super_packet->vector_count = 0;
  add_vector(super_packet, &super_packet->vnet, sizeof super_packet->vnet);
  if (join->packets == 1) {
    memset(&super_packet->vnet, 0, sizeof super_packet->vnet);
    add_vector(super_packet, plan->packets[join->first], plan->lengths[join->first]);
    return;
  }
  build_header(super_packet, plan, join);
  add_vector(super_packet, super_packet->header, join->header);
  for (uint32_t left = join->packets, i = join->first; left > 0; left--, i = plan->next[i]) {
    add_vector(super_packet, plan->packets[i] + join->header, plan->lengths[i] - join->header);
  }
}
