// What the files of the traffic tool share. One process does one thing: it prints one JSON object a line on
// standard output, and exits with 0 even where octets were changed on the way, which is its finding. 2: wrong
// usage or a system call that failed, in words on standard error.
#ifndef TRAFFIC_H
#define TRAFFIC_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

// Octets handed to the kernel in one call, by sender and receiver; what iperf3 takes as well.
#define PIECE (128u * 1024u)

// A connection without progress for so long is dead, in seconds: the tunnel under it is.
#define PATIENCE 5

// pattern.c. Octets of the stream from `position` on; at least PIECE of them lie there.
void pattern_make(uint64_t seed);
const uint8_t *pattern_at(uint64_t position);
// How many of `length` octets agree with the stream from `position` on, up to the first that does not.
size_t pattern_agrees(const uint8_t *octets, size_t length, uint64_t position);

// system.c. Each ends the process where it fails.
__attribute__((noreturn, format(printf, 1, 2))) void fail(const char *format, ...);
uint64_t number(const char *text, const char *name, uint64_t most);
double decimal(const char *text, const char *name);
struct sockaddr_in place(const char *address, const char *port);
int open_socket(int type);
void set_option(int fd, int level, int option, int value, const char *name);
// Binds to a port of this host, 0 for any, and says which one it is: whoever started us may go on.
void bind_to(int fd, const char *port);
void ready(int fd);
// Seconds of CLOCK_MONOTONIC, which all processes of the machine share.
double now(void);
void wait_until(double moment);
// The argument START: a moment of that clock, or 0 for at once.
double beginning(const char *text);
// The nice value, and the shortest slice there is: what wakes this process gets it running. Where that is
// refused, it does without.
void be_prompt(int nice);

// Each is one command; see main.c for its arguments.
void tcp_receive(char **arguments);
void tcp_send(char **arguments);
void udp_receive(char **arguments);
void udp_send(char **arguments);
void echo(char **arguments);
void round_trips(char **arguments);
void flood(char **arguments);
void sink(char **arguments);
void call_id(char **arguments);
void relay(char **arguments);

#endif
