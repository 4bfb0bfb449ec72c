// GRE over IPv4: opening the socket, and giving it a peer. Receiving and sending have files of their own.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "addon.h"
#include "raw.h"

// Room for a burst while this thread is busy, in octets. The kernel doubles it for its own book-keeping.
#define SOCKET_BUFFER (4 * 1024 * 1024)

// The FORCE variant passes rmem_max and wmem_max, but needs CAP_NET_ADMIN. Where the kernel
// refuses, the buffer stays as it is.
static void enlarge(int fd, int force, int plain) {
  int size = SOCKET_BUFFER;
  if (setsockopt(fd, SOL_SOCKET, force, &size, sizeof size) != 0) {
    (void)setsockopt(fd, SOL_SOCKET, plain, &size, sizeof size);
  }
}

int raw_socket(void) {
  int fd = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_GRE);
  if (fd < 0) return -1;

  // No DF on outer packets: a client's path with a small MTU must fragment them, since PPTP has no way to be
  // told.
  int discover = IP_PMTUDISC_DONT;
  if (setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &discover, sizeof discover) != 0) {
    int error = errno;
    close(fd);
    errno = error;
    return -1;
  }
  enlarge(fd, SO_RCVBUFFORCE, SO_RCVBUF);
  enlarge(fd, SO_SNDBUFFORCE, SO_SNDBUF);
  return fd;
}

// (). The descriptor is this thread's until close or the end of the thread.
napi_value open_raw(napi_env env, napi_callback_info info) {
  napi_value none[1];
  if (!read_arguments(env, info, 0, none)) return NULL;
  int fd = raw_socket();
  if (fd < 0) return system_failure(env, "socket", errno);
  return port_add(env, (struct port){.fd = fd, .kind = PORT_RAW, .map = -1});
}

static struct sockaddr_in place(uint32_t address) {
  return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
}

const char *raw_pair(int fd, uint32_t local, uint32_t peer) {
  const struct sockaddr_in here = place(local), there = place(peer);
  if (bind(fd, (const struct sockaddr *)&here, sizeof here) != 0) return "bind";
  return connect(fd, (const struct sockaddr *)&there, sizeof there) == 0 ? NULL : "connect";
}

// (fd, local, peer): the socket is for these two addresses alone. A packet that needs neither in its control
// data costs a tenth less.
napi_value pair_raw(napi_env env, napi_callback_info info) {
  napi_value values[3];
  struct port *port;
  uint32_t local, peer;
  if (!read_arguments(env, info, 3, values) || !read_port(env, values[0], PORT_RAW, &port) ||
      !read_u32(env, values[1], "local", UINT32_MAX, &local) || !read_u32(env, values[2], "peer", UINT32_MAX, &peer)) {
    return NULL;
  }
  const char *failed = raw_pair(port->fd, local, peer);
  if (failed != NULL) return system_failure(env, failed, errno);
  port->paired = true;
  return NULL;
}
