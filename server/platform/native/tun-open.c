// Opening TUNs, alone and with several queues. Each wants IFF_VNET_HDR, so that large TCP segments come and
// go as one (TUN_F_TSO4); where the kernel has none of it, packets come and go one by one.
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "addon.h"
#include "tun.h"

// Attaches to the interface, which is created where it is missing. Returns the name of the call that failed,
// with errno, or NULL; `request` then has the interface's flags.
static const char *attach(int fd, struct ifreq *request, unsigned flags) {
  unsigned features = 0;
  if (ioctl(fd, TUNGETFEATURES, &features) != 0) features = 0;
  request->ifr_flags = (short)(IFF_TUN | IFF_NO_PI | (features & IFF_VNET_HDR) | flags);
  if (ioctl(fd, TUNSETIFF, request) != 0) return "TUNSETIFF";
  // A further queue takes over the flags of the first.
  if (ioctl(fd, TUNGETIFF, request) != 0) return "TUNGETIFF";
  if ((request->ifr_flags & IFF_VNET_HDR) == 0) return NULL;
  // A persistent interface keeps what somebody else has set.
  int header = sizeof(struct virtio_net_hdr);
  if (ioctl(fd, TUNSETVNETHDRSZ, &header) != 0) return "TUNSETVNETHDRSZ";
  // Refused, the kernel hands us no large segments; it takes ours all the same.
  (void)ioctl(fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4);
  return NULL;
}

// Returns a descriptor, or -1 with errno and the name of the call that failed.
static int open_device(struct ifreq *request, unsigned flags, const char **failed) {
  int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  *failed = fd < 0 ? "open" : attach(fd, request, flags);
  if (*failed == NULL || fd < 0) return fd;
  int error = errno;
  close(fd);
  errno = error;
  return -1;
}

// The user of a persistent interface after us may know nothing of large segments.
static void release(struct port *port) {
  if (port->tun->only) (void)ioctl(port->fd, TUNSETOFFLOAD, 0);
  free(port->tun);
}

static napi_value add_tun(napi_env env, int fd, const struct ifreq *request) {
  struct tun *tun = malloc(sizeof *tun);
  if (tun == NULL) {
    close(fd);
    return system_failure(env, "malloc", ENOMEM);
  }
  tun->vnet = (request->ifr_flags & IFF_VNET_HDR) != 0;
  tun->only = (request->ifr_flags & IFF_MULTI_QUEUE) == 0;
  memset(&tun->pending, 0, sizeof tun->pending);
  return port_add(env, (struct port){.fd = fd,
                                     .kind = PORT_TUN,
                                     .map = -1,
                                     .tun = tun,
                                     .release = release,
                                     .has_pending = tun_has_pending});
}

static bool read_name(napi_env env, napi_callback_info info, struct ifreq *request) {
  napi_value values[1];
  memset(request, 0, sizeof *request);
  if (!read_arguments(env, info, 1, values) || !read_interface_name(env, values[0], request->ifr_name)) return false;
  if (strchr(request->ifr_name, '%') == NULL) return true;
  misuse(env, "name must not be a pattern");
  return false;
}

// (name). Creates an interface of one queue, or takes over a persistent TUN that nobody has open. This
// thread's until close or the end of the thread, when the kernel removes it (unless it was persistent).
napi_value open_tun(napi_env env, napi_callback_info info) {
  struct ifreq request;
  const char *failed;
  if (!read_name(env, info, &request)) return NULL;
  int fd = open_device(&request, 0, &failed);
  return fd < 0 ? system_failure(env, failed, errno) : add_tun(env, fd, &request);
}

// (name). Creates an interface that may have several queues, with a first one that is not read. EBUSY where
// there is one of that name. The kernel removes it when the last of its queues is closed.
napi_value create_tun_interface(napi_env env, napi_callback_info info) {
  struct ifreq request;
  const char *failed;
  if (!read_name(env, info, &request)) return NULL;
  int fd = open_device(&request, IFF_MULTI_QUEUE | IFF_TUN_EXCL, &failed);
  if (fd < 0) return system_failure(env, failed, errno);
  return port_add(env, (struct port){.fd = fd, .kind = PORT_INTERFACE, .map = -1});
}

// (name). The next queue of an interface that create_tun_interface made, or the only one of another TUN that
// nobody has open. ENODEV where there is no interface of that name.
napi_value open_tun_queue(napi_env env, napi_callback_info info) {
  struct ifreq request;
  const char *failed;
  if (!read_name(env, info, &request)) return NULL;
  // To attach to what is missing would create it.
  if (if_nametoindex(request.ifr_name) == 0) return system_failure(env, "if_nametoindex", ENODEV);
  int fd = open_device(&request, IFF_MULTI_QUEUE, &failed);
  if (fd < 0 && errno == EINVAL) fd = open_device(&request, 0, &failed);
  return fd < 0 ? system_failure(env, failed, errno) : add_tun(env, fd, &request);
}

// (fd of an interface). Its own queue gets no more packets; those that are opened from now on get them all.
napi_value detach_tun_interface(napi_env env, napi_callback_info info) {
  napi_value values[1];
  struct port *port;
  struct ifreq request;
  if (!read_arguments(env, info, 1, values) || !read_port(env, values[0], PORT_INTERFACE, &port)) return NULL;
  memset(&request, 0, sizeof request);
  request.ifr_flags = IFF_DETACH_QUEUE;
  return ioctl(port->fd, TUNSETQUEUE, &request) == 0 ? NULL : system_failure(env, "TUNSETQUEUE", errno);
}
