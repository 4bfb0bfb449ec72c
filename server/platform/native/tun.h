// What a port that is a TUN has besides its descriptor. See tun-open.c, tun-read.c, tun-write.c.
#ifndef PACD_TUN_H
#define PACD_TUN_H

#include <stdbool.h>
#include <stdint.h>

#include "segments.h"

// The largest IPv4 packet there is.
#define TUN_LARGEST 65535u

struct tun {
  bool vnet; // a struct virtio_net_hdr stands before each packet
  bool only; // the interface has this one queue
  struct segments pending; // of the super-packet in `scratch`, when the caller's slots were full
  uint8_t scratch[TUN_LARGEST];
};

#endif
