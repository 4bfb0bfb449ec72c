// A raw socket that gets only packets of known calls, from the clients that have them: all others are dropped
// and counted in the kernel, and wake no thread.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "addon.h"
#include "bpf.h"
#include "raw.h"

// The map: by call ID the client's address, 0 where there is no such call, and in the upper half how many
// packets from elsewhere were let through; behind them three counters, and for each worker whether this one
// counts for it.
#define UNKNOWN_CALLS 0x10000
#define WRONG_PEERS 0x10001
#define NOT_PPTP 0x10002
#define COUNTED_HERE 0x10003

// Enhanced GRE with PPP in it (RFC 2637 §4.1): key and version 1; sequence and acknowledgement may be there
// or not.
#define FLAGS 0
#define FIXED_FLAGS 0xef7f
#define ENHANCED 0x2001
#define PROTOCOL 2
#define PPP 0x880b

// Packets of a call from another address that are let through, to be named in the record of a dial that fails
// for it. All later ones end here, so that forged packets do not wake this process.
#define LET_THROUGH 8

// Where a packet's source stands in the IPv4 header.
#define SOURCE 12

static int create_map(uint32_t of) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_type = BPF_MAP_TYPE_ARRAY;
  attributes.key_size = sizeof(uint32_t);
  attributes.value_size = sizeof(uint64_t);
  attributes.max_entries = COUNTED_HERE + of;
  return bpf_call(BPF_MAP_CREATE, &attributes);
}

// Instructions before those that look at the call: r6 = the packet, and what only_for appends.
#define MOST_BEFORE (1 + 1 + 2 * MOST_LOCALS + 2)

// Appends what lets only packets for one of these addresses go on; others are not even counted. Returns how
// many instructions it takes.
static size_t only_for(const struct share *share, struct bpf_insn *code) {
  if (share->count == 0) return 0;
  size_t length = 0;
  code[length++] = (struct bpf_insn){.code = BPF_LD | BPF_ABS | BPF_W, .imm = DESTINATION};
  for (size_t i = 0; i < share->count; i++) {
    // Comparing with a constant would extend its sign.
    code[length++] =
        (struct bpf_insn){.code = BPF_ALU | BPF_MOV | BPF_K, .dst_reg = BPF_REG_8, .imm = (int32_t)share->locals[i]};
    const int16_t past_refusal = (int16_t)(2 * (share->count - i));
    code[length++] = (struct bpf_insn){
        .code = BPF_JMP | BPF_JEQ | BPF_X, .dst_reg = BPF_REG_0, .src_reg = BPF_REG_8, .off = past_refusal};
  }
  code[length++] = (struct bpf_insn){.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 0};
  code[length++] = (struct bpf_insn){.code = BPF_JMP | BPF_EXIT};
  return length;
}

// The packet begins with its IPv4 header, whose octets end in r7. Jumps are to the last lines, counted from
// the next one.
static int load_program(int map, const struct share *share) {
  const uint32_t worker = share->worker, of = share->of;
  const struct bpf_insn by_call[] = {
      {.code = BPF_LD | BPF_ABS | BPF_B, .imm = 0},
      {.code = BPF_ALU64 | BPF_AND | BPF_K, .dst_reg = BPF_REG_0, .imm = 15},
      {.code = BPF_ALU64 | BPF_LSH | BPF_K, .dst_reg = BPF_REG_0, .imm = 2},
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_7, .src_reg = BPF_REG_0},
      // too short for a call ID: worker 0 counts it
      {.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_8, .src_reg = BPF_REG_6, .off = offsetof(struct __sk_buff, len)},
      {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_0, .imm = CALL_ID_END},
      {.code = BPF_JMP | BPF_JGE | BPF_X, .dst_reg = BPF_REG_8, .src_reg = BPF_REG_0, .off = 2},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = worker == 0 ? -1 : 0},
      {.code = BPF_JMP | BPF_EXIT},
      // the call ID, on the stack as the map's key; another worker's is not ours, unless we count for it
      {.code = BPF_LD | BPF_IND | BPF_H, .src_reg = BPF_REG_7, .imm = CALL_ID},
      {.code = BPF_STX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_10, .src_reg = BPF_REG_0, .off = -4},
      {.code = BPF_ALU64 | BPF_MOD | BPF_K, .dst_reg = BPF_REG_0, .imm = (int)of},
      {.code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = BPF_REG_0, .imm = (int)worker, .off = 10},
      {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_0, .imm = COUNTED_HERE},
      {.code = BPF_STX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_10, .src_reg = BPF_REG_0, .off = -8},
      BPF_MAP_INTO(BPF_REG_1, map),
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_10},
      {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_2, .imm = -8},
      {.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_map_lookup_elem},
      {.code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = BPF_REG_0, .imm = 0, .off = 36},
      {.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_8, .src_reg = BPF_REG_0},
      {.code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = BPF_REG_8, .imm = 0, .off = 34},
      // PPTP?
      {.code = BPF_LD | BPF_IND | BPF_H, .src_reg = BPF_REG_7, .imm = FLAGS},
      {.code = BPF_ALU64 | BPF_AND | BPF_K, .dst_reg = BPF_REG_0, .imm = FIXED_FLAGS},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_9, .imm = NOT_PPTP},
      {.code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = BPF_REG_0, .imm = ENHANCED, .off = 21},
      {.code = BPF_LD | BPF_IND | BPF_H, .src_reg = BPF_REG_7, .imm = PROTOCOL},
      {.code = BPF_JMP | BPF_JNE | BPF_K, .dst_reg = BPF_REG_0, .imm = PPP, .off = 19},
      // r7 = the place of the call, r8 = the client's address
      BPF_MAP_INTO(BPF_REG_1, map),
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_10},
      {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_2, .imm = -4},
      {.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_map_lookup_elem},
      {.code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = BPF_REG_0, .imm = 0, .off = 22},
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_7, .src_reg = BPF_REG_0},
      {.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_8, .src_reg = BPF_REG_7},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_9, .imm = UNKNOWN_CALLS},
      {.code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = BPF_REG_8, .imm = 0, .off = 9},
      {.code = BPF_LD | BPF_ABS | BPF_W, .imm = SOURCE},
      {.code = BPF_JMP | BPF_JEQ | BPF_X, .dst_reg = BPF_REG_0, .src_reg = BPF_REG_8, .off = 5},
      // from elsewhere
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_9, .imm = WRONG_PEERS},
      {.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_1, .src_reg = BPF_REG_7, .off = 4},
      {.code = BPF_JMP | BPF_JGE | BPF_K, .dst_reg = BPF_REG_1, .imm = LET_THROUGH, .off = 4},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_1, .imm = 1},
      {.code = BPF_STX | BPF_ATOMIC | BPF_W, .dst_reg = BPF_REG_7, .src_reg = BPF_REG_1, .off = 4, .imm = BPF_ADD},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = -1},
      {.code = BPF_JMP | BPF_EXIT},
      // the counter in r9 grows by one
      {.code = BPF_STX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_10, .src_reg = BPF_REG_9, .off = -4},
      BPF_MAP_INTO(BPF_REG_1, map),
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_10},
      {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_2, .imm = -4},
      {.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_map_lookup_elem},
      {.code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = BPF_REG_0, .imm = 0, .off = 2},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_1, .imm = 1},
      {.code = BPF_STX | BPF_ATOMIC | BPF_DW, .dst_reg = BPF_REG_0, .src_reg = BPF_REG_1, .imm = BPF_ADD},
      // the packet is dropped
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 0},
      {.code = BPF_JMP | BPF_EXIT},
  };
  struct bpf_insn program[MOST_BEFORE + sizeof by_call / sizeof by_call[0]] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_6, .src_reg = BPF_REG_1},
  };
  const size_t before = 1 + only_for(share, program + 1);
  memcpy(program + before, by_call, sizeof by_call);
  return bpf_load(program, before + sizeof by_call / sizeof by_call[0]);
}

// Returns the name of the call that failed, with errno, or NULL.
static const char *guard(struct port *port, const struct share *share) {
  int map = create_map(share->of);
  if (map < 0) return "BPF_MAP_CREATE";
  int program = load_program(map, share);
  const char *failed = program < 0 ? "BPF_PROG_LOAD" : NULL;
  if (failed == NULL && setsockopt(port->fd, SOL_SOCKET, SO_ATTACH_BPF, &program, sizeof program) != 0) {
    failed = "SO_ATTACH_BPF";
  }
  int error = errno;
  // The socket holds the program, and the program the map.
  if (program >= 0) close(program);
  if (failed == NULL) {
    port->map = map;
  } else {
    close(map);
  }
  errno = error;
  return failed;
}

// (fd, worker, of, locals): as share_raw, but calls must be admitted before their packets arrive. Throws
// where bpf(2) is not allowed; then nothing arrives before share_raw.
napi_value guard_raw(napi_env env, napi_callback_info info) {
  struct port *port;
  struct share share;
  if (!read_share(env, info, &port, &share)) return NULL;
  if (port->map >= 0) return misuse(env, "fd is being guarded already");
  if (!raw_shut(port->fd)) return system_failure(env, "setsockopt", errno);
  const char *failed = guard(port, &share);
  return failed == NULL ? NULL : system_failure(env, failed, errno);
}

// Returns the name of the call that failed, with errno, or NULL.
static const char *replace_program(struct port *port, const struct share *share) {
  int program = load_program(port->map, share);
  if (program < 0) return "BPF_PROG_LOAD";
  const char *failed = setsockopt(port->fd, SOL_SOCKET, SO_ATTACH_BPF, &program, sizeof program) == 0 ? NULL : "SO_ATTACH_BPF";
  int error = errno;
  close(program);
  errno = error;
  return failed;
}

// (fd, worker, of, locals): packets to these addresses arrive from now on, and to no others; none: to all.
// What has arrived stays, calls that are admitted stay admitted, and nothing is lost in between. Throws where
// that is refused, with everything as it was.
napi_value readdress_raw(napi_env env, napi_callback_info info) {
  struct port *port;
  struct share share;
  if (!read_share(env, info, &port, &share)) return NULL;
  if (port->map < 0) return raw_share(port->fd, &share) ? NULL : system_failure(env, "setsockopt", errno);
  const char *failed = replace_program(port, &share);
  return failed == NULL ? NULL : system_failure(env, failed, errno);
}

// Where the raw socket of a paused worker is bound: an address that no GRE is sent to.
#define UNUSED_ADDRESS 0x7ffffffe

static bool read_guarded(napi_env env, napi_value value, struct port **port) {
  if (!read_port(env, value, PORT_RAW, port)) return false;
  if ((*port)->map >= 0) return true;
  misuse(env, "fd is not being guarded");
  return false;
}

// (fd, callId, peer): packets of the call arrive from this address on, and of all others the first
// LET_THROUGH; 0: from none.
napi_value admit_raw(napi_env env, napi_callback_info info) {
  napi_value values[3];
  struct port *port;
  uint32_t call_id, peer;
  if (!read_arguments(env, info, 3, values) || !read_guarded(env, values[0], &port) ||
      !read_u32(env, values[1], "callId", UINT16_MAX, &call_id) ||
      !read_u32(env, values[2], "peer", UINT32_MAX, &peer)) {
    return NULL;
  }
  const uint64_t value = peer;
  return bpf_set(port->map, &call_id, &value) == 0 ? NULL : system_failure(env, "BPF_MAP_UPDATE_ELEM", errno);
}

// (fd, paused): from now on the kernel skips this socket, which saves a copy of each packet for the others;
// or it no longer does. What was bound may be bound again (ip(7) does not tell, raw_bind of the kernel allows
// it).
napi_value pause_raw(napi_env env, napi_callback_info info) {
  napi_value values[2];
  struct port *port;
  uint32_t paused;
  if (!read_arguments(env, info, 2, values) || !read_guarded(env, values[0], &port) ||
      !read_u32(env, values[1], "paused", 1, &paused)) {
    return NULL;
  }
  const int yes = 1; // the loopback interface may be down
  const struct sockaddr_in where = {.sin_family = AF_INET, .sin_addr.s_addr = paused ? htonl(UNUSED_ADDRESS) : INADDR_ANY};
  if (setsockopt(port->fd, IPPROTO_IP, IP_FREEBIND, &yes, sizeof yes) != 0) return system_failure(env, "setsockopt", errno);
  if (bind(port->fd, (const struct sockaddr *)&where, sizeof where) != 0) return system_failure(env, "bind", errno);
  return NULL;
}

// (fd, worker, counts): whether packets to that other worker, which is paused, are counted here.
// E2BIG: no such worker.
napi_value count_for_raw(napi_env env, napi_callback_info info) {
  napi_value values[3];
  struct port *port;
  uint32_t worker, counts;
  if (!read_arguments(env, info, 3, values) || !read_guarded(env, values[0], &port) ||
      !read_u32(env, values[1], "worker", UINT16_MAX, &worker) || !read_u32(env, values[2], "counts", 1, &counts)) {
    return NULL;
  }
  const uint32_t key = COUNTED_HERE + worker;
  const uint64_t value = counts;
  return bpf_set(port->map, &key, &value) == 0 ? NULL : system_failure(env, "BPF_MAP_UPDATE_ELEM", errno);
}

// (fd, which) → packets refused so far: of unknown calls (0), of another client's call (1), no PPTP (2).
napi_value refused_raw(napi_env env, napi_callback_info info) {
  napi_value values[2], result;
  struct port *port;
  uint32_t which;
  uint64_t count = 0;
  union bpf_attr attributes;
  if (!read_arguments(env, info, 2, values) || !read_guarded(env, values[0], &port) ||
      !read_u32(env, values[1], "which", 2, &which)) {
    return NULL;
  }
  const uint32_t key = UNKNOWN_CALLS + which;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_fd = (uint32_t)port->map;
  attributes.key = (uintptr_t)&key;
  attributes.value = (uintptr_t)&count;
  if (bpf_call(BPF_MAP_LOOKUP_ELEM, &attributes) != 0) return system_failure(env, "BPF_MAP_LOOKUP_ELEM", errno);
  return napi_create_double(env, (double)count, &result) == napi_ok ? result : NULL;
}
