// One TCP connection, one direction.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "traffic.h"

static void be_patient(int fd) {
  struct timeval patience = {.tv_sec = PATIENCE};
  if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
      setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0)
    fail("setsockopt timeouts");
}

// Takes one connection and reads it to its end, or to the first octet that is wrong. Prints octets, the
// seconds from the first to the last, and the position of the wrong one, or -1.
void tcp_receive(char **arguments) {
  static uint8_t octets[PIECE];
  pattern_make(number(arguments[1], "seed", UINT64_MAX));
  int listener = open_socket(SOCK_STREAM);
  be_patient(listener);
  bind_to(listener, arguments[0]);
  if (listen(listener, 1) != 0) fail("listen");
  ready(listener);
  int fd = accept(listener, NULL, NULL);
  if (fd < 0) fail("nobody connected within %d s", PATIENCE);
  be_patient(fd);
  uint64_t position = 0;
  int64_t mismatch = -1;
  double first = 0, last = 0;
  for (;;) {
    ssize_t length = recv(fd, octets, sizeof octets, 0);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) fail("receive after %" PRIu64 " octets (EAGAIN: %d s without one)", position, PATIENCE);
    if (length == 0) break;
    last = now();
    if (position == 0) first = last;
    size_t same = pattern_agrees(octets, (size_t)length, position);
    if (same < (size_t)length) mismatch = (int64_t)(position + same);
    position += (size_t)length;
    if (mismatch >= 0) break;
  }
  printf("{\"bytes\":%" PRIu64 ",\"seconds\":%.9f,\"mismatch\":%" PRId64 "}\n", position, last - first, mismatch);
}

// Connects, waits for the moment START, sends for SECONDS, and waits until the other side has read
// everything.
void tcp_send(char **arguments) {
  struct sockaddr_in there = place(arguments[0], arguments[1]);
  pattern_make(number(arguments[2], "seed", UINT64_MAX));
  int fd = open_socket(SOCK_STREAM);
  be_patient(fd);
  if (connect(fd, (struct sockaddr *)&there, sizeof there) != 0)
    fail("connect to %s port %s", arguments[0], arguments[1]);
  double start = beginning(arguments[3]), end = start + decimal(arguments[4], "seconds");
  wait_until(start);
  uint64_t position = 0;
  while (now() < end) {
    ssize_t length = send(fd, pattern_at(position), PIECE, 0);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) fail("send after %" PRIu64 " octets (EAGAIN: %d s without one)", position, PATIENCE);
    position += (size_t)length;
  }
  shutdown(fd, SHUT_WR);
  uint8_t nothing;
  if (recv(fd, &nothing, 1, 0) != 0) fail("the other side did not read to the end");
  printf("{\"bytes\":%" PRIu64 "}\n", position);
}
