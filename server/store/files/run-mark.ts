/**
 * Which log (`-wal`) belongs to a database, and whether it needs one. SQLite itself applies whatever log lies
 * beside a file, and takes a file without its log for whole.
 *
 * The mark is SQLite's `user_version`, 32 bits that stand at one place of the file and of the log, so that
 * they can be read before SQLite opens either. Each log begins with the mark after that of the file: what the
 * file says becomes the log's when the log has been copied into it.
 */
export interface RunMark {
  /** 1 to MAX_COUNT, then 1 again. */
  readonly count: number;
  /** False: pacd closed the database, and everything is in the file itself. */
  readonly open: boolean;
}

/** Ours: 30 bits, so that the value is positive for SQLite. A database begins anywhere among them. */
export const MAX_COUNT = 2 ** 30 - 1;

/** Undefined for 0: a database of before there were marks. */
export const runMark = (userVersion: number): RunMark | undefined =>
  userVersion <= 1 ? undefined : { count: userVersion >>> 1, open: (userVersion & 1) === 1 };

export const userVersion = ({ count, open }: RunMark): number => 2 * count + (open ? 1 : 0);

export const nextCount = (count: number): number => (count % MAX_COUNT) + 1;

/**
 * Can a log that begins with `log` have been written for the file with `file`? Both are the same where pacd
 * died while the log was being copied into the file.
 */
export const belongs = (file: RunMark, log: RunMark): boolean =>
  log.count === file.count || log.count === nextCount(file.count);
