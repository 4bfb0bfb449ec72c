import { createRequire } from "node:module";
import { AppError } from "../../errors/app-error.ts";
import { installation } from "../../installation/installation.ts";

/**
 * What `pacd.node` exports: system calls and byte kernels, nothing else. Descriptors belong to the thread
 * that opened them; any other number is a TypeError. Wrong arguments throw TypeError, refusals by the kernel
 * an Error with `code` and `syscall`. Addresses are numbers in host order. Only `raw-socket.ts`,
 * `tun-tap.ts`, `tun-interface.ts`, `mppe-kernels.ts`, `thread-priority.ts`, `host-check.ts`, `netlink.ts`,
 * `interface-state.ts`, `host-networks.ts`, `memory.ts` and `state-lock.ts` use it.
 */
export interface Addon {
  /** A non-blocking GRE raw socket. */
  openRaw(): number;
  /**
   * Packets go from `local` to `peer` from now on, whatever their entries say, and arrive between these
   * alone.
   */
  pairRaw(fd: number, local: number, peer: number): void;
  /**
   * Packets whose call ID modulo `of` is `worker`, to one of `locals` where it names any (16 at most), from
   * now on; those without a call ID are worker 0's.
   */
  shareRaw(fd: number, worker: number, of: number, locals: Uint32Array): void;
  /**
   * As `shareRaw`, and of those only what comes for calls that were admitted, from their peers. Throws where
   * bpf(2) is not allowed; nothing arrives then before `shareRaw`.
   */
  guardRaw(fd: number, worker: number, of: number, locals: Uint32Array): void;
  /**
   * Only packets to these addresses arrive from now on, whether the socket is guarded or not; nothing that
   * was admitted or has arrived is lost.
   */
  readdressRaw(fd: number, worker: number, of: number, locals: Uint32Array): void;
  /** From here on packets of the call arrive from `peer` alone; 0: none arrive. */
  admitRaw(fd: number, callId: number, peer: number): void;
  /** 1: the kernel skips this guarded socket; 0: it no longer does. */
  pauseRaw(fd: number, paused: 0 | 1): void;
  /**
   * 1: what comes for another worker, which is paused, is counted here; 0: by itself. E2BIG where there is no
   * such worker.
   */
  countForRaw(fd: number, worker: number, counts: 0 | 1): void;
  /**
   * Packets that the guard refused: 0 of calls that were not admitted, 1 of those that were, from other
   * peers, 2 no PPTP.
   */
  refusedRaw(fd: number, which: number): number;
  /** Packets that the socket's buffer had no room for. */
  overflowedRaw(fd: number): number;
  /**
   * Fills up to `capacity` slots; offsets point at the GRE header. Returns how many, 0 when there is nothing
   * now.
   */
  receiveRaw(
    fd: number,
    bytes: Uint8Array,
    slot: number,
    headroom: number,
    offsets: Uint32Array,
    lengths: Uint32Array,
    peers: Uint32Array,
    locals: Uint32Array,
    capacity: number,
  ): number;
  /** What `receiveRaw` would say of the first slot, had the kernel put `received` octets there: for tests. */
  stripRawHeader(
    bytes: Uint8Array,
    slot: number,
    headroom: number,
    offsets: Uint32Array,
    lengths: Uint32Array,
    peers: Uint32Array,
    locals: Uint32Array,
    received: number,
  ): void;
  /** Sends the first `count` packets; returns how many the kernel took. */
  sendRaw(
    fd: number,
    bytes: Uint8Array,
    offsets: Uint32Array,
    lengths: Uint32Array,
    peers: Uint32Array,
    locals: Uint32Array,
    count: number,
  ): number;
  /** A non-blocking TUN without packet information; the interface goes when it is closed. */
  openTun(name: string): number;
  /**
   * The first queue of an interface that may have several; it is never read. EBUSY where the name is taken.
   */
  createTunInterface(name: string): number;
  /**
   * The next queue of that interface, or the only one of another TUN that is not open; ENODEV where there is
   * none.
   */
  openTunQueue(name: string): number;
  /**
   * Does what needs no interface of the next, and takes it back. The kernel's error where bpf(2) is not
   * allowed.
   */
  trySteering(): void;
  /** Makes the interface ask steer's map. The kernel's error where bpf(2) is not allowed. */
  installSteering(fd: number): void;
  /** Packets for `address` go to the queue of that number, in the order of opening; those for others to 0. */
  steer(fd: number, address: number, queue: number): void;
  unsteer(fd: number, address: number): void;
  /** No packet goes to the interface's own queue any more. */
  detachTunInterface(fd: number): void;
  /**
   * Fills up to `capacity` slots. What the kernel hands over in large pieces is cut; what is left comes with
   * the next call.
   */
  readTun(
    fd: number,
    bytes: Uint8Array,
    slot: number,
    headroom: number,
    offsets: Uint32Array,
    lengths: Uint32Array,
    capacity: number,
  ): number;
  /** Returns how many packets the kernel took. Neighbouring segments of a TCP stream go to it as one. */
  writeTun(fd: number, bytes: Uint8Array, offsets: Uint32Array, lengths: Uint32Array, count: number): number;
  /**
   * What readTun does with what the kernel hands it (a struct virtio_net_hdr, then IP), for tests. Segments
   * before number `first` have been handed out already. Returns how many slots are filled.
   */
  splitSegments(
    packet: Uint8Array,
    bytes: Uint8Array,
    slot: number,
    headroom: number,
    offsets: Uint32Array,
    lengths: Uint32Array,
    capacity: number,
    first: number,
  ): number;
  /**
   * What writeTun hands to the kernel for up to 64 packets, each with its struct virtio_net_hdr, for tests.
   * Returns how many.
   */
  joinSegments(
    bytes: Uint8Array,
    offsets: Uint32Array,
    lengths: Uint32Array,
    count: number,
    out: Uint8Array,
    outOffsets: Uint32Array,
    outLengths: Uint32Array,
  ): number;
  /** Sets address/32 and MTU and brings the interface up. */
  configureInterface(name: string, local: number, mtu: number): void;
  addRoute(name: string, network: number, prefix: number): void;
  removeRoute(name: string, network: number, prefix: number): void;
  /**
   * A descriptor that holds the lock of this file, which is made where it is missing. EAGAIN where another
   * process has it.
   */
  lockFile(path: string): number;
  /**
   * Sends one message to the kernel and fills `reply` with the messages that come back; returns how many
   * octets they have. What the kernel refuses is its error, of the syscall "netlink"; ENOBUFS where the
   * answer does not fit.
   */
  netlink(protocol: number, request: Uint8Array, reply: Uint8Array): number;
  /**
   * Of the thread with that ID, or for 0 of the calling one: a nice value of -`urgency`, or for 0 the one
   * that it has; slices of so many microseconds. EPERM where it may not, ESRCH where there is no such thread.
   */
  setPriority(thread: number, urgency: number, slice: number): void;
  /**
   * Who connected a Unix socket whose descriptor this is: fills `result` with process, user and group, as
   * they were then. ENOTSOCK, or ENOTCONN where nobody did.
   */
  peerCredentials(descriptor: number, result: Uint32Array): void;
  /** Hands memory that the C library keeps for later back to the kernel, that of every thread. */
  trimMemory(): void;
  /**
   * One datagram to the Unix socket of that path, or of that name after an "@"; `descriptors` holds one to
   * hand over, or none. EAGAIN where the receiver has no room after `wait` milliseconds, EMSGSIZE where the
   * octets are too many.
   */
  sendDatagram(path: string, octets: Uint8Array, descriptors: Uint32Array, wait: number): void;
  /** A datagram that holds its octets in a sealed file in memory, as the journal takes what is too large. */
  sendSealed(path: string, octets: Uint8Array): void;
  /**
   * Calls back on each turn of this thread's loop while the descriptor has something to read. Once per
   * descriptor.
   */
  watch(fd: number, callback: () => void): void;
  /** Stops watching and closes. */
  close(fd: number): void;
  /**
   * `MppeKernel` of `mppe/kernel.ts`. The second never uses the CPU's instructions for SHA-1, for comparison.
   */
  runMppe(records: Uint8Array, bytes: Uint8Array, entries: Uint32Array, count: number): void;
  runMppePortable(records: Uint8Array, bytes: Uint8Array, entries: Uint32Array, count: number): void;
}

/** An error of the addon that stands for a refused system call. */
export interface SystemError extends Error {
  /** For example "EPERM". */
  readonly code: string;
  readonly syscall: string;
}

export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && "code" in error && typeof error.code === "string" && "syscall" in error;

/**
 * The addon; Node loads it once a thread. Throws host-no-addon when it is not built or not for this machine.
 */
export function loadAddon(file = installation.addon): Addon {
  try {
    return createRequire(import.meta.url)(file) as Addon;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
    const state = missing ? "is not built" : `cannot be loaded (${firstLine(error)})`;
    throw new AppError("host-no-addon", `The native addon ${state}: run \`${installation.addonRemedy}\`.`);
  }
}

const firstLine = (error: unknown): string => String((error as Error).message).split("\n")[0]!;
