// Several raw sockets of one host each get a copy of every GRE packet, unless they are told which are theirs.
#include <errno.h>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <string.h>
#include <sys/socket.h>

#include "raw.h"

#define EVERY_OCTET UINT32_MAX
#define NO_OCTET 0

static bool attach(int fd, const struct sock_filter *code, unsigned short length) {
  const struct sock_fprog program = {.len = length, .filter = (struct sock_filter *)(uintptr_t)code};
  return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

bool raw_shut(int fd) {
  static const struct sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, NO_OCTET)};
  if (!attach(fd, code, 1)) return false;
  char octet;
  while (recv(fd, &octet, sizeof octet, MSG_DONTWAIT | MSG_TRUNC) >= 0 || errno == EINTR) continue;
  return true;
}

// Appends what lets only packets for one of these addresses go on. Returns how many instructions it takes.
static size_t only_for(const struct share *share, struct sock_filter *code) {
  if (share->count == 0) return 0;
  size_t length = 0;
  code[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, DESTINATION);
  for (size_t i = 0; i < share->count; i++) {
    const uint8_t past_refusal = (uint8_t)(share->count - i);
    code[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, share->locals[i], past_refusal, 0);
  }
  code[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, NO_OCTET);
  return length;
}

// The filter sees the packet from its IPv4 header on, whole: fragments have been put together before.
bool raw_share(int fd, const struct share *share) {
  const uint32_t without_call_id = share->worker == 0 ? EVERY_OCTET : NO_OCTET;
  const struct sock_filter by_call_id[] = {
      BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0), // X = octets of the IPv4 header
      BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0),
      BPF_STMT(BPF_ALU | BPF_SUB | BPF_X, 0),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, CALL_ID_END, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, without_call_id),
      BPF_STMT(BPF_LD | BPF_H | BPF_IND, CALL_ID),
      BPF_STMT(BPF_ALU | BPF_MOD | BPF_K, share->of),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, share->worker, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, EVERY_OCTET),
      BPF_STMT(BPF_RET | BPF_K, NO_OCTET),
  };
  struct sock_filter code[MOST_LOCALS + 2 + sizeof by_call_id / sizeof by_call_id[0]];
  const size_t before = only_for(share, code);
  memcpy(code + before, by_call_id, sizeof by_call_id);
  return attach(fd, code, (unsigned short)(before + sizeof by_call_id / sizeof by_call_id[0]));
}

bool read_share(napi_env env, napi_callback_info info, struct port **port, struct share *share) {
  napi_value values[4];
  if (!read_arguments(env, info, 4, values) || !read_port(env, values[0], PORT_RAW, port) ||
      !read_u32(env, values[1], "worker", UINT16_MAX, &share->worker) ||
      !read_u32(env, values[2], "of", UINT16_MAX + 1u, &share->of) ||
      !read_u32_array(env, values[3], "locals", &share->locals, &share->count)) {
    return false;
  }
  if (share->worker < share->of && share->count <= MOST_LOCALS) return true;
  misuse(env, share->worker < share->of ? "locals must be 16 addresses at most" : "worker must be less than of");
  return false;
}

// (fd, worker, of, locals): the socket gets packets whose call ID modulo `of` is `worker`, to these addresses
// where there are any, and nothing that came before. Packets too short for a call ID are worker 0's.
napi_value share_raw(napi_env env, napi_callback_info info) {
  struct port *port;
  struct share share;
  if (!read_share(env, info, &port, &share)) return NULL;
  return raw_shut(port->fd) && raw_share(port->fd, &share) ? NULL : system_failure(env, "setsockopt", errno);
}

// (fd) → packets that the socket's buffer had no room for, since it was opened. What a filter keeps away does
// not count.
napi_value overflowed_raw(napi_env env, napi_callback_info info) {
  napi_value values[1], result;
  struct port *port;
  uint32_t memory[SK_MEMINFO_VARS] = {0};
  socklen_t size = sizeof memory;
  if (!read_arguments(env, info, 1, values) || !read_port(env, values[0], PORT_RAW, &port)) return NULL;
  if (getsockopt(port->fd, SOL_SOCKET, SO_MEMINFO, memory, &size) != 0) return system_failure(env, "getsockopt", errno);
  return napi_create_uint32(env, memory[SK_MEMINFO_DROPS], &result) == napi_ok ? result : NULL;
}
