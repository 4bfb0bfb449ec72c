// Datagrams that say which they are, so that the receiver knows what was lost, overtaken, doubled or changed.
#include <errno.h>
#include <inttypes.h>
#include <linux/sock_diag.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "traffic.h"

// Sequence number, then octets of the stream from a place that it decides: what belongs to another number, or
// was changed anywhere, does not agree.
#define HEAD 8u
#define STEP 7919u
#define MOST_OCTETS 1472u

// Datagrams of one run at most: bits in memory of 16 MiB.
#define MOST_NUMBERS (1u << 27)

// Of the receiver's socket, so that a busy receiver loses little itself.
#define RECEIVE_BUFFER (4 << 20)

// Microseconds after which nothing is under way any more, on a machine that is busy with other things.
#define QUIET 500000

static volatile sig_atomic_t stopped;

static void stop(int signal_number) {
  (void)signal_number;
  stopped = 1;
}

static uint8_t *seen;

// Returns whether the number had come before, and remembers it.
static int again(uint64_t sequence) {
  uint8_t bit = (uint8_t)(1u << (sequence & 7));
  int before = (seen[sequence >> 3] & bit) != 0;
  seen[sequence >> 3] |= bit;
  return before;
}

static uint64_t socket_drops(int fd) {
  uint32_t memory[SK_MEMINFO_VARS] = {0};
  socklen_t size = sizeof memory;
  if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, memory, &size) != 0) fail("getsockopt SO_MEMINFO");
  return memory[SK_MEMINFO_DROPS];
}

// Receives until SIGTERM, and then until nothing has come for QUIET.
void udp_receive(char **arguments) {
  uint8_t octets[MOST_OCTETS + 1];
  pattern_make(number(arguments[1], "seed", UINT64_MAX));
  seen = calloc(MOST_NUMBERS / 8, 1);
  if (seen == NULL) fail("no memory");
  struct sigaction action = {.sa_handler = stop}; // without SA_RESTART: recv returns
  sigaction(SIGTERM, &action, NULL);
  int fd = open_socket(SOCK_DGRAM);
  set_option(fd, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER, "SO_RCVBUFFORCE");
  struct timeval quiet = {.tv_usec = QUIET};
  if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &quiet, sizeof quiet) != 0) fail("setsockopt SO_RCVTIMEO");
  bind_to(fd, arguments[0]);
  ready(fd);
  uint64_t received = 0, corrupt = 0, duplicates = 0, disorder = 0, bytes = 0, highest = 0;
  double first = 0, last = 0;
  for (;;) {
    ssize_t length = recv(fd, octets, sizeof octets, 0);
    if (length < 0 && errno == EAGAIN && stopped) break;
    if (length < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (length < 0) fail("receive");
    last = now();
    if (received++ == 0) first = last;
    bytes += (size_t)length;
    uint64_t sequence = MOST_NUMBERS;
    if ((size_t)length >= HEAD) memcpy(&sequence, octets, HEAD);
    size_t rest = (size_t)length - HEAD;
    if (sequence >= MOST_NUMBERS || pattern_agrees(octets + HEAD, rest, sequence * STEP) != rest) {
      corrupt++;
    } else if (again(sequence)) {
      duplicates++;
    } else {
      if (sequence < highest) disorder++;
      else highest = sequence;
    }
  }
  printf("{\"received\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"seconds\":%.9f,\"corrupt\":%" PRIu64
         ",\"duplicates\":%" PRIu64 ",\"disorder\":%" PRIu64 ",\"socketDrops\":%" PRIu64 "}\n",
         received, bytes, last - first, corrupt, duplicates, disorder, socket_drops(fd));
}

// Sends from START on for SECONDS. PER-SECOND 0: as fast as the kernel takes them. What it refuses is tried
// again.
void udp_send(char **arguments) {
  uint8_t octets[MOST_OCTETS];
  struct sockaddr_in there = place(arguments[0], arguments[1]);
  pattern_make(number(arguments[2], "seed", UINT64_MAX));
  double start = beginning(arguments[3]), end = start + decimal(arguments[4], "seconds");
  size_t size = number(arguments[5], "octets", MOST_OCTETS);
  if (size < HEAD) fail("a datagram has %u octets at least", HEAD);
  double rate = decimal(arguments[6], "per second");
  int fd = open_socket(SOCK_DGRAM);
  if (connect(fd, (struct sockaddr *)&there, sizeof there) != 0) fail("connect");
  wait_until(start);
  uint64_t sent = 0, refused = 0;
  for (double at = now(); at < end && sent < MOST_NUMBERS; at = now()) {
    if (rate > 0 && (double)sent >= (at - start) * rate) {
      wait_until(start + (double)(sent + 1) / rate);
      continue;
    }
    memcpy(octets, &sent, HEAD);
    memcpy(octets + HEAD, pattern_at(sent * STEP), size - HEAD);
    if (send(fd, octets, size, 0) == (ssize_t)size) sent++;
    else if (errno == ENOBUFS || errno == EAGAIN || errno == EINTR) refused++;
    else fail("send");
  }
  printf("{\"sent\":%" PRIu64 ",\"refused\":%" PRIu64 ",\"seconds\":%.9f}\n", sent, refused, now() - start);
}
