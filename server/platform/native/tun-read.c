#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "addon.h"
#include "tun.h"

// Reads one packet of the kernel, into the slot if it fits. Returns the length of what is in the slot now, 0
// where that is nothing (a super-packet is pending, or a packet was dropped), or -1 with errno.
static ssize_t read_packet(int fd, struct tun *tun, uint8_t *slot, size_t room) {
  struct virtio_net_hdr vnet;
  const size_t direct = room < TUN_LARGEST ? room : TUN_LARGEST;
  struct iovec vectors[3] = {
      {.iov_base = &vnet, .iov_len = sizeof vnet},
      {.iov_base = slot, .iov_len = direct},
      {.iov_base = tun->scratch + direct, .iov_len = TUN_LARGEST - direct},
  };
  const ssize_t octets = readv(fd, vectors, 3);
  if (octets < 0) return -1;
  if ((size_t)octets < sizeof vnet) return 0;
  const size_t length = (size_t)octets - sizeof vnet;
  if (vnet.gso_type == VIRTIO_NET_HDR_GSO_NONE) {
    if (length > direct) return (ssize_t)direct; // cut short, as its length will tell
    if ((vnet.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM) != 0 && !complete_checksum(&vnet, slot, length)) return 0;
    return (ssize_t)length;
  }
  memcpy(tun->scratch, slot, length < direct ? length : direct);
  segments_begin(&tun->pending, &vnet, tun->scratch, length);
  return 0;
}

bool tun_has_pending(const struct port *port) {
  return segments_left(&port->tun->pending);
}

// (fd, bytes, slot, headroom, offsets, lengths, capacity) → packets read. What does not fit into the slots
// comes with the next call, and until then the watch calls back. Throws ENODEV once the interface was deleted
// under us (the kernel says EBADFD, for which libuv has no name), since no packet will ever come again.
napi_value read_tun(napi_env env, napi_callback_info info) {
  struct port *port;
  struct packets packets;
  if (!read_receive_arguments(env, info, PORT_TUN, &port, &packets)) return NULL;
  struct tun *tun = port->tun;
  const size_t room = packets.slot - packets.headroom;
  uint32_t done = 0, reads = 0;
  while (done < packets.count) {
    const uint32_t start = done * packets.slot + packets.headroom;
    uint8_t *slot = packets.bytes + start;
    ssize_t length;
    if (segments_left(&tun->pending)) {
      length = segments_next(&tun->pending, slot, room);
    } else if (reads++ < packets.count) {
      length = tun->vnet ? read_packet(port->fd, tun, slot, room) : read(port->fd, slot, room);
      if (length < 0 && errno == EINTR) continue;
      if (length < 0 && errno == EBADFD && done == 0) return system_failure(env, "read", ENODEV);
      if (length < 0) break;
    } else {
      break; // packets that were dropped took the others' turns
    }
    if (length == 0) continue;
    packets.offsets[done] = start;
    packets.lengths[done] = (uint32_t)length;
    done++;
  }
  if (port->watch != NULL) watch_again(port->watch, tun_has_pending(port));
  napi_value result;
  return napi_create_uint32(env, done, &result) == napi_ok ? result : NULL;
}
