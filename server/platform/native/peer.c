// Who is at the other end of a Unix socket (unix(7), SO_PEERCRED). Node has no such call.
#define _GNU_SOURCE // struct ucred
#include <errno.h>
#include <sys/socket.h>

#include "addon.h"

// (descriptor, result): the process, user and group that connected, as they were then, into the three entries
// of `result`. The descriptor stays the caller's. Throws what getsockopt says, such as ENOTSOCK.
napi_value peer_credentials(napi_env env, napi_callback_info info) {
  napi_value values[2];
  uint32_t descriptor, *result;
  size_t length;
  if (!read_arguments(env, info, 2, values) ||
      !read_u32(env, values[0], "descriptor", INT32_MAX, &descriptor) ||
      !read_u32_array(env, values[1], "result", &result, &length)) {
    return NULL;
  }
  if (length < 3) return misuse(env, "result must have three entries");
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt((int)descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
    return system_failure(env, "getsockopt", errno);
  // Of a socket that is no Unix socket's the kernel answers with nobody.
  if (peer.uid == (uid_t)-1) return system_failure(env, "getsockopt", ENOTCONN);
  result[0] = (uint32_t)peer.pid;
  result[1] = peer.uid;
  result[2] = peer.gid;
  return NULL;
}
