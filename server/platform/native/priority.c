// When a thread gets a CPU: sched_setattr(2), of which glibc knows only since 2.41.
#include <errno.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "addon.h"

// From <linux/sched/types.h>, whose struct is at odds with that of newer glibcs.
struct attributes {
  uint32_t size;
  uint32_t policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t runtime; // of an ordinary thread: its slice in nanoseconds; Linux before 6.12 takes no notice
  uint64_t deadline;
  uint64_t period;
};

// A thread that somebody has made a real-time one stays one.
#define KEEP_POLICY 0x08

// (thread, urgency, slice): of the thread with that ID, or for 0 of the calling one: a nice value of
// -urgency, or for 0 the one that it has, and slices of so many microseconds. Throws EPERM where the first is
// not allowed, ESRCH where there is no such thread.
napi_value set_priority(napi_env env, napi_callback_info info) {
  napi_value values[3];
  uint32_t thread, urgency, slice;
  if (!read_arguments(env, info, 3, values) || !read_u32(env, values[0], "thread", INT32_MAX, &thread) ||
      !read_u32(env, values[1], "urgency", 20, &urgency) || !read_u32(env, values[2], "slice", 100000, &slice)) {
    return NULL;
  }
  const struct attributes attributes = {
      .size = sizeof attributes,
      .flags = KEEP_POLICY,
      .nice = urgency == 0 ? getpriority(PRIO_PROCESS, thread) : -(int32_t)urgency,
      .runtime = (uint64_t)slice * 1000,
  };
  return syscall(SYS_sched_setattr, (int)thread, &attributes, 0) == 0 ? NULL
                                                                     : system_failure(env, "sched_setattr", errno);
}
