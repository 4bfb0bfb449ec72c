// Forged GRE (RFC 2637 §4.1), at a rate.
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "traffic.h"

#define IPV4 20u
#define GRE 12u
#define MOST_OCTETS 1500u

// Packets of one system call.
#define BATCH 32u

static uint64_t chance(void) {
  static uint64_t state = 0x2545f4914f6cdd1d;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

static void put16(uint8_t *at, uint32_t value) {
  at[0] = (uint8_t)(value >> 8);
  at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value) {
  put16(at, value >> 16);
  put16(at + 2, value);
}

// IPv4 without checksum and identification, which the kernel fills in; GRE with key and sequence number; an MPPE header
// and octets of chance. KIND "call": any call ID but the right one. "sequence": the right one and any sequence number.
// "peer" differs from that only by its source, which the caller chooses.
static void forge(uint8_t *packet, size_t size, const struct sockaddr_in *from, const struct sockaddr_in *to,
                  uint32_t call_id, int right_call) {
  memset(packet, 0, IPV4);
  packet[0] = 0x45;
  put16(packet + 2, (uint32_t)size);
  packet[8] = 64;
  packet[9] = IPPROTO_GRE;
  memcpy(packet + 12, &from->sin_addr, 4);
  memcpy(packet + 16, &to->sin_addr, 4);
  uint8_t *gre = packet + IPV4;
  put32(gre, 0x3001880b); // key and sequence present, version 1, PPP
  put16(gre + 4, (uint32_t)(size - IPV4 - GRE));
  put16(gre + 6, right_call ? call_id : call_id + 1 + (uint32_t)(chance() % 65535));
  put32(gre + 8, (uint32_t)chance());
  put32(gre + GRE, 0xff0300fd);
  put16(gre + GRE + 4, 0x9000u | (uint32_t)(chance() & 0x0fff));
  for (size_t at = IPV4 + GRE + 6; at < size; at++) packet[at] = (uint8_t)chance();
}

void flood(char **arguments) {
  static uint8_t packets[BATCH][MOST_OCTETS];
  struct sockaddr_in from = place(arguments[0], "0"), to = place(arguments[1], "0");
  uint32_t call_id = (uint32_t)number(arguments[2], "call ID", 65535);
  int right_call = strcmp(arguments[3], "call") != 0;
  if (right_call && strcmp(arguments[3], "peer") != 0 && strcmp(arguments[3], "sequence") != 0)
    fail("kind must be call, peer or sequence, not %s", arguments[3]);
  double start = beginning(arguments[4]), end = start + decimal(arguments[5], "seconds");
  size_t size = number(arguments[6], "octets", MOST_OCTETS);
  if (size < IPV4 + GRE + 6) fail("a packet has %u octets at least", IPV4 + GRE + 6);
  double rate = decimal(arguments[7], "per second");
  if (rate < 1) fail("a rate below 1");
  int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
  if (fd < 0) fail("raw socket");
  struct mmsghdr messages[BATCH];
  struct iovec parts[BATCH];
  memset(messages, 0, sizeof messages);
  for (size_t i = 0; i < BATCH; i++) {
    parts[i] = (struct iovec){packets[i], size};
    messages[i].msg_hdr = (struct msghdr){.msg_name = &to, .msg_namelen = sizeof to, .msg_iov = &parts[i], .msg_iovlen = 1};
    // Made once: chance for every packet would cost the core that the tunnel needs. Sequence numbers change below.
    forge(packets[i], size, &from, &to, call_id, right_call);
  }
  wait_until(start);
  uint64_t sent = 0, refused = 0;
  while (now() < end) {
    wait_until(start + (double)sent / rate);
    for (size_t i = 0; i < BATCH; i++) {
      put32(packets[i] + IPV4 + 8, (uint32_t)chance());
      if (!right_call) put16(packets[i] + IPV4 + 6, call_id + 1 + (uint32_t)(chance() % 65535));
    }
    int taken = sendmmsg(fd, messages, BATCH, 0);
    if (taken < 0 && errno != ENOBUFS && errno != EINTR) fail("send");
    if (taken > 0) sent += (uint64_t)taken;
    else refused++;
  }
  printf("{\"sent\":%" PRIu64 ",\"refused\":%" PRIu64 ",\"seconds\":%.9f}\n", sent, refused, now() - start);
}
