/** Who has a file. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Runs a task with the rights of another user to files, where we are root and that user is not: what a less
 * trusted user has laid out (links above all) then leads no further than that user gets. Only synchronous
 * calls are affected; the task must not wait for anything.
 */
export function actingAs<T>({ uid, gid }: Owner, task: () => T): T {
  if (process.geteuid?.() !== 0 || uid === 0) return task();
  const groups = process.getgroups!();
  const group = process.getegid!();
  process.setgroups!([gid]);
  process.setegid!(gid);
  process.seteuid!(uid);
  try {
    return task();
  } finally {
    process.seteuid!(0);
    process.setegid!(group);
    process.setgroups!(groups);
  }
}
