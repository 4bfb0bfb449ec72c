// Programs of eBPF, so short that they are written down as they stand
// (Documentation/bpf/standardization/instruction-set.rst), and the maps they ask.
#ifndef PACD_BPF_H
#define PACD_BPF_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

#ifndef BPF_ATOMIC // headers before Linux 5.12 (Debian 11, Ubuntu 20.04) know it as BPF_XADD, of the same number
#define BPF_ATOMIC 0xc0
#endif

// bpf(2). Returns -1 with errno.
int bpf_call(int command, union bpf_attr *attributes);

// Loads a program that sees packets as a socket filter does. Returns its descriptor, or -1 with errno.
int bpf_load(const struct bpf_insn *program, size_t instructions);

// Sets the value of a key. Returns -1 with errno.
int bpf_set(int map, const void *key, const void *value);

// Two instructions that put a map into a register.
#define BPF_MAP_INTO(reg, map_fd)                                                                           \
  {.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = (reg), .src_reg = BPF_PSEUDO_MAP_FD, .imm = (map_fd)}, { \
    .code = 0                                                                                               \
  }

#endif
