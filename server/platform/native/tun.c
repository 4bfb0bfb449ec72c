#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "addon.h"

// (name). Creates the interface, or takes over a persistent TUN that nobody has open. This thread's until close or the
// end of the thread, when the kernel removes it (unless it was persistent).
napi_value open_tun(napi_env env, napi_callback_info info) {
  napi_value values[1];
  struct ifreq request;
  memset(&request, 0, sizeof request);
  if (!read_arguments(env, info, 1, values) || !read_interface_name(env, values[0], request.ifr_name)) return NULL;
  if (strchr(request.ifr_name, '%') != NULL) return misuse(env, "name must not be a pattern");

  int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return system_failure(env, "open", errno);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(fd, TUNSETIFF, &request) != 0) {
    int error = errno;
    close(fd);
    return system_failure(env, "TUNSETIFF", error);
  }
  return port_add(env, fd, PORT_TUN);
}

// (fd, bytes, slot, headroom, offsets, lengths, capacity) → packets read. Throws ENODEV once the interface was deleted
// under us (the kernel says EBADFD, for which libuv has no name), since no packet will ever come again.
napi_value read_tun(napi_env env, napi_callback_info info) {
  struct port *port;
  struct packets packets;
  if (!read_receive_arguments(env, info, PORT_TUN, &port, &packets)) return NULL;
  uint32_t done = 0;
  while (done < packets.count) {
    uint32_t start = done * packets.slot + packets.headroom;
    ssize_t length = read(port->fd, packets.bytes + start, packets.slot - packets.headroom);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0 && errno == EBADFD && done == 0) return system_failure(env, "read", ENODEV);
    if (length <= 0) break;
    packets.offsets[done] = start;
    packets.lengths[done] = (uint32_t)length;
    done++;
  }
  napi_value result;
  return napi_create_uint32(env, done, &result) == napi_ok ? result : NULL;
}

// (fd, bytes, offsets, lengths, count) → packets that the kernel took. A packet it refuses (EINVAL: not IP; EIO: the
// interface is down; ENOBUFS) is lost, the others go on.
napi_value write_tun(napi_env env, napi_callback_info info) {
  struct port *port;
  struct packets packets;
  if (!read_send_arguments(env, info, PORT_TUN, &port, &packets)) return NULL;
  uint32_t taken = 0;
  for (uint32_t i = 0; i < packets.count; i++) {
    ssize_t written;
    do {
      written = write(port->fd, packets.bytes + packets.offsets[i], packets.lengths[i]);
    } while (written < 0 && errno == EINTR);
    if (written >= 0) taken++;
  }
  napi_value result;
  return napi_create_uint32(env, taken, &result) == napi_ok ? result : NULL;
}
