import { setPriority } from "node:os";

/**
 * Ours: a nice value of -10 gives a thread nine times the weight of one that has 0, so that it runs as soon as a packet
 * wakes it, whatever else pacd does. -20 is left to what the kernel itself holds urgent, and real-time classes are for threads
 * that cannot loop for ever over a flood of packets.
 */
const URGENT = -10;

/**
 * Puts the calling thread, and no other, before the rest of the process: 0 is the calling thread to setpriority(2) of Linux.
 * Without the right to do so (CAP_SYS_NICE) everything stays as it is.
 */
export function makeThreadUrgent(): void {
  try {
    setPriority(0, URGENT);
  } catch {
    // The kernel refuses: packets then share the cores with everything else.
  }
}
