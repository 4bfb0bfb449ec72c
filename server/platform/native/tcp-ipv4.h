// Fields of the IPv4 header (RFC 791 §3.1) and of the TCP header behind it (RFC 9293 §3.1), by their places.
#ifndef PACD_TCP_IPV4_H
#define PACD_TCP_IPV4_H

#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "inet-checksum.h"

#define IPV4_HEADER 20u // without options
#define IPV4_LENGTH 2u
#define IPV4_ID 4u
#define IPV4_FRAGMENT 6u // flags and fragment offset
#define IPV4_PROTOCOL 9u
#define IPV4_CHECKSUM 10u
#define IPV4_SOURCE 12u // the destination follows

#define DONT_FRAGMENT 0x4000u
#define PROTOCOL_TCP 6u

#define TCP_HEADER 20u // without options
#define TCP_SEQUENCE 4u
#define TCP_ACKNOWLEDGMENT 8u
#define TCP_DATA_OFFSET 12u // in words of four octets, in the upper half; the lower half is reserved
#define TCP_FLAGS 13u
#define TCP_WINDOW 14u
#define TCP_CHECKSUM 16u
#define TCP_URGENT 18u

#define TCP_FIN 0x01u
#define TCP_PSH 0x08u
#define TCP_ACK 0x10u
#define TCP_CWR 0x80u

static inline uint16_t get16(const uint8_t *at) {
  uint16_t value;
  memcpy(&value, at, sizeof value);
  return ntohs(value);
}

static inline void put16(uint8_t *at, uint16_t value) {
  value = htons(value);
  memcpy(at, &value, sizeof value);
}

static inline uint32_t get32(const uint8_t *at) {
  uint32_t value;
  memcpy(&value, at, sizeof value);
  return ntohl(value);
}

static inline void put32(uint8_t *at, uint32_t value) {
  value = htonl(value);
  memcpy(at, &value, sizeof value);
}

// Stores a sum that stands as it would lie in memory.
static inline void put_sum(uint8_t *at, uint16_t sum) {
  memcpy(at, &sum, sizeof sum);
}

// The pseudo-header of TCP (RFC 9293 §3.1) over `length` octets of header and payload, as a sum.
static inline uint64_t tcp_pseudo_sum(const uint8_t *ipv4, size_t length) {
  return inet_add((uint64_t)htons(PROTOCOL_TCP) + htons((uint16_t)length), ipv4 + IPV4_SOURCE, 8);
}

// Computes the checksum of an IPv4 header anew.
static inline void put_ipv4_checksum(uint8_t *ipv4, size_t header) {
  put_sum(ipv4 + IPV4_CHECKSUM, 0);
  put_sum(ipv4 + IPV4_CHECKSUM, (uint16_t)~inet_fold(inet_add(0, ipv4, header)));
}

#endif
