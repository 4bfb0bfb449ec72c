#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "addon.h"

// Control data of one message: the source address (ip(7), IP_PKTINFO). A union, for the alignment.
union source {
  struct cmsghdr header;
  char space[CMSG_SPACE(sizeof(struct in_pktinfo))];
};

static void set_source(struct msghdr *message, union source *source, uint32_t local) {
  memset(source, 0, sizeof *source);
  message->msg_control = source;
  message->msg_controllen = sizeof *source;
  struct cmsghdr *header = CMSG_FIRSTHDR(message);
  header->cmsg_level = IPPROTO_IP;
  header->cmsg_type = IP_PKTINFO;
  header->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
  struct in_pktinfo information = {.ipi_spec_dst.s_addr = htonl(local)};
  memcpy(CMSG_DATA(header), &information, sizeof information);
}

// The address that all of these packets leave from, or 0.
static uint32_t common_local(const struct packets *packets, uint32_t first, uint32_t count) {
  const uint32_t local = packets->locals[first];
  uint32_t i = 1;
  while (i < count && packets->locals[first + i] == local) i++;
  return i == count ? local : 0;
}

// Sends packets first … first + count - 1. `*taken` grows by those that the kernel took. Returns false when
// the socket's buffer is full and the rest would fail as well.
static bool send_chunk(struct port *port, const struct packets *packets, uint32_t first, uint32_t count,
                       uint32_t *taken) {
  struct mmsghdr messages[CHUNK];
  struct iovec vectors[CHUNK];
  struct sockaddr_in peers[CHUNK];
  union source sources[CHUNK];
  const uint32_t local = port->paired ? 0 : common_local(packets, first, count);
  const int sender = local == 0 ? -1 : sender_from(port, local);
  const int fd = sender >= 0 ? sender : port->fd;
  memset(messages, 0, sizeof messages[0] * count);
  memset(peers, 0, sizeof peers[0] * count);
  for (uint32_t i = 0; i < count; i++) {
    vectors[i].iov_base = packets->bytes + packets->offsets[first + i];
    vectors[i].iov_len = packets->lengths[first + i];
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
    if (port->paired) continue;
    peers[i].sin_family = AF_INET;
    peers[i].sin_addr.s_addr = htonl(packets->peers[first + i]);
    messages[i].msg_hdr.msg_name = &peers[i];
    messages[i].msg_hdr.msg_namelen = sizeof peers[i];
    if (sender < 0 && packets->locals[first + i] != 0) {
      set_source(&messages[i].msg_hdr, &sources[i], packets->locals[first + i]);
    }
  }
  uint32_t done = 0;
  while (done < count) {
    int sent = sendmmsg(fd, messages + done, count - done, MSG_DONTWAIT);
    if (sent > 0) {
      done += (uint32_t)sent;
      *taken += (uint32_t)sent;
    } else if (sent < 0 && errno == EAGAIN) {
      return false;
    } else if (sent == 0 || errno != EINTR) {
      // Of this packet alone (ENETUNREACH, EPERM from a firewall, EMSGSIZE, ENOBUFS, EINVAL for a
      // source that is not ours any more): it is lost, the others go on.
      done++;
    }
  }
  return true;
}

// (fd, bytes, offsets, lengths, peers, locals, count) → packets that the kernel took. Reads the caller's
// memory only during the call; the kernel copies.
napi_value send_raw(napi_env env, napi_callback_info info) {
  struct port *port;
  struct packets packets;
  if (!read_send_arguments(env, info, PORT_RAW, &port, &packets)) return NULL;
  uint32_t taken = 0;
  for (uint32_t first = 0; first < packets.count; first += CHUNK) {
    uint32_t count = packets.count - first < CHUNK ? packets.count - first : CHUNK;
    if (!send_chunk(port, &packets, first, count, &taken)) break;
  }
  napi_value result;
  return napi_create_uint32(env, taken, &result) == napi_ok ? result : NULL;
}
