// Round trips: requests leave at fixed moments, whether answers come or not. Who waited for an answer before
// the next request would ask least often while the path is slowest.
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "traffic.h"

// Octets of a request: a number, and octets of the stream.
#define HEAD 8u
#define OCTETS 64u
#define STEP 7919u

// An answer that has not come after so many seconds is lost.
#define LAST_WAIT 1.0

// Both ends of a round trip stand for other machines: they must not wait until a program under test, or its
// load, lets go of a CPU.
#define BEFORE_THE_TUNNELS (-20)

// Sends every datagram back to where it came from, until it is ended.
void echo(char **arguments) {
  uint8_t octets[2048];
  struct sockaddr_in from;
  be_prompt(BEFORE_THE_TUNNELS);
  int fd = open_socket(SOCK_DGRAM);
  bind_to(fd, arguments[0]);
  ready(fd);
  for (;;) {
    socklen_t size = sizeof from;
    ssize_t length = recvfrom(fd, octets, sizeof octets, 0, (struct sockaddr *)&from, &size);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) fail("receive");
    (void)!sendto(fd, octets, (size_t)length, 0, (struct sockaddr *)&from, size);
  }
}

static int ascending(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

struct trips {
  double *sent;  // moments
  double *taken; // seconds of those that came back, in the order in which they came
  uint64_t count, received, corrupt, duplicates;
};

static void take_answers(int fd, struct trips *trips) {
  uint8_t octets[OCTETS + 1];
  for (;;) {
    ssize_t length = recv(fd, octets, sizeof octets, MSG_DONTWAIT);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) return;
    double at = now();
    uint64_t sequence = UINT64_MAX;
    if ((size_t)length == OCTETS) memcpy(&sequence, octets, HEAD);
    if (sequence >= trips->count || pattern_agrees(octets + HEAD, OCTETS - HEAD, sequence * STEP) != OCTETS - HEAD) {
      trips->corrupt++;
    } else if (trips->sent[sequence] == 0) {
      trips->duplicates++;
    } else {
      trips->taken[trips->received++] = at - trips->sent[sequence];
      trips->sent[sequence] = 0;
    }
  }
}

static void wait_for_answers(int fd, struct trips *trips, double until) {
  for (;;) {
    double left = until - now();
    if (left <= 0 || trips->received == trips->count) return;
    struct timespec time = {.tv_sec = (time_t)left};
    time.tv_nsec = (long)((left - (double)time.tv_sec) * 1e9);
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    if (ppoll(&ready, 1, &time, NULL) > 0) take_answers(fd, trips);
  }
}

static double quantile(const struct trips *trips, double share) {
  if (trips->received == 0) return -1;
  uint64_t index = (uint64_t)(share * (double)trips->received);
  return trips->taken[index < trips->received ? index : trips->received - 1] * 1e6;
}

// Prints microseconds.
void round_trips(char **arguments) {
  uint8_t octets[OCTETS];
  struct sockaddr_in there = place(arguments[0], arguments[1]);
  be_prompt(BEFORE_THE_TUNNELS);
  pattern_make(number(arguments[2], "seed", UINT64_MAX));
  struct trips trips = {.count = number(arguments[3], "count", 10000000)};
  double interval = decimal(arguments[4], "interval") / 1e6;
  if (trips.count == 0) fail("a count of 0");
  trips.sent = calloc(trips.count, sizeof *trips.sent);
  trips.taken = calloc(trips.count, sizeof *trips.taken);
  if (trips.sent == NULL || trips.taken == NULL) fail("no memory");
  int fd = open_socket(SOCK_DGRAM);
  if (connect(fd, (struct sockaddr *)&there, sizeof there) != 0) fail("connect");
  double start = now();
  for (uint64_t i = 0; i < trips.count; i++) {
    wait_for_answers(fd, &trips, start + (double)i * interval);
    memcpy(octets, &i, HEAD);
    memcpy(octets + HEAD, pattern_at(i * STEP), OCTETS - HEAD);
    trips.sent[i] = now();
    (void)!send(fd, octets, OCTETS, 0);
  }
  wait_for_answers(fd, &trips, now() + LAST_WAIT);
  qsort(trips.taken, trips.received, sizeof *trips.taken, ascending);
  printf("{\"sent\":%" PRIu64 ",\"received\":%" PRIu64 ",\"corrupt\":%" PRIu64 ",\"duplicates\":%" PRIu64
         ",\"min\":%.1f,\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,\"max\":%.1f}\n",
         trips.count, trips.received, trips.corrupt, trips.duplicates, quantile(&trips, 0), quantile(&trips, 0.5),
         quantile(&trips, 0.9), quantile(&trips, 0.99), quantile(&trips, 1));
}
