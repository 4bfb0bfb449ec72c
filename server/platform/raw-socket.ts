import { AppError } from "../errors/app-error.ts";
import type { CallId } from "../wire/call-id.ts";
import type { Ipv4 } from "../wire/ipv4.ts";
import { type Addon, isSystemError, loadAddon } from "./native/addon.ts";
import type { PacketBatch, PacketPort } from "./packet-batch.ts";

/**
 * Which of this host's GRE packets a socket gets. Of `of` sockets each packet reaches one: that of its call
 * ID modulo `of`, and worker 0 where it is too short to have one. Or those of a single call.
 */
export type GreShare = { readonly worker: number; readonly of: number } | { readonly callId: number };

/** Which of how many workers has a socket. */
interface Place {
  readonly worker: number;
  readonly of: number;
}

/** Packets that a guard has refused. */
export interface Refused {
  /** Of calls that do not exist. */
  readonly unknownCall: number;
  /** Of calls that are another peer's. */
  readonly wrongPeer: number;
  /** GRE of other kinds. */
  readonly notPptp: number;
}

/** As many as there are call IDs: of so many sockets each would get one call. */
const CALL_IDS = 0x10000;

const EVERY_ADDRESS = new Uint32Array(0);

/**
 * GRE over IPv4 (protocol 47) by a raw socket. Received packets begin at the GRE header; `peers` and `locals`
 * are the outer addresses. A packet that does not fit its slot arrives cut short, as the GRE payload length
 * shows.
 *
 * Belongs to the thread that opened it, and is closed with that thread at the latest.
 */
export class RawSocket implements PacketPort {
  readonly #addon: Addon;
  readonly #fd: number;
  #guarded: boolean;
  readonly #place: Place | undefined;
  #open = true;
  #received = 0;

  /**
   * Use `openRawSocket` or `openGuardedSocket`. `guarded`: packets arrive only for calls that are admitted.
   */
  constructor(addon: Addon, fd: number, guarded = false, place?: Place) {
    this.#addon = addon;
    this.#place = place;
    this.#fd = fd;
    this.#guarded = guarded;
  }

  receive(batch: PacketBatch, headroom: number): number {
    if (!this.#open) return 0;
    const { bytes, slot, offsets, lengths, peers, locals, capacity } = batch;
    const { receiveRaw } = this.#addon;
    const count = receiveRaw(this.#fd, bytes, slot, headroom, offsets, lengths, peers, locals, capacity);
    this.#received += count;
    return count;
  }

  send(batch: PacketBatch, count: number): number {
    if (!this.#open) return 0;
    const { bytes, offsets, lengths, peers, locals } = batch;
    return this.#addon.sendRaw(this.#fd, bytes, offsets, lengths, peers, locals, count);
  }

  /**
   * From here on packets go from `local` to `peer`, and arrive between these alone; what has arrived stays.
   * Where the kernel refuses, nothing changes, and each packet names its addresses.
   */
  keepTo(local: Ipv4, peer: Ipv4): void {
    try {
      if (this.#open) this.#addon.pairRaw(this.#fd, local, peer);
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }

  /** From here on packets of this call arrive from its peer. On an unguarded socket all arrive anyway. */
  admit(callId: CallId, peer: Ipv4): void {
    if (this.#open && this.#guarded) this.#addon.admitRaw(this.#fd, callId, peer);
  }

  /** From here on no packet of this call arrives. */
  dismiss(callId: CallId): void {
    if (this.#open && this.#guarded) this.#addon.admitRaw(this.#fd, callId, 0);
  }

  /**
   * From here on packets to these addresses of ours arrive, 16 at most, none meaning all. Of a socket that
   * was opened by `openGuardedSocket`.
   */
  listenOn(locals: readonly Ipv4[]): void {
    if (!this.#open || this.#place === undefined) return;
    const { worker, of } = this.#place;
    const addresses = Uint32Array.from(locals);
    try {
      this.#addon.readdressRaw(this.#fd, worker, of, addresses);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      // What was allowed at the start is not any more: as where it never was, all of the share arrives.
      this.pause(false);
      this.#guarded = false;
      this.#addon.shareRaw(this.#fd, worker, of, addresses);
    }
  }

  /**
   * Paused, the kernel skips this socket, which saves a copy of each packet for others: nothing arrives and
   * nothing is counted here. An unguarded socket cannot be paused.
   */
  pause(paused: boolean): void {
    if (this.#open && this.#guarded) this.#addon.pauseRaw(this.#fd, paused ? 1 : 0);
  }

  /**
   * Whether packets for calls of another worker, which is paused, are counted here, as those of unknown
   * calls.
   */
  countFor(worker: number, counts: boolean): void {
    if (this.#open && this.#guarded) this.#addon.countForRaw(this.#fd, worker, counts ? 1 : 0);
  }

  /** Packets that have arrived so far. */
  received(): number {
    return this.#received;
  }

  /** Packets refused since opening. */
  refused(): Refused {
    const count = (which: number) =>
      this.#open && this.#guarded ? this.#addon.refusedRaw(this.#fd, which) : 0;
    return { unknownCall: count(0), wrongPeer: count(1), notPptp: count(2) };
  }

  /** Packets lost since opening because the socket's buffer was full; 0 once it is closed. */
  overflowed(): number {
    return this.#open ? this.#addon.overflowedRaw(this.#fd) : 0;
  }

  onReadable(callback: () => void): void {
    if (this.#open) this.#addon.watch(this.#fd, callback);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#addon.close(this.#fd);
  }
}

/**
 * All GRE that reaches this host, or a share of it. Throws host-no-raw-socket where the kernel refuses,
 * host-no-addon without the addon.
 */
export function openRawSocket(share?: GreShare): RawSocket {
  return open((addon, fd) => {
    if (share === undefined) return false;
    const { worker, of } = "callId" in share ? { worker: share.callId, of: CALL_IDS } : share;
    addon.shareRaw(fd, worker, of, EVERY_ADDRESS);
    return false;
  });
}

/**
 * A share of this host's GRE, and of that only packets of calls that are admitted: the kernel counts and
 * drops all others, and wakes no thread for them. `locals` are the addresses of ours that count,
 * 16 at most, none meaning all: what comes to another one is another server's, and is not even counted. Where
 * the kernel allows no such program, all of the share arrives. Throws as `openRawSocket` does.
 */
export function openGuardedSocket({
  worker,
  of,
  locals = [],
}: {
  readonly worker: number;
  readonly of: number;
  readonly locals?: readonly Ipv4[];
}): RawSocket {
  const addresses = Uint32Array.from(locals);
  const guard = (addon: Addon, fd: number): boolean => {
    try {
      addon.guardRaw(fd, worker, of, addresses);
      return true;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      addon.shareRaw(fd, worker, of, addresses);
      return false;
    }
  };
  return open(guard, { worker, of });
}

/** `prepare` says whether the socket is guarded. */
function open(prepare: (addon: Addon, fd: number) => boolean, place?: Place): RawSocket {
  const addon = loadAddon();
  let fd: number | undefined;
  try {
    fd = addon.openRaw();
    return new RawSocket(addon, fd, prepare(addon, fd), place);
  } catch (error) {
    if (fd !== undefined) addon.close(fd);
    if (!isSystemError(error)) throw error;
    throw new AppError("host-no-raw-socket", rawSocketSentence(error.code));
  }
}

/** What is wrong and what to do, for the error code of a refused raw socket. */
export const rawSocketSentence = (code: string): string =>
  code === "EPERM" || code === "EACCES"
    ? "The kernel refuses pacd a raw socket for GRE: run it as root, or give it the capability CAP_NET_RAW."
    : `The kernel gives no raw socket for GRE (${code}): pacd needs one that supports IPv4 raw sockets.`;
