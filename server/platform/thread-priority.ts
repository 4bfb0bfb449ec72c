import { readdirSync } from "node:fs";
import { setPriority } from "node:os";
import { isSystemError, loadAddon } from "./native/addon.ts";

/** Ours: -20, eighty-seven times the weight of a thread that has 0. */
const HIGHEST = 20;

/**
 * Ours: -10, nine times the weight. A thread that could loop for ever over a flood of packets leaves the
 * others of the process a tenth; real-time classes would leave them nothing, and -20 next to nothing.
 */
const HIGH = 10;

/** Ours: 10, a tenth of the weight of a thread that has 0. */
const LOW = 10;

/** The nice value stays as it is. */
const UNCHANGED = 0;

/**
 * Ours, in microseconds: of threads that carry packets. A thread with the shorter slice runs as soon as a
 * packet wakes it; weight alone is not enough, since it would wait until the other's slice is over. Linux
 * gives 700 and more, by the number of cores. Not shorter than needed, since workers of one core take it from
 * each other: with 100, eight tunnels at once carried some 6 % less.
 */
const SHORT_SLICE = 500;

/**
 * Ours, in microseconds: of all others. The longer, the less often one of them runs before a packet because
 * part of its slice is left; measured under log-ins and requests to the API, whose answers it does not delay.
 */
const LONG_SLICE = 8000;

const CALLING_THREAD = 0;

/**
 * Raises the priority of the calling thread alone above the rest of the process; a `busy` one leaves the
 * others some of the core. Without the right to a nice value below zero (CAP_SYS_NICE) only its slice is
 * shortened.
 */
export function raiseThreadPriority(busy: boolean): void {
  if (!set(CALLING_THREAD, busy ? HIGH : HIGHEST, SHORT_SLICE)) shortenThreadSlice();
}

/**
 * Gives the calling thread short slices at the weight that it has, so that it runs as soon as it is woken.
 * Without effect on Linux before 6.12.
 */
export function shortenThreadSlice(): void {
  set(CALLING_THREAD, UNCHANGED, SHORT_SLICE);
}

/**
 * Gives each thread of the process, and those that it starts later, long slices: they let threads with short
 * ones run first. Without effect on Linux before 6.12.
 */
export function lengthenProcessSlices(): void {
  for (const thread of readdirSync("/proc/self/task")) set(Number(thread), UNCHANGED, LONG_SLICE);
}

/**
 * Puts the calling thread behind the others of the process: for long work that nobody's log-in waits for. On
 * Linux a nice value is a thread's own.
 */
export function lowerThreadPriority(): void {
  setPriority(LOW);
}

/** False where the kernel refuses, or the thread has ended; nothing has changed then. */
function set(thread: number, urgency: number, slice: number): boolean {
  try {
    loadAddon().setPriority(thread, urgency, slice);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
}
