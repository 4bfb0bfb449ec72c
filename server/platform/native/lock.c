// A lock that one process can have, and that goes with it however it ends.
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "addon.h"

// Longest path, with its NUL: PATH_MAX of Linux.
#define PATH 4096

// (path) → a descriptor that holds the lock of this file (flock(2)) until it is closed; the file is made
// where there is none. EAGAIN where another process has it.
napi_value lock_file(napi_env env, napi_callback_info info) {
  napi_value values[1];
  char path[PATH];
  size_t length;
  if (!read_arguments(env, info, 1, values)) return NULL;
  if (napi_get_value_string_utf8(env, values[0], path, sizeof path, &length) != napi_ok || length == 0 ||
      length >= sizeof path - 1) {
    return misuse(env, "path must be that of a file");
  }
  int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return system_failure(env, "open", errno);
  int status;
  do status = flock(fd, LOCK_EX | LOCK_NB);
  while (status != 0 && errno == EINTR);
  if (status == 0) return port_add(env, (struct port){.fd = fd, .kind = PORT_LOCK, .map = -1});
  int error = errno;
  close(fd);
  return system_failure(env, "flock", error);
}
