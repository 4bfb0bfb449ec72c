// The least that a tunnel in user space can do: packets pass between a TUN and a UDP socket, unchanged, one
// by one. What it adds to a round trip is what waking up costs on this machine, and no tunnel made like that
// is faster.
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "traffic.h"

static int open_tun(const char *name) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  if (strlen(name) >= sizeof request.ifr_name) fail("name of the interface: %s", name);
  strcpy(request.ifr_name, name);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  int fd = open("/dev/net/tun", O_RDWR);
  if (fd < 0 || ioctl(fd, TUNSETIFF, &request) != 0) fail("TUN %s", name);
  return fd;
}

static void pass(int from, int to) {
  uint8_t octets[2048];
  ssize_t length = read(from, octets, sizeof octets);
  if (length > 0) (void)!write(to, octets, (size_t)length);
}

// As urgent as a packet worker of pacd that has little to do.
#define AS_A_WORKER (-20)

// Between the new TUN `name` and `port` of the other end, until it is ended.
void relay(char **arguments) {
  be_prompt(AS_A_WORKER);
  struct pollfd fds[2] = {{.fd = open_tun(arguments[0]), .events = POLLIN}, {.events = POLLIN}};
  int fd = fds[1].fd = open_socket(SOCK_DGRAM);
  struct sockaddr_in peer = place(arguments[1], arguments[2]);
  bind_to(fd, arguments[2]);
  if (connect(fd, (struct sockaddr *)&peer, sizeof peer) != 0) fail("connect");
  ready(fd);
  for (;;) {
    if (poll(fds, 2, -1) < 0 && errno != EINTR) fail("poll");
    for (int i = 0; i < 2; i++) {
      if ((fds[i].revents & POLLIN) != 0) pass(fds[i].fd, fds[1 - i].fd);
    }
  }
}
