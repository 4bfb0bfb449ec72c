import type { Clock } from "../platform/clock.ts";
import { type Millis, millis, seconds } from "../wire/units.ts";
import { isLocked } from "./store-unavailable.ts";

/**
 * Ours: how long a lock of another program is waited for; VPN clients wait longer than that for an answer.
 */
const LOCK_WAIT: Millis = seconds(2);
const FIRST_WAIT: Millis = millis(10);
const LAST_WAIT: Millis = millis(200);

/**
 * Does `work` again and again while another program holds the lock of the database, for two seconds at most;
 * never by standing still, as SQLite itself would wait.
 */
export async function waitingForLock<T>(
  clock: Pick<Clock, "now" | "after">,
  work: () => Promise<T>,
): Promise<T> {
  const until = clock.now() + LOCK_WAIT;
  for (let wait = FIRST_WAIT; ; wait = millis(Math.min(2 * wait, LAST_WAIT))) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error) || clock.now() >= until) throw error;
    }
    await new Promise<void>((resolve) => clock.after(wait, resolve));
  }
}
