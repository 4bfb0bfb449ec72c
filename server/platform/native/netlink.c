// One question to the kernel over netlink(7), and all that it answers. What the octets mean is for TypeScript
// to say.
#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "addon.h"

// The kernel answers within the call; the timeout is for one that does not.
static const struct timeval TIMEOUT = {.tv_sec = 1};

// Older kernels lack it, and answer with more than was asked for.
static const int STRICT = 1;

static int open_netlink(int protocol) {
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
  if (fd < 0) return -1;
  (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &TIMEOUT, sizeof TIMEOUT);
  (void)setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &STRICT, sizeof STRICT);
  return fd;
}

// Scans the messages that came: 1 where the last of an answer is among them, 0 where more follow, or
// -1 with errno where the kernel refuses.
static int scan(const uint8_t *bytes, size_t length) {
  for (size_t at = 0; at + sizeof(struct nlmsghdr) <= length;) {
    struct nlmsghdr header;
    memcpy(&header, bytes + at, sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > length - at) break;
    if (header.nlmsg_type == NLMSG_ERROR) {
      int32_t error = 0;
      if (header.nlmsg_len >= sizeof header + sizeof error) memcpy(&error, bytes + at + sizeof header, sizeof error);
      errno = -error;
      return error == 0 ? 1 : -1;
    }
    if (header.nlmsg_type == NLMSG_DONE || (header.nlmsg_flags & NLM_F_MULTI) == 0) return 1;
    at += NLMSG_ALIGN(header.nlmsg_len);
  }
  return 0;
}

// Returns how many octets came, or -1 with errno and the name of the call that failed.
static ssize_t ask(int fd, const uint8_t *request, size_t length, uint8_t *reply, size_t size, const char **failed) {
  *failed = "send";
  if (send(fd, request, length, 0) < 0) return -1;
  *failed = "netlink";
  for (size_t came = 0;;) {
    ssize_t more = recv(fd, reply + came, size - came, MSG_TRUNC);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return -1;
    if ((size_t)more > size - came) {
      errno = ENOBUFS;
      return -1;
    }
    int last = scan(reply + came, more);
    if (last < 0) return -1;
    came += more;
    if (last > 0) return came;
  }
}

// (protocol, request, reply). Sends one message and fills `reply` with the messages that come back. Returns
// how many octets they have. What the kernel refuses is thrown; ENOBUFS where the answer does not fit.
napi_value netlink(napi_env env, napi_callback_info info) {
  napi_value values[3], result;
  uint32_t protocol;
  uint8_t *request, *reply;
  size_t length, size;
  if (!read_arguments(env, info, 3, values) || !read_u32(env, values[0], "protocol", 31, &protocol) ||
      !read_bytes(env, values[1], "request", &request, &length) ||
      !read_bytes(env, values[2], "reply", &reply, &size)) {
    return NULL;
  }
  if (length < sizeof(struct nlmsghdr)) return misuse(env, "request must be a netlink message");
  if (size < sizeof(struct nlmsghdr)) return misuse(env, "reply must have room for a netlink message");
  int fd = open_netlink((int)protocol);
  if (fd < 0) return system_failure(env, "socket", errno);
  const char *failed;
  ssize_t came = ask(fd, request, length, reply, size, &failed);
  int error = errno;
  close(fd);
  if (came < 0) return system_failure(env, failed, error);
  return napi_create_uint32(env, (uint32_t)came, &result) == napi_ok ? result : NULL;
}
