// Forged GRE (RFC 2637 §4.1), at a rate. Whole frames are handed to the interface, past routes, firewall and
// queues: half the work of a raw socket, so that the cores are left to what the flood does at its target.
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "traffic.h"

#define IPV4 20u
#define GRE 12u
#define MOST_OCTETS 1500u

// What stands before the packet: to whoever hears it, from nobody.
static const uint8_t ETHERNET[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02, 0, 0, 0, 0, 1, ETH_P_IP >> 8, ETH_P_IP & 0xff};

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

static void put_checksum(uint8_t *packet) {
  uint32_t sum = 0;
  for (size_t at = 0; at < IPV4; at += 2) sum += (uint32_t)packet[at] << 8 | packet[at + 1];
  put16(packet + 10, ~((sum & 0xffff) + (sum >> 16)));
}

// IPv4 without identification; GRE with key and sequence number; an MPPE header and octets of chance. KIND
// "call": any call ID but the right one. "sequence": the right one and any sequence number. "peer" differs
// from that only by its source, which the caller chooses.
static void forge(uint8_t *packet, size_t size, const struct sockaddr_in *from, const struct sockaddr_in *to,
                  uint32_t call_id, int right_call) {
  memset(packet, 0, IPV4);
  packet[0] = 0x45;
  put16(packet + 2, (uint32_t)size);
  packet[8] = 64;
  packet[9] = IPPROTO_GRE;
  memcpy(packet + 12, &from->sin_addr, 4);
  memcpy(packet + 16, &to->sin_addr, 4);
  put_checksum(packet);
  uint8_t *gre = packet + IPV4;
  put32(gre, 0x3001880b); // key and sequence present, version 1, PPP
  put16(gre + 4, (uint32_t)(size - IPV4 - GRE));
  put16(gre + 6, right_call ? call_id : call_id + 1 + (uint32_t)(chance() % 65535));
  put32(gre + 8, (uint32_t)chance());
  put32(gre + GRE, 0xff0300fd);
  put16(gre + GRE + 4, 0x9000u | (uint32_t)(chance() & 0x0fff));
  for (size_t at = IPV4 + GRE + 6; at < size; at++) packet[at] = (uint8_t)chance();
}

static int open_interface(const char *name) {
  const int yes = 1;
  const struct sockaddr_ll interface = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(name)};
  if (interface.sll_ifindex == 0) fail("interface %s", name);
  int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0); // 0: it receives nothing
  if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &yes, sizeof yes) != 0) fail("packet socket");
  if (bind(fd, (struct sockaddr *)&interface, sizeof interface) != 0) fail("bind to %s", name);
  return fd;
}

void flood(char **arguments) {
  static uint8_t frames[BATCH][sizeof ETHERNET + MOST_OCTETS];
  struct sockaddr_in from = place(arguments[1], "0"), to = place(arguments[2], "0");
  uint32_t call_id = (uint32_t)number(arguments[3], "call ID", 65535);
  int right_call = strcmp(arguments[4], "call") != 0;
  if (right_call && strcmp(arguments[4], "peer") != 0 && strcmp(arguments[4], "sequence") != 0)
    fail("kind must be call, peer or sequence, not %s", arguments[4]);
  double start = beginning(arguments[5]), end = start + decimal(arguments[6], "seconds");
  size_t size = number(arguments[7], "octets", MOST_OCTETS);
  if (size < IPV4 + GRE + 6) fail("a packet has %u octets at least", IPV4 + GRE + 6);
  double rate = decimal(arguments[8], "per second");
  if (rate < 1) fail("a rate below 1");
  int fd = open_interface(arguments[0]);
  struct mmsghdr messages[BATCH];
  struct iovec parts[BATCH];
  memset(messages, 0, sizeof messages);
  for (size_t i = 0; i < BATCH; i++) {
    parts[i] = (struct iovec){frames[i], sizeof ETHERNET + size};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1};
    memcpy(frames[i], ETHERNET, sizeof ETHERNET);
    // Made once: chance for every packet would cost the core that the tunnel needs. Sequence numbers change
    // below.
    forge(frames[i] + sizeof ETHERNET, size, &from, &to, call_id, right_call);
  }
  wait_until(start);
  uint64_t sent = 0, refused = 0;
  while (now() < end) {
    wait_until(start + (double)sent / rate);
    for (size_t i = 0; i < BATCH; i++) {
      uint8_t *gre = frames[i] + sizeof ETHERNET + IPV4;
      put32(gre + 8, (uint32_t)chance());
      if (!right_call) put16(gre + 6, call_id + 1 + (uint32_t)(chance() % 65535));
    }
    int taken = sendmmsg(fd, messages, BATCH, 0);
    if (taken < 0 && errno != ENOBUFS && errno != EINTR) fail("send");
    if (taken > 0) sent += (uint64_t)taken;
    else refused++;
  }
  printf("{\"sent\":%" PRIu64 ",\"refused\":%" PRIu64 ",\"seconds\":%.9f}\n", sent, refused, now() - start);
}
