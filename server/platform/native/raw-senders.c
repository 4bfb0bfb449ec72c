// Sockets that send GRE from one address of ours each. A packet that need not name its source (IP_PKTINFO)
// costs a tenth less to send, and a concentrator has one address or a few.
#include <stdlib.h>
#include <unistd.h>

#include "addon.h"
#include "raw.h"

// Further addresses are sent from the shared socket.
#define MOST 4

struct senders {
  unsigned count;
  struct {
    uint32_t local;
    int fd; // -1 where the kernel refused
  } entries[MOST];
};

// Paired with itself, so that it receives nothing; each packet names its destination.
static int open_sender(uint32_t local) {
  const int fd = raw_socket();
  if (fd < 0 || (raw_shut(fd) && raw_pair(fd, local, local) == NULL)) return fd;
  close(fd);
  return -1;
}

static void senders_free(struct port *port) {
  struct senders *senders = port->senders;
  for (unsigned i = 0; i < senders->count; i++) {
    if (senders->entries[i].fd >= 0) close(senders->entries[i].fd);
  }
  free(senders);
}

int sender_from(struct port *port, uint32_t local) {
  struct senders *senders = port->senders;
  if (senders == NULL) {
    senders = port->senders = calloc(1, sizeof *senders);
    if (senders == NULL) return -1;
    port->release = senders_free;
  }
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
