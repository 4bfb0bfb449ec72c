// The traffic of the benchmarks: every octet is compared where it arrives.
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "traffic.h"

struct command {
  const char *name;
  int arguments;
  void (*run)(char **arguments);
  const char *usage;
};

static const struct command commands[] = {
    {"tcp-receive", 2, tcp_receive, "PORT SEED"},
    {"tcp-send", 5, tcp_send, "ADDRESS PORT SEED START SECONDS"},
    {"udp-receive", 2, udp_receive, "PORT SEED"},
    {"udp-send", 7, udp_send, "ADDRESS PORT SEED START SECONDS OCTETS PER-SECOND"},
    {"echo", 1, echo, "PORT"},
    {"round-trips", 5, round_trips, "ADDRESS PORT SEED COUNT INTERVAL-US"},
    {"flood", 9, flood, "INTERFACE SOURCE TARGET CALL-ID KIND START SECONDS OCTETS PER-SECOND"},
    {"sink", 1, sink, "PORT|gre"},
    {"relay", 3, relay, "TUN ADDRESS PORT"},
    {"call-id", 1, call_id, "ADDRESS"},
};

int main(int count, char **words) {
  signal(SIGPIPE, SIG_IGN);
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
    const struct command *command = &commands[i];
    if (count < 2 || strcmp(words[1], command->name) != 0) continue;
    if (count - 2 != command->arguments) fail("usage: traffic %s %s", command->name, command->usage);
    command->run(words + 2);
    return 0;
  }
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    fprintf(stderr, "traffic %s %s\n", commands[i].name, commands[i].usage);
  return 2;
}
