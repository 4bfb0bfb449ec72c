#include <stdlib.h>

#include "addon.h"

// Runs when the thread's environment ends, after every watch has been closed.
static void release(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  ports_free(data);
  free(data);
}

NAPI_MODULE_INIT() {
  static const struct {
    const char *name;
    napi_callback function;
  } functions[] = {
      {"openRaw", open_raw},
      {"pairRaw", pair_raw},
      {"shareRaw", share_raw},
      {"guardRaw", guard_raw},
      {"readdressRaw", readdress_raw},
      {"admitRaw", admit_raw},
      {"pauseRaw", pause_raw},
      {"countForRaw", count_for_raw},
      {"refusedRaw", refused_raw},
      {"overflowedRaw", overflowed_raw},
      {"receiveRaw", receive_raw},
      {"stripRawHeader", strip_raw_header},
      {"sendRaw", send_raw},
      {"openTun", open_tun},
      {"createTunInterface", create_tun_interface},
      {"openTunQueue", open_tun_queue},
      {"installSteering", install_steering},
      {"trySteering", try_steering},
      {"steer", steer},
      {"unsteer", unsteer},
      {"detachTunInterface", detach_tun_interface},
      {"readTun", read_tun},
      {"writeTun", write_tun},
      {"splitSegments", split_segments},
      {"joinSegments", join_segments},
      {"configureInterface", configure_interface},
      {"addRoute", add_route},
      {"removeRoute", remove_route},
      {"netlink", netlink},
      {"lockFile", lock_file},
      {"setPriority", set_priority},
      {"peerCredentials", peer_credentials},
      {"trimMemory", trim_memory},
      {"sendDatagram", send_datagram},
      {"sendSealed", send_sealed},
      {"watch", port_watch},
      {"close", port_close},
      {"runMppe", run_mppe},
      {"runMppePortable", run_mppe_portable},
  };

  struct addon *addon = calloc(1, sizeof *addon);
  if (addon == NULL || napi_set_instance_data(env, addon, release, NULL) != napi_ok) {
    free(addon);
    napi_throw_error(env, NULL, "pacd.node cannot be initialised");
    return NULL;
  }
  sha1_function *sha1 = sha1_of_cpu();
  addon->sha1 = sha1 != NULL ? sha1 : sha1_portable;
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    napi_value function;
    if (napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].function, NULL, &function) !=
            napi_ok ||
        napi_set_named_property(env, exports, functions[i].name, function) != napi_ok) {
      return NULL;
    }
  }
  return exports;
}
