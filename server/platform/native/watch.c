#include <stdlib.h>
#include <uv.h>

#include "addon.h"

// A poll on this thread's loop, and an idle handle that runs while the port has something of its own: it
// keeps the loop from waiting. Freed in `closed`, when libuv has let go of both.
struct watch {
  uv_poll_t poll;
  uv_idle_t idle;
  unsigned handles; // that libuv still has
  napi_env env;
  struct port *port;
  napi_ref callback;
  napi_async_cleanup_hook_handle hook; // NULL until added
};

// A callback that throws is an uncaught exception of this thread, like one thrown by any other event handler.
static void call(struct watch *watch) {
  napi_env env = watch->env;
  napi_handle_scope scope;
  if (napi_open_handle_scope(env, &scope) != napi_ok) return;
  napi_value callback, receiver, thrown;
  bool pending = false;
  if (napi_get_reference_value(env, watch->callback, &callback) == napi_ok &&
      napi_get_global(env, &receiver) == napi_ok) {
    // The callback may close the port: `watch` is not touched after this.
    napi_make_callback(env, NULL, receiver, callback, 0, NULL, NULL);
    if (napi_is_exception_pending(env, &pending) == napi_ok && pending &&
        napi_get_and_clear_last_exception(env, &thrown) == napi_ok) {
      napi_fatal_exception(env, thrown);
    }
  }
  napi_close_handle_scope(env, scope);
}

static void readable(uv_poll_t *poll, int status, int events) {
  (void)events;
  // libuv stops at an error condition. Go on: receiving either clears it or throws it.
  if (status < 0) uv_poll_start(poll, UV_READABLE, readable);
  struct watch *watch = poll->data;
  // Called on this turn already.
  if (uv_is_active((uv_handle_t *)&watch->idle)) return;
  call(watch);
}

static void pending(uv_idle_t *idle) {
  call(idle->data);
}

void watch_again(struct watch *watch, bool again) {
  if (again) {
    uv_idle_start(&watch->idle, pending);
  } else {
    uv_idle_stop(&watch->idle);
  }
}

static void closed(uv_handle_t *handle) {
  struct watch *watch = handle->data;
  if (--watch->handles > 0) return;
  // Releases the environment, which during the end of a thread waits for this.
  if (watch->hook != NULL) napi_remove_async_cleanup_hook(watch->hook);
  free(watch);
}

// The descriptor may be closed as soon as this returns.
void watch_stop(struct watch *watch) {
  watch->port->watch = NULL;
  napi_delete_reference(watch->env, watch->callback);
  uv_close((uv_handle_t *)&watch->poll, closed);
  uv_close((uv_handle_t *)&watch->idle, closed);
}

// The thread ends with the watch still on.
static void end_of_thread(napi_async_cleanup_hook_handle hook, void *data) {
  (void)hook;
  struct watch *watch = data;
  if (!uv_is_closing((uv_handle_t *)&watch->poll)) watch_stop(watch);
}

// Begins to call back whenever the port is readable. The port has no watch yet; NULL, or with an exception
// pending.
napi_value watch_start(napi_env env, struct port *port, napi_value callback) {
  uv_loop_t *loop;
  struct watch *watch = calloc(1, sizeof *watch);
  if (watch == NULL) return system_failure(env, "malloc", -UV_ENOMEM);
  if (napi_get_uv_event_loop(env, &loop) != napi_ok ||
      napi_create_reference(env, callback, 1, &watch->callback) != napi_ok) {
    free(watch);
    return system_failure(env, "uv_loop", -UV_EINVAL);
  }
  int status = uv_poll_init(loop, &watch->poll, port->fd);
  if (status != 0) {
    napi_delete_reference(env, watch->callback);
    free(watch);
    return system_failure(env, "uv_poll_init", -status);
  }
  uv_idle_init(loop, &watch->idle);
  watch->handles = 2;
  watch->env = env;
  watch->port = port;
  watch->poll.data = watch->idle.data = watch;
  port->watch = watch;
  status = uv_poll_start(&watch->poll, UV_READABLE, readable);
  if (status != 0) {
    watch_stop(watch);
    return system_failure(env, "uv_poll_start", -status);
  }
  if (napi_add_async_cleanup_hook(env, end_of_thread, watch, &watch->hook) != napi_ok) {
    watch->hook = NULL;
    watch_stop(watch);
    return system_failure(env, "uv_poll_start", -UV_ENOMEM);
  }
  watch_again(watch, port->has_pending != NULL && port->has_pending(port));
  return NULL;
}
