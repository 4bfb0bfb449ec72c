// Datagrams to a service of this host: systemd and its journal. Node knows no such sockets.
#define _GNU_SOURCE // memfd_create
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "addon.h"

// A path; or, after an "@", a name that lies in no file system (unix(7)).
static bool read_address(napi_env env, napi_value value, struct sockaddr_un *address, socklen_t *length) {
  char path[sizeof address->sun_path + 1];
  size_t size;
  if (napi_get_value_string_utf8(env, value, path, sizeof path, &size) != napi_ok || size == 0 ||
      size >= sizeof address->sun_path || strlen(path) != size) {
    misuse(env, "path must be that of a socket");
    return false;
  }
  *address = (struct sockaddr_un){.sun_family = AF_UNIX};
  memcpy(address->sun_path, path, size);
  if (path[0] == '@') address->sun_path[0] = '\0';
  *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size);
  return true;
}

// 0, or the error. `fd` goes along unless it is -1. `wait`: milliseconds that the receiver may take.
static int send_to(const struct sockaddr_un *address, socklen_t length, void *data, size_t size, int fd,
                   uint32_t wait) {
  int sender = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (sender < 0) return errno;
  const struct timeval limit = {.tv_sec = wait / 1000, .tv_usec = (wait % 1000) * 1000};
  setsockopt(sender, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE(sizeof(int))];
  } control = {.space = {0}};
  struct iovec part = {.iov_base = data, .iov_len = size};
  struct msghdr message = {
      .msg_name = (void *)address, .msg_namelen = length, .msg_iov = &part, .msg_iovlen = size > 0 ? 1 : 0};
  if (fd >= 0) {
    message.msg_control = control.space;
    message.msg_controllen = sizeof control.space;
    control.header = (struct cmsghdr){
        .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof fd)};
    memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
  }
  const int flags = MSG_NOSIGNAL | (wait == 0 ? MSG_DONTWAIT : 0);
  ssize_t sent;
  do sent = sendmsg(sender, &message, flags);
  while (sent < 0 && errno == EINTR);
  int error = sent < 0 ? errno : 0;
  close(sender);
  return error;
}

// (path, octets, descriptors, wait): one datagram, with the descriptor in `descriptors`, if any. Throws
// EAGAIN where the receiver has no room after `wait` milliseconds, EMSGSIZE where the octets are too many.
napi_value send_datagram(napi_env env, napi_callback_info info) {
  napi_value values[4];
  struct sockaddr_un address;
  socklen_t length;
  uint8_t *data;
  size_t size, count;
  uint32_t *descriptors, wait;
  if (!read_arguments(env, info, 4, values) || !read_address(env, values[0], &address, &length) ||
      !read_bytes(env, values[1], "octets", &data, &size) ||
      !read_u32_array(env, values[2], "descriptors", &descriptors, &count) ||
      !read_u32(env, values[3], "wait", 10000, &wait)) {
    return NULL;
  }
  if (count > 1 || (count == 1 && descriptors[0] > INT32_MAX)) {
    return misuse(env, "descriptors must hold one at most");
  }
  int error = send_to(&address, length, data, size, count == 1 ? (int)descriptors[0] : -1, wait);
  return error == 0 ? NULL : system_failure(env, "sendmsg", error);
}

// A file in memory that nobody can change any more; or -1 with errno.
static int sealed_file(const uint8_t *data, size_t size) {
  int fd = memfd_create("pacd-journal", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) return -1;
  size_t done = 0;
  while (done < size) {
    ssize_t written = write(fd, data + done, size - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    done += (size_t)written;
  }
  if (done == size && fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0) {
    return fd;
  }
  int error = errno;
  close(fd);
  errno = error;
  return -1;
}

// (path, octets): a datagram without octets, and with them in a sealed file, for what is large.
napi_value send_sealed(napi_env env, napi_callback_info info) {
  napi_value values[2];
  struct sockaddr_un address;
  socklen_t length;
  uint8_t *data;
  size_t size;
  if (!read_arguments(env, info, 2, values) || !read_address(env, values[0], &address, &length) ||
      !read_bytes(env, values[1], "octets", &data, &size)) {
    return NULL;
  }
  int file = sealed_file(data, size);
  if (file < 0) return system_failure(env, "memfd_create", errno);
  int error = send_to(&address, length, NULL, 0, file, 0);
  close(file);
  return error == 0 ? NULL : system_failure(env, "sendmsg", error);
}
