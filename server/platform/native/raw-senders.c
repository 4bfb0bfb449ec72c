// Sockets that send GRE from one address of ours each. A packet that need not name its source (IP_PKTINFO) costs a tenth less to
// send, and a concentrator has one address or a few.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "addon.h"
#include "raw.h"

// Further addresses do without.
#define MOST 4

struct senders {
  unsigned count;
  struct {
    uint32_t local;
    int fd; // -1 where the kernel refused
  } entries[MOST];
};

// Connected to itself, so that the kernel gives it no packet of anybody's; each packet says where it goes.
static bool bind_to_itself(int fd, uint32_t local) {
  const struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(local)};
  return raw_shut(fd) && bind(fd, (const struct sockaddr *)&here, sizeof here) == 0 &&
         connect(fd, (const struct sockaddr *)&here, sizeof here) == 0;
}

static int open_sender(uint32_t local) {
  const int fd = raw_socket();
  if (fd < 0 || bind_to_itself(fd, local)) return fd;
  close(fd);
  return -1;
}

int sender_from(struct port *port, uint32_t local) {
  struct senders *senders = port->senders;
  if (senders == NULL) senders = port->senders = calloc(1, sizeof *senders);
  if (senders == NULL) return -1;
  unsigned i = 0;
  while (i < senders->count && senders->entries[i].local != local) i++;
  if (i == MOST) return -1;
  if (i == senders->count) {
    senders->entries[i].local = local;
    senders->entries[i].fd = open_sender(local);
    senders->count++;
  }
  return senders->entries[i].fd;
}

void senders_free(struct senders *senders) {
  if (senders == NULL) return;
  for (unsigned i = 0; i < senders->count; i++) {
    if (senders->entries[i].fd >= 0) close(senders->entries[i].fd);
  }
  free(senders);
}
