#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

#include "addon.h"
#include "coalesce.h"
#include "tun.h"

static bool write_super_packet(int fd, const struct super_packet *super_packet) {
  ssize_t written;
  do {
    written = writev(fd, super_packet->vectors, super_packet->vector_count);
  } while (written < 0 && errno == EINTR);
  return written >= 0;
}

// Packets first … first + count - 1, as few as they can be. Returns how many of them the kernel took.
static uint32_t write_joined(int fd, const struct packets *packets, uint32_t first, uint32_t count) {
  struct join_plan plan;
  struct super_packet super_packet;
  uint32_t taken = 0;
  plan_clear(&plan);
  for (uint32_t i = first; i < first + count; i++) {
    plan_add(&plan, packets->bytes + packets->offsets[i], packets->lengths[i]);
  }
  for (uint32_t i = 0; i < plan.count; i++) {
    super_packet_build(&super_packet, &plan, &plan.joins[i]);
    if (write_super_packet(fd, &super_packet)) taken += plan.joins[i].packets;
  }
  return taken;
}

static uint32_t write_plain(int fd, const struct packets *packets) {
  uint32_t taken = 0;
  for (uint32_t i = 0; i < packets->count; i++) {
    ssize_t written;
    do {
      written = write(fd, packets->bytes + packets->offsets[i], packets->lengths[i]);
    } while (written < 0 && errno == EINTR);
    if (written >= 0) taken++;
  }
  return taken;
}

// (fd, bytes, offsets, lengths, count) → packets that the kernel took. A packet it refuses (EINVAL: not IP;
// EIO: the interface is down; ENOBUFS) is lost, with those that were joined to it; the others go on.
napi_value write_tun(napi_env env, napi_callback_info info) {
  struct port *port;
  struct packets packets;
  if (!read_send_arguments(env, info, PORT_TUN, &port, &packets)) return NULL;
  uint32_t taken = 0;
  if (!port->tun->vnet) taken = write_plain(port->fd, &packets);
  for (uint32_t first = 0; port->tun->vnet && first < packets.count; first += COALESCE_BATCH) {
    const uint32_t left = packets.count - first;
    taken += write_joined(port->fd, &packets, first, left < COALESCE_BATCH ? left : COALESCE_BATCH);
  }
  napi_value result;
  return napi_create_uint32(env, taken, &result) == napi_ok ? result : NULL;
}
