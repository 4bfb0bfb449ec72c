#include <stdio.h>
#include <string.h>

#include "addon.h"

static bool refuse(napi_env env, const char *name, const char *expected) {
  char sentence[160];
  snprintf(sentence, sizeof sentence, "%s must be %s", name, expected);
  misuse(env, sentence);
  return false;
}

// Exactly `count` arguments, at most 9.
bool read_arguments(napi_env env, napi_callback_info info, size_t count, napi_value *values) {
  size_t given = count;
  if (napi_get_cb_info(env, info, &given, values, NULL, NULL) != napi_ok || given != count) {
    char expected[16];
    snprintf(expected, sizeof expected, "%zu", count);
    return refuse(env, "the number of arguments", expected);
  }
  return true;
}

// An integer from 0 to `max`; NaN, fractions and other types are refused.
bool read_u32(napi_env env, napi_value value, const char *name, uint32_t max, uint32_t *result) {
  double number;
  if (napi_get_value_double(env, value, &number) != napi_ok || !(number >= 0 && number <= max) ||
      number != (double)(uint32_t)number) {
    char expected[48];
    snprintf(expected, sizeof expected, "an integer from 0 to %u", max);
    return refuse(env, name, expected);
  }
  *result = (uint32_t)number;
  return true;
}

// The memory stays the caller's and is used only until the function returns.
static bool read_typed_array(napi_env env, napi_value value, napi_typedarray_type type, void **data, size_t *length) {
  bool is_typed_array;
  napi_typedarray_type actual;
  return napi_is_typedarray(env, value, &is_typed_array) == napi_ok && is_typed_array &&
         napi_get_typedarray_info(env, value, &actual, length, data, NULL, NULL) == napi_ok && actual == type;
}

bool read_bytes(napi_env env, napi_value value, const char *name, uint8_t **data, size_t *size) {
  void *memory;
  if (!read_typed_array(env, value, napi_uint8_array, &memory, size)) return refuse(env, name, "a Uint8Array");
  *data = memory;
  return true;
}

bool read_u32_array(napi_env env, napi_value value, const char *name, uint32_t **data, size_t *length) {
  void *memory;
  if (!read_typed_array(env, value, napi_uint32_array, &memory, length)) return refuse(env, name, "a Uint32Array");
  *data = memory;
  return true;
}

// 1 to 15 octets; whether they make a good name is the kernel's to say.
bool read_interface_name(napi_env env, napi_value value, char name[IFNAMSIZ]) {
  size_t length;
  // One octet more than fits, to tell a name of 15 octets from one that was cut.
  char text[IFNAMSIZ + 1];
  if (napi_get_value_string_utf8(env, value, text, sizeof text, &length) != napi_ok || length == 0 ||
      length >= IFNAMSIZ || strlen(text) != length) {
    return refuse(env, "name", "an interface name of 1 to 15 octets");
  }
  memcpy(name, text, length + 1);
  return true;
}
