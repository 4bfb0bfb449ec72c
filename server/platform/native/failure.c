#include <stdio.h>
#include <uv.h>

#include "addon.h"

// Throws a TypeError: the TypeScript caller is at fault.
napi_value misuse(napi_env env, const char *sentence) {
  napi_throw_type_error(env, NULL, sentence);
  return NULL;
}

// Throws an Error with `code` (for example "EPERM"), `errno` (negative, as in Node) and `syscall`.
napi_value system_failure(napi_env env, const char *syscall, int error) {
  char name[32];
  char text[128];
  char sentence[256];
  uv_err_name_r(-error, name, sizeof name);
  uv_strerror_r(-error, text, sizeof text);
  snprintf(sentence, sizeof sentence, "%s: %s, %s", name, text, syscall);

  napi_value code, message, number, call, thrown;
  if (napi_create_string_utf8(env, name, NAPI_AUTO_LENGTH, &code) == napi_ok &&
      napi_create_string_utf8(env, sentence, NAPI_AUTO_LENGTH, &message) == napi_ok &&
      napi_create_string_utf8(env, syscall, NAPI_AUTO_LENGTH, &call) == napi_ok &&
      napi_create_int32(env, -error, &number) == napi_ok &&
      napi_create_error(env, code, message, &thrown) == napi_ok &&
      napi_set_named_property(env, thrown, "errno", number) == napi_ok &&
      napi_set_named_property(env, thrown, "syscall", call) == napi_ok) {
    napi_throw(env, thrown);
  }
  return NULL;
}
