// What the C library has kept of freed memory.
#include <malloc.h>

#include "addon.h"

// (): hands it back to the kernel, that of every thread.
napi_value trim_memory(napi_env env, napi_callback_info info) {
  napi_value none[1];
  if (read_arguments(env, info, 0, none)) malloc_trim(0);
  return NULL;
}
