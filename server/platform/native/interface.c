// The interface's address, MTU, state and routes, by the ioctls of netdevice(7) and rtentry.
#include <arpa/inet.h>
#include <errno.h>
#include <net/route.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "addon.h"

static void set_address(struct sockaddr *address, uint32_t value) {
  struct sockaddr_in inet = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(value)};
  memcpy(address, &inet, sizeof inet);
}

static int control_socket(void) {
  return socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

// Returns the name of the call that failed, with errno, or NULL.
static const char *configure(int fd, struct ifreq *request, uint32_t local, uint32_t mtu) {
  set_address(&request->ifr_addr, local);
  if (ioctl(fd, SIOCSIFADDR, request) != 0) return "SIOCSIFADDR";
  set_address(&request->ifr_netmask, UINT32_MAX);
  if (ioctl(fd, SIOCSIFNETMASK, request) != 0) return "SIOCSIFNETMASK";
  request->ifr_mtu = (int)mtu;
  if (ioctl(fd, SIOCSIFMTU, request) != 0) return "SIOCSIFMTU";
  if (ioctl(fd, SIOCGIFFLAGS, request) != 0) return "SIOCGIFFLAGS";
  request->ifr_flags |= IFF_UP | IFF_RUNNING;
  if (ioctl(fd, SIOCSIFFLAGS, request) != 0) return "SIOCSIFFLAGS";
  return NULL;
}

// (name, local, mtu): address/32, MTU, up.
napi_value configure_interface(napi_env env, napi_callback_info info) {
  napi_value values[3];
  struct ifreq request;
  uint32_t local, mtu;
  memset(&request, 0, sizeof request);
  if (!read_arguments(env, info, 3, values) || !read_interface_name(env, values[0], request.ifr_name) ||
      !read_u32(env, values[1], "local", UINT32_MAX, &local) || !read_u32(env, values[2], "mtu", UINT16_MAX, &mtu)) {
    return NULL;
  }
  int fd = control_socket();
  if (fd < 0) return system_failure(env, "socket", errno);
  const char *failed = configure(fd, &request, local, mtu);
  int error = errno;
  close(fd);
  return failed == NULL ? NULL : system_failure(env, failed, error);
}

// SIOCADDRT or SIOCDELRT for (name, network, prefix).
static napi_value change_route(napi_env env, napi_callback_info info, unsigned long change, const char *syscall) {
  napi_value values[3];
  char name[IFNAMSIZ];
  uint32_t network, prefix;
  if (!read_arguments(env, info, 3, values) || !read_interface_name(env, values[0], name) ||
      !read_u32(env, values[1], "network", UINT32_MAX, &network) || !read_u32(env, values[2], "prefix", 32, &prefix)) {
    return NULL;
  }
  struct rtentry route;
  memset(&route, 0, sizeof route);
  set_address(&route.rt_dst, network);
  // Shifting a 32-bit number by 32 is undefined in C, so in 64 bits.
  set_address(&route.rt_genmask, (uint32_t)(UINT64_C(0xffffffff) << (32 - prefix)));
  route.rt_flags = RTF_UP | (prefix == 32 ? RTF_HOST : 0);
  route.rt_dev = name;
  int fd = control_socket();
  if (fd < 0) return system_failure(env, "socket", errno);
  int status = ioctl(fd, change, &route);
  int error = errno;
  close(fd);
  return status == 0 ? NULL : system_failure(env, syscall, error);
}

// (name, network, prefix): a route through the interface, which must be up. Host bits are refused by the
// kernel (EINVAL).
napi_value add_route(napi_env env, napi_callback_info info) {
  return change_route(env, info, SIOCADDRT, "SIOCADDRT");
}

// (name, network, prefix): takes it away. ESRCH where there is no such route.
napi_value remove_route(napi_env env, napi_callback_info info) {
  return change_route(env, info, SIOCDELRT, "SIOCDELRT");
}
