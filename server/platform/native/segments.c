// The header fields of a super-packet come from the kernel, but may originate elsewhere (in other
// virtual machines, for example), so each is checked against the packet before it is used.
#include "segments.h"

#include "tcp-ipv4.h"

bool complete_checksum(const struct virtio_net_hdr *vnet, uint8_t *packet, size_t length) {
  const size_t start = vnet->csum_start, at = start + vnet->csum_offset;
  if (at + 2 > length) return false;
  const uint16_t sum = (uint16_t)~inet_fold(inet_add(0, packet + start, length - start));
  // In UDP a checksum of 0 says that there is none; its twin 0xffff means the same number (RFC 768).
  put_sum(packet + at, sum == 0 ? UINT16_MAX : sum);
  return true;
}

bool segments_begin(struct segments *segments, const struct virtio_net_hdr *vnet, const uint8_t *packet,
                    size_t length) {
  memset(segments, 0, sizeof *segments);
  if ((vnet->gso_type & ~VIRTIO_NET_HDR_GSO_ECN) != VIRTIO_NET_HDR_GSO_TCPV4 || vnet->gso_size == 0) return false;
  if (length < IPV4_HEADER + TCP_HEADER || length > UINT16_MAX || packet[0] >> 4 != 4) return false;
  // The header's own hdr_len is a hint, and has been wrong in kernels: the packet itself is asked.
  const uint32_t ipv4_header = (packet[0] & 15u) * 4;
  if (ipv4_header < IPV4_HEADER || ipv4_header + TCP_HEADER > length || packet[IPV4_PROTOCOL] != PROTOCOL_TCP) {
    return false;
  }
  const uint32_t tcp_header = (packet[ipv4_header + TCP_DATA_OFFSET] >> 4) * 4u;
  if (tcp_header < TCP_HEADER || ipv4_header + tcp_header >= length) return false;
  *segments = (struct segments){
      .packet = packet,
      .length = (uint32_t)length,
      .ipv4_header = ipv4_header,
      .header = ipv4_header + tcp_header,
      .size = vnet->gso_size,
      .next = 0,
  };
  return true;
}

void segments_skip(struct segments *segments, uint32_t number) {
  segments->next = number;
  if ((uint64_t)number * segments->size >= segments->length - segments->header) segments->length = 0;
}

bool segments_left(const struct segments *segments) {
  return segments->length > 0;
}

uint32_t segments_next(struct segments *segments, uint8_t *to, size_t room) {
  const uint32_t number = segments->next++, header = segments->header;
  const uint32_t at = header + number * segments->size, left = segments->length - at;
  const bool last = left <= segments->size;
  const uint32_t payload = last ? left : segments->size, length = header + payload;
  if (last || length > room) segments->length = 0;
  if (length > room) return 0;

  memcpy(to, segments->packet, header);
  memcpy(to + header, segments->packet + at, payload);
  put16(to + IPV4_LENGTH, (uint16_t)length);
  put16(to + IPV4_ID, (uint16_t)(get16(to + IPV4_ID) + number));
  put_ipv4_checksum(to, segments->ipv4_header);

  uint8_t *tcp = to + segments->ipv4_header;
  const uint32_t tcp_length = length - segments->ipv4_header;
  put32(tcp + TCP_SEQUENCE, get32(tcp + TCP_SEQUENCE) + number * segments->size);
  if (!last) tcp[TCP_FLAGS] &= (uint8_t)~(TCP_FIN | TCP_PSH);
  if (number > 0) tcp[TCP_FLAGS] &= (uint8_t)~TCP_CWR; // in the first segment only (RFC 3168 §6.1.2)
  put_sum(tcp + TCP_CHECKSUM, 0);
  put_sum(tcp + TCP_CHECKSUM, (uint16_t)~inet_fold(inet_add(tcp_pseudo_sum(to, tcp_length), tcp, tcp_length)));
  return length;
}
