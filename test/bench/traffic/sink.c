// Ends that take packets and do not ask what they are.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "traffic.h"

static int gre_socket(void) {
  int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_GRE);
  if (fd < 0) fail("raw socket");
  return fd;
}

// Reads and forgets what comes to a UDP port, or with "gre" all GRE of the namespace, until it is ended.
void sink(char **arguments) {
  static uint8_t octets[2048];
  int fd;
  if (strcmp(arguments[0], "gre") == 0) {
    fd = gre_socket();
  } else {
    fd = open_socket(SOCK_DGRAM);
    bind_to(fd, arguments[0]);
  }
  ready(fd);
  for (;;)
    if (recv(fd, octets, sizeof octets, 0) < 0 && errno != EINTR) fail("receive");
}

// The call ID of the next GRE packet from an address: which tunnel of the server is this client's?
void call_id(char **arguments) {
  uint8_t octets[2048];
  struct sockaddr_in wanted = place(arguments[0], "0"), from;
  struct timeval patience = {.tv_sec = PATIENCE};
  int fd = gre_socket();
  if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0) fail("setsockopt SO_RCVTIMEO");
  ready(fd);
  for (;;) {
    socklen_t size = sizeof from;
    ssize_t length = recvfrom(fd, octets, sizeof octets, 0, (struct sockaddr *)&from, &size);
    if (length < 0 && errno == EINTR) continue;
    if (length < 0) fail("no GRE from %s", arguments[0]);
    size_t header = (size_t)(octets[0] & 15) * 4; // IPv4 stands before it
    if (from.sin_addr.s_addr != wanted.sin_addr.s_addr || (size_t)length < header + 8) continue;
    printf("{\"callId\":%u}\n", octets[header + 6] * 256u + octets[header + 7]);
    return;
  }
}
