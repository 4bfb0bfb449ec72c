// Which queue of a TUN a packet goes to: the kernel asks a program of eBPF, which looks its destination up in
// a map.
#include <errno.h>
#include <linux/if_tun.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "addon.h"
#include "bpf.h"

// Addresses that may be steered: more than any pool has (pptp.max_sessions is 65,535 at most).
#define MAX_STEERED 65536u

// The place of the destination in the IPv4 header, with which a packet of a TUN begins.
#define DESTINATION 16

// From the destination, in host order, to the queue. Memory is taken by the address and not for all of them
// at once.
static int create_map(void) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_type = BPF_MAP_TYPE_HASH;
  attributes.key_size = attributes.value_size = sizeof(uint32_t);
  attributes.max_entries = MAX_STEERED;
  attributes.map_flags = BPF_F_NO_PREALLOC;
  return bpf_call(BPF_MAP_CREATE, &attributes);
}

// Returns the queue of a packet's destination: 0 where the map has none, or where there is no destination.
static int load_program(int map) {
  const struct bpf_insn program[] = {
      // r6 = packet, as the next instruction wants it; r0 = its word at DESTINATION, in host order, or return
      // 0
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_6, .src_reg = BPF_REG_1},
      {.code = BPF_LD | BPF_ABS | BPF_W, .imm = DESTINATION},
      // the key on the stack; r2 points to it, r1 to the map
      {.code = BPF_STX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_10, .src_reg = BPF_REG_0, .off = -4},
      BPF_MAP_INTO(BPF_REG_1, map),
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_10},
      {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_2, .imm = -4},
      {.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_map_lookup_elem},
      // r0 points to the value, or is 0
      {.code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = BPF_REG_0, .off = 1, .imm = 0},
      {.code = BPF_LDX | BPF_MEM | BPF_W, .dst_reg = BPF_REG_0, .src_reg = BPF_REG_0},
      {.code = BPF_JMP | BPF_EXIT},
  };
  return bpf_load(program, sizeof program / sizeof program[0]);
}

// A map, and a program that asks it. Returns the name of the call that failed, with errno and nothing left
// open, or NULL.
static const char *create(int *map, int *program) {
  *map = create_map();
  if (*map < 0) return "BPF_MAP_CREATE";
  *program = load_program(*map);
  if (*program >= 0) return NULL;
  int error = errno;
  close(*map);
  errno = error;
  return "BPF_PROG_LOAD";
}

// (). Throws where bpf(2) is not allowed. Nothing is left of what it tries.
napi_value try_steering(napi_env env, napi_callback_info info) {
  napi_value none[1];
  if (!read_arguments(env, info, 0, none)) return NULL;
  int map, program;
  const char *failed = create(&map, &program);
  if (failed != NULL) return system_failure(env, failed, errno);
  close(program);
  close(map);
  return NULL;
}

// (fd of an interface). From now on the interface asks the map, which is empty; steer and unsteer change it.
// Throws where bpf(2) is not allowed, and changes nothing then.
napi_value install_steering(napi_env env, napi_callback_info info) {
  napi_value values[1];
  struct port *port;
  if (!read_arguments(env, info, 1, values) || !read_port(env, values[0], PORT_INTERFACE, &port)) return NULL;
  if (port->map >= 0) return misuse(env, "fd is being steered already");
  int map, program;
  const char *failed = create(&map, &program);
  if (failed != NULL) return system_failure(env, failed, errno);
  int refused = ioctl(port->fd, TUNSETSTEERINGEBPF, &program) == 0 ? 0 : errno;
  // The interface holds the program, and the program the map.
  close(program);
  if (refused == 0) {
    port->map = map;
    return NULL;
  }
  close(map);
  return system_failure(env, "TUNSETSTEERINGEBPF", refused);
}

static bool read_steered(napi_env env, const napi_value *values, struct port **port, uint32_t *address) {
  if (!read_port(env, values[0], PORT_INTERFACE, port) ||
      !read_u32(env, values[1], "address", UINT32_MAX, address)) {
    return false;
  }
  if ((*port)->map >= 0) return true;
  misuse(env, "fd is not being steered");
  return false;
}

// (fd of an interface, address, queue): what is for this address goes to the queue of that number.
napi_value steer(napi_env env, napi_callback_info info) {
  napi_value values[3];
  struct port *port;
  uint32_t address, queue;
  if (!read_arguments(env, info, 3, values) || !read_steered(env, values, &port, &address) ||
      !read_u32(env, values[2], "queue", UINT16_MAX, &queue)) {
    return NULL;
  }
  return bpf_set(port->map, &address, &queue) == 0 ? NULL : system_failure(env, "BPF_MAP_UPDATE_ELEM", errno);
}

// (fd of an interface, address): as if it had never been steered.
napi_value unsteer(napi_env env, napi_callback_info info) {
  napi_value values[2];
  struct port *port;
  uint32_t address;
  union bpf_attr attributes;
  if (!read_arguments(env, info, 2, values) || !read_steered(env, values, &port, &address)) return NULL;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_fd = (uint32_t)port->map;
  attributes.key = (uintptr_t)&address;
  if (bpf_call(BPF_MAP_DELETE_ELEM, &attributes) == 0 || errno == ENOENT) return NULL;
  return system_failure(env, "BPF_MAP_DELETE_ELEM", errno);
}
