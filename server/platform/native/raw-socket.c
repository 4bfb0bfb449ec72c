// GRE over IPv4: opening the socket. Receiving and sending have files of their own.
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "addon.h"

// Room for a burst while this thread is busy, in octets. The kernel doubles it for its own book-keeping.
#define SOCKET_BUFFER (4 * 1024 * 1024)

// The FORCE variant passes rmem_max and wmem_max, but needs CAP_NET_ADMIN. What cannot be had is done without.
static void enlarge(int fd, int force, int plain) {
  int size = SOCKET_BUFFER;
  if (setsockopt(fd, SOL_SOCKET, force, &size, sizeof size) != 0) {
    (void)setsockopt(fd, SOL_SOCKET, plain, &size, sizeof size);
  }
}

// (). The descriptor is this thread's until close or the end of the thread.
napi_value open_raw(napi_env env, napi_callback_info info) {
  napi_value none[1];
  if (!read_arguments(env, info, 0, none)) return NULL;
  int fd = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_GRE);
  if (fd < 0) return system_failure(env, "socket", errno);

  // No DF on outer packets: a client's path with a small MTU must fragment them, since PPTP has no way to be told.
  int discover = IP_PMTUDISC_DONT;
  if (setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &discover, sizeof discover) != 0) {
    int error = errno;
    close(fd);
    return system_failure(env, "setsockopt", error);
  }
  enlarge(fd, SO_RCVBUFFORCE, SO_RCVBUF);
  enlarge(fd, SO_SNDBUFFORCE, SO_SNDBUF);
  return port_add(env, (struct port){.fd = fd, .kind = PORT_RAW, .map = -1});
}
