import { readdirSync } from "node:fs";
import { isSystemError, loadAddon } from "./native/addon.ts";

/** Ours: -20, eighty-seven times the weight of a thread that has 0. */
const BEFORE_ALL = 20;

/**
 * Ours: -10, nine times the weight. A thread that could loop for ever over a flood of packets leaves the
 * others of the process a tenth; real-time classes would leave them nothing, and -20 next to nothing.
 */
const BEFORE_MOST = 10;

/** It stays as it is. */
const NO_URGENCY = 0;

/**
 * Ours, in microseconds: of threads that carry packets. Who has the shorter slice runs as soon as a packet
 * wakes it, for which weight alone is not enough: it would wait until the other's slice is over. Linux gives
 * 700 and more, by the number of cores. Not shorter than needed, since workers of one core take it from each
 * other: with 100, eight tunnels at once carried some 6 % less.
 */
const SHORT = 500;

/**
 * Ours, in microseconds: of all others. The longer, the less often one of them comes before a packet because
 * it is owed a part of its slice; measured under log-ins and requests to the API, whose answers it does not
 * delay.
 */
const LONG = 8000;

const CALLING_THREAD = 0;

/**
 * Puts the calling thread, and no other, before the rest of the process; a `busy` one leaves it some of the
 * core. Without the right to a nice value below zero (CAP_SYS_NICE) it is prompt alone.
 */
export function makeThreadUrgent(busy: boolean): void {
  if (!set(CALLING_THREAD, busy ? BEFORE_MOST : BEFORE_ALL, SHORT)) makeThreadPrompt();
}

/**
 * What wakes the calling thread gets it running, at the weight that it has. On Linux before 6.12 that changes
 * nothing.
 */
export function makeThreadPrompt(): void {
  set(CALLING_THREAD, NO_URGENCY, SHORT);
}

/**
 * Each thread of the process, and what it starts from here on, waits for those that are urgent or prompt, and
 * then runs for longer. On Linux before 6.12 that changes nothing.
 */
export function makeProcessPatient(): void {
  for (const thread of readdirSync("/proc/self/task")) set(Number(thread), NO_URGENCY, LONG);
}

/** False where the kernel refuses, or the thread has ended: everything is as it was then. */
function set(thread: number, urgency: number, slice: number): boolean {
  try {
    loadAddon().setPriority(thread, urgency, slice);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
}
