// What the files of the raw socket share.
#ifndef PACD_RAW_H
#define PACD_RAW_H

#include "addon.h"

// The call ID in an enhanced GRE header (RFC 2637 §4.1), and the end of it.
#define CALL_ID 6
#define CALL_ID_END 8

// raw-socket.c. A new GRE socket, or -1 with errno.
int raw_socket(void);

// raw-socket.c. Packets go from `local` to `peer` and arrive between these alone. Returns the name of the
// call that failed, with errno, or NULL.
const char *raw_pair(int fd, uint32_t local, uint32_t peer);

// raw-share.c. From now on nothing arrives; what has arrived before is thrown away. Returns false with errno.
bool raw_shut(int fd);

// The destination in an IPv4 header (RFC 791 §3.1).
#define DESTINATION 16

// Addresses of ours that a socket may be told; the filter compares with each.
#define MOST_LOCALS 16

// Which of the host's packets a socket gets: those whose call ID modulo `of` is `worker`, and, where `count`
// is not 0, that came to one of these addresses.
struct share {
  uint32_t worker;
  uint32_t of;
  uint32_t *locals; // the caller's
  size_t count;
};

// raw-share.c. The socket gets this share from now on; what has arrived stays. Returns false with errno.
bool raw_share(int fd, const struct share *share);

// raw-share.c. (fd, worker, of, locals) of a function. Returns false with a TypeError pending.
bool read_share(napi_env env, napi_callback_info info, struct port **port, struct share *share);

#endif
