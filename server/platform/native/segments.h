// Completes what the kernel hands a TUN with IFF_VNET_HDR: checksums, and large TCP segments, which are cut
// into those that belong on the wire (TSO). Knows of no descriptor and of no JavaScript. See segments.c.
#ifndef PACD_SEGMENTS_H
#define PACD_SEGMENTS_H

#include <linux/virtio_net.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A super-packet on its way into slots. All zero: there is none.
struct segments {
  const uint8_t *packet; // the caller's, to be kept until the last segment is out
  uint32_t length;
  uint32_t ipv4_header;
  uint32_t header; // that of IPv4 and that of TCP
  uint32_t size;   // payload of every segment but the last
  uint32_t next;   // which segment comes next
};

// Completes the checksum that the header asks for (VIRTIO_NET_HDR_F_NEEDS_CSUM). False where its place lies
// outside.
bool complete_checksum(const struct virtio_net_hdr *vnet, uint8_t *packet, size_t length);

// Takes a super-packet. False where it is none that can be cut: then nothing is left to hand out.
bool segments_begin(struct segments *segments, const struct virtio_net_hdr *vnet, const uint8_t *packet, size_t length);

// Leaves out segments before number `number`, as if they had been handed out.
void segments_skip(struct segments *segments, uint32_t number);

bool segments_left(const struct segments *segments);

// Writes the next segment and returns its length. 0 where it does not fit `room`: then the rest is dropped.
uint32_t segments_next(struct segments *segments, uint8_t *to, size_t room);

#endif
