#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "addon.h"

static struct addon *addon_of(napi_env env) {
  void *addon = NULL;
  napi_get_instance_data(env, &addon);
  return addon;
}

// Closes and frees what the port holds, but not the port itself.
static void let_go(struct port *port) {
  if (port->release != NULL) port->release(port);
  close(port->fd);
  if (port->map >= 0) close(port->map);
}

static void release(struct port *port) {
  let_go(port);
  free(port);
}

// Takes ownership of what `opened` holds, also when it fails. Returns the number for JavaScript, or NULL with
// an exception pending.
napi_value port_add(napi_env env, struct port opened) {
  struct addon *addon = addon_of(env);
  struct port *port = malloc(sizeof *port);
  if (port == NULL) {
    let_go(&opened);
    return system_failure(env, "malloc", ENOMEM);
  }
  *port = opened;
  napi_value result;
  if (addon == NULL || napi_create_int32(env, port->fd, &result) != napi_ok) {
    release(port);
    return system_failure(env, "malloc", ENOMEM);
  }
  port->next = addon->ports;
  addon->ports = port;
  return result;
}

static struct port *find(napi_env env, uint32_t fd) {
  struct addon *addon = addon_of(env);
  struct port *port = addon == NULL ? NULL : addon->ports;
  while (port != NULL && (uint32_t)port->fd != fd) port = port->next;
  return port;
}

static const char NOT_OURS[] = "fd must be a descriptor that this thread opened";

// Only what this thread opened and has not closed, so a wrong number can never reach somebody else's
// descriptor.
bool read_port(napi_env env, napi_value value, enum port_kind kind, struct port **result) {
  uint32_t fd;
  if (!read_u32(env, value, "fd", INT32_MAX, &fd)) return false;
  struct port *port = find(env, fd);
  if (port == NULL || port->kind != kind) {
    static const char *const KINDS[] = {"fd must be a raw socket", "fd must be a TUN", "fd must be a TUN interface", "fd must be a lock"};
    misuse(env, port == NULL ? NOT_OURS : KINDS[kind]);
    return false;
  }
  *result = port;
  return true;
}

// (fd, callback). The callback runs on this thread, level-triggered. Keeps the loop alive until the port is
// closed.
napi_value port_watch(napi_env env, napi_callback_info info) {
  napi_value values[2];
  uint32_t fd;
  napi_valuetype type;
  if (!read_arguments(env, info, 2, values) || !read_u32(env, values[0], "fd", INT32_MAX, &fd)) return NULL;
  if (napi_typeof(env, values[1], &type) != napi_ok || type != napi_function) {
    return misuse(env, "callback must be a function");
  }
  struct port *port = find(env, fd);
  if (port == NULL) return misuse(env, NOT_OURS);
  if (port->watch != NULL) return misuse(env, "fd is being watched already");
  return watch_start(env, port, values[1]);
}

// (fd). Stops the watch first: libuv must never poll a number that the kernel has given to another file.
napi_value port_close(napi_env env, napi_callback_info info) {
  napi_value values[1];
  uint32_t fd;
  if (!read_arguments(env, info, 1, values) || !read_u32(env, values[0], "fd", INT32_MAX, &fd)) return NULL;
  struct addon *addon = addon_of(env);
  for (struct port **link = &addon->ports; *link != NULL; link = &(*link)->next) {
    struct port *port = *link;
    if ((uint32_t)port->fd != fd) continue;
    *link = port->next;
    if (port->watch != NULL) watch_stop(port->watch);
    release(port);
    return NULL;
  }
  return misuse(env, NOT_OURS);
}

// For the end of the thread, when the watches are gone already.
void ports_free(struct addon *addon) {
  while (addon->ports != NULL) {
    struct port *port = addon->ports;
    addon->ports = port->next;
    release(port);
  }
}
