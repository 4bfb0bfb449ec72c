#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "traffic.h"

void fail(const char *format, ...) {
  int error = errno;
  va_list arguments;
  va_start(arguments, format);
  fputs("traffic: ", stderr);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  if (error != 0) fprintf(stderr, ": %s", strerror(error));
  fputc('\n', stderr);
  exit(2);
}

uint64_t number(const char *text, const char *name, uint64_t most) {
  char *end;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  if (errno != 0 || *text < '0' || *text > '9' || *end != '\0' || value > most)
    fail("%s must be a number up to %llu, not %s", name, (unsigned long long)most, text);
  return value;
}

double decimal(const char *text, const char *name) {
  char *end;
  double value = strtod(text, &end);
  if (end == text || *end != '\0' || !(value >= 0)) fail("%s must be a number, not %s", name, text);
  return value;
}

struct sockaddr_in place(const char *address, const char *port) {
  struct sockaddr_in result = {.sin_family = AF_INET};
  result.sin_port = htons((uint16_t)number(port, "port", 65535));
  if (inet_pton(AF_INET, address, &result.sin_addr) != 1) fail("no IPv4 address: %s", address);
  return result;
}

int open_socket(int type) {
  int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket");
  return fd;
}

void set_option(int fd, int level, int option, int value, const char *name) {
  if (setsockopt(fd, level, option, &value, sizeof value) != 0) fail("setsockopt %s", name);
}

void bind_to(int fd, const char *port) {
  struct sockaddr_in here = place("0.0.0.0", port);
  if (bind(fd, (struct sockaddr *)&here, sizeof here) != 0) fail("bind to port %s", port);
}

void ready(int fd) {
  struct sockaddr_in here;
  socklen_t size = sizeof here;
  if (getsockname(fd, (struct sockaddr *)&here, &size) != 0) fail("getsockname");
  printf("{\"port\":%u}\n", ntohs(here.sin_port));
  fflush(stdout);
}

double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

double beginning(const char *text) {
  double moment = decimal(text, "start");
  return moment > 0 ? moment : now();
}

void wait_until(double moment) {
  struct timespec time = {.tv_sec = (time_t)moment};
  time.tv_nsec = (long)((moment - (double)time.tv_sec) * 1e9);
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR) continue;
}

// From <linux/sched/types.h>, whose struct is at odds with that of newer glibcs.
struct attributes {
  uint32_t size, policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t slice, deadline, period; // nanoseconds
};

void be_prompt(int nice) {
  const struct attributes attributes = {.size = sizeof attributes, .nice = nice, .slice = 100000};
  (void)syscall(SYS_sched_setattr, 0, &attributes, 0);
}
