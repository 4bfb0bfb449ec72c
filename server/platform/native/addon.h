// What the files of the addon share. Everything runs on the JavaScript thread that called; there are no
// globals, so the addon may be loaded in any number of worker threads.
#ifndef PACD_ADDON_H
#define PACD_ADDON_H

#include <net/if.h>
#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sha1.h"

// Packets of one system call: bounds the stack that the message headers take (about 12 KiB).
#define CHUNK 64u

// PORT_INTERFACE: the queue of a TUN interface that keeps it there and is not read. PORT_LOCK: a file whose
// lock is held.
enum port_kind { PORT_RAW, PORT_TUN, PORT_INTERFACE, PORT_LOCK };

struct senders;
struct watch;
struct tun;

// A descriptor that this thread opened. Owned by the list in `struct addon`; freed by port_close or at thread
// end. What the kinds of ports do differently, whoever opens one hands in: port.c and watch.c know none of
// them.
struct port {
  int fd;
  enum port_kind kind;
  struct watch *watch; // NULL while it is not watched
  // Frees what the kind owns, before the descriptor is closed. NULL: nothing.
  void (*release)(struct port *port);
  // Has it packets that the next read finds without asking the kernel? NULL: never.
  bool (*has_pending)(const struct port *port);
  // PORT_TUN only; owned.
  struct tun *tun;
  // PORT_RAW: it has one peer and one address of ours.
  bool paired;
  // PORT_RAW: sockets that send from one address each; owned, NULL until one is needed.
  struct senders *senders;
  // PORT_INTERFACE: the queue of each address. PORT_RAW: the calls whose packets arrive. Owned, -1 for none.
  int map;
  struct port *next;
};

// One per thread (napi instance data).
struct addon {
  struct port *ports;
  sha1_function *sha1; // the fastest that this CPU has
};

// failure.c. All return NULL, so that a function can `return misuse(…)`; an exception is then pending.
napi_value misuse(napi_env env, const char *sentence);
napi_value system_failure(napi_env env, const char *syscall, int error);

// arguments.c. All return false with a TypeError pending.
bool read_arguments(napi_env env, napi_callback_info info, size_t count, napi_value *values);
bool read_u32(napi_env env, napi_value value, const char *name, uint32_t max, uint32_t *result);
bool read_bytes(napi_env env, napi_value value, const char *name, uint8_t **data, size_t *size);
bool read_u32_array(napi_env env, napi_value value, const char *name, uint32_t **data, size_t *length);
bool read_interface_name(napi_env env, napi_value value, char name[IFNAMSIZ]);

// packets.c. Views into the caller's memory, valid until the JavaScript function returns.
struct packets {
  uint8_t *bytes;
  uint32_t *offsets;
  uint32_t *lengths;
  uint32_t *peers;  // PORT_RAW only
  uint32_t *locals; // PORT_RAW only
  uint32_t slot;
  uint32_t headroom;
  uint32_t count; // capacity when receiving
};
// The arrays that describe packets; all must be long enough for packets->count.
bool read_arrays(napi_env env, const napi_value *values, enum port_kind kind, struct packets *packets);
// (bytes, slot, headroom, …), capacity: every slot must lie inside `bytes`.
bool read_slots(napi_env env, const napi_value *values, napi_value capacity, struct packets *packets);
// Every packet must lie inside the `size` octets of `bytes`.
bool read_inside(napi_env env, const struct packets *packets, size_t size);
bool read_receive_arguments(napi_env env, napi_callback_info info, enum port_kind kind, struct port **port,
                            struct packets *packets);
bool read_send_arguments(napi_env env, napi_callback_info info, enum port_kind kind, struct port **port,
                         struct packets *packets);

// port.c. read_port returns false with a TypeError pending.
napi_value port_add(napi_env env, struct port port);
bool read_port(napi_env env, napi_value value, enum port_kind kind, struct port **result);
void ports_free(struct addon *addon);

// raw-senders.c. The socket that sends from that address alone, or -1 where there is none: each packet must
// name it then.
int sender_from(struct port *port, uint32_t local);

// tun-read.c. `has_pending` of a TUN: the rest of a large packet.
bool tun_has_pending(const struct port *port);

// watch.c. watch_stop stops watching; the memory goes when libuv has let go of it. watch_again calls back on
// each turn, whether the descriptor is readable or not, for as long as `again` has last been true.
napi_value watch_start(napi_env env, struct port *port, napi_value callback);
void watch_again(struct watch *watch, bool again);
void watch_stop(struct watch *watch);

// What JavaScript calls; see addon.ts.
napi_value open_raw(napi_env env, napi_callback_info info);
napi_value pair_raw(napi_env env, napi_callback_info info);
napi_value share_raw(napi_env env, napi_callback_info info);
napi_value guard_raw(napi_env env, napi_callback_info info);
napi_value readdress_raw(napi_env env, napi_callback_info info);
napi_value admit_raw(napi_env env, napi_callback_info info);
napi_value pause_raw(napi_env env, napi_callback_info info);
napi_value count_for_raw(napi_env env, napi_callback_info info);
napi_value refused_raw(napi_env env, napi_callback_info info);
napi_value overflowed_raw(napi_env env, napi_callback_info info);
napi_value receive_raw(napi_env env, napi_callback_info info);
napi_value strip_raw_header(napi_env env, napi_callback_info info);
napi_value send_raw(napi_env env, napi_callback_info info);
napi_value open_tun(napi_env env, napi_callback_info info);
napi_value create_tun_interface(napi_env env, napi_callback_info info);
napi_value open_tun_queue(napi_env env, napi_callback_info info);
napi_value try_steering(napi_env env, napi_callback_info info);
napi_value install_steering(napi_env env, napi_callback_info info);
napi_value steer(napi_env env, napi_callback_info info);
napi_value unsteer(napi_env env, napi_callback_info info);
napi_value detach_tun_interface(napi_env env, napi_callback_info info);
napi_value read_tun(napi_env env, napi_callback_info info);
napi_value write_tun(napi_env env, napi_callback_info info);
napi_value split_segments(napi_env env, napi_callback_info info);
napi_value join_segments(napi_env env, napi_callback_info info);
napi_value configure_interface(napi_env env, napi_callback_info info);
napi_value add_route(napi_env env, napi_callback_info info);
napi_value remove_route(napi_env env, napi_callback_info info);
napi_value netlink(napi_env env, napi_callback_info info);
napi_value lock_file(napi_env env, napi_callback_info info);
napi_value set_priority(napi_env env, napi_callback_info info);
napi_value peer_credentials(napi_env env, napi_callback_info info);
napi_value trim_memory(napi_env env, napi_callback_info info);
napi_value send_datagram(napi_env env, napi_callback_info info);
napi_value send_sealed(napi_env env, napi_callback_info info);
napi_value port_watch(napi_env env, napi_callback_info info);
napi_value port_close(napi_env env, napi_callback_info info);
napi_value run_mppe(napi_env env, napi_callback_info info);
napi_value run_mppe_portable(napi_env env, napi_callback_info info);

#endif
