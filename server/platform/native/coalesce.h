// Which packets of a batch a TUN with IFF_VNET_HDR takes as one: neighbouring TCP segments of one flow,
// joined as the kernel's receive offload joins them (GRO). Knows of no descriptor and of no JavaScript. See
// coalesce.c.
#ifndef PACD_COALESCE_H
#define PACD_COALESCE_H

#include <linux/virtio_net.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

// Packets of one plan: bounds the stack that it takes (about 5 KiB).
#define COALESCE_BATCH 64u

// The longest IPv4 header without options, and TCP header.
#define COALESCE_HEADER 80u

// Packets that are written as one.
struct join {
  uint32_t first, last; // indices of packets
  uint32_t packets;
  uint32_t header;  // octets of IPv4 and TCP header; 0 where nothing can be joined to the packet
  uint32_t size;    // payload of the first
  uint32_t payload; // of all
  uint16_t id;      // of the last
  uint16_t step;    // by which the ID grows: 0 or 1, known from the second packet on
};

struct join_plan {
  uint32_t added; // packets
  const uint8_t *packets[COALESCE_BATCH];
  uint32_t lengths[COALESCE_BATCH];
  uint32_t next[COALESCE_BATCH]; // the next packet of the same join
  struct join joins[COALESCE_BATCH];
  uint32_t open[COALESCE_BATCH]; // joins that may still grow, of one flow each
  uint32_t open_count;
  uint32_t count; // of joins, to be written in this order
};

// What one join is written from. The vectors point here and into the packets.
struct super_packet {
  struct virtio_net_hdr vnet;
  uint8_t header[COALESCE_HEADER];
  struct iovec vectors[2 + COALESCE_BATCH];
  int vector_count;
};

void plan_clear(struct join_plan *plan);

// The next packet, at most COALESCE_BATCH of them. Its octets must stay as they are until the plan has been
// carried out.
void plan_add(struct join_plan *plan, const uint8_t *packet, uint32_t length);

void super_packet_build(struct super_packet *super_packet, const struct join_plan *plan, const struct join *join);

#endif
