// What the files of the raw socket share.
#ifndef PACD_RAW_H
#define PACD_RAW_H

#include "addon.h"

// The call ID in an enhanced GRE header (RFC 2637 §4.1), and the end of it.
#define CALL_ID 6
#define CALL_ID_END 8

// raw-socket.c. A new GRE socket, or -1 with errno.
int raw_socket(void);

// raw-socket.c. Packets go from `local` to `peer` and arrive between these alone. Returns the name of the call that failed, with errno,
// or NULL.
const char *raw_pair(int fd, uint32_t local, uint32_t peer);

// raw-share.c. From now on nothing arrives; what has arrived before is thrown away. Returns false with errno.
bool raw_shut(int fd);

// raw-share.c. (fd, worker, of) of a function. Returns false with a TypeError pending.
bool read_share(napi_env env, napi_callback_info info, struct port **port, uint32_t *worker, uint32_t *of);

#endif
