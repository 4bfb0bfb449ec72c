#include "bpf.h"

#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int bpf_call(int command, union bpf_attr *attributes) {
  return (int)syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

int bpf_load(const struct bpf_insn *program, size_t instructions) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
  attributes.insns = (uintptr_t)program;
  attributes.insn_cnt = (uint32_t)instructions;
  attributes.license = (uintptr_t) "MIT";
  return bpf_call(BPF_PROG_LOAD, &attributes);
}

int bpf_set(int map, const void *key, const void *value) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_fd = (uint32_t)map;
  attributes.key = (uintptr_t)key;
  attributes.value = (uintptr_t)value;
  return bpf_call(BPF_MAP_UPDATE_ELEM, &attributes);
}
