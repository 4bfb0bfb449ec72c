import { AppError } from "../errors/app-error.ts";
import { type Addon, isSystemError, loadAddon } from "./native/addon.ts";
import type { PacketBatch, PacketPort } from "./packet-batch.ts";

/**
 * Which of this host's GRE packets a socket gets. Of `of` sockets each packet reaches one: that of its call ID modulo `of`, and worker
 * 0 where it is too short to have one. Or those of a single call.
 */
export type GreShare = { readonly worker: number; readonly of: number } | { readonly callId: number };

/** As many as there are call IDs: of so many sockets each would get one call. */
const CALL_IDS = 0x10000;

/**
 * GRE over IPv4 (protocol 47) by a raw socket. Received packets begin at the GRE header; `peers` and `locals` are the
 * outer addresses. A packet that does not fit its slot arrives cut short, which the GRE payload length then betrays.
 *
 * Belongs to the thread that opened it, and is closed with that thread at the latest.
 */
export class RawSocket implements PacketPort {
  readonly #addon: Addon;
  readonly #fd: number;
  #open = true;

  /** Use `openRawSocket`. */
  constructor(addon: Addon, fd: number) {
    this.#addon = addon;
    this.#fd = fd;
  }

  receive(batch: PacketBatch, headroom: number): number {
    if (!this.#open) return 0;
    const { bytes, slot, offsets, lengths, peers, locals, capacity } = batch;
    return this.#addon.receiveRaw(this.#fd, bytes, slot, headroom, offsets, lengths, peers, locals, capacity);
  }

  send(batch: PacketBatch, count: number): number {
    if (!this.#open) return 0;
    const { bytes, offsets, lengths, peers, locals } = batch;
    return this.#addon.sendRaw(this.#fd, bytes, offsets, lengths, peers, locals, count);
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
 * All GRE that reaches this host, or a share of it. Throws host-no-raw-socket where the kernel refuses, host-no-addon without
 * the addon.
 */
export function openRawSocket(share?: GreShare): RawSocket {
  const addon = loadAddon();
  try {
    return new RawSocket(addon, share === undefined ? addon.openRaw() : openShare(addon, share));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new AppError("host-no-raw-socket", rawSocketSentence(error.code));
  }
}

function openShare(addon: Addon, share: GreShare): number {
  const { worker, of } = "callId" in share ? { worker: share.callId, of: CALL_IDS } : share;
  const fd = addon.openRaw();
  try {
    addon.shareRaw(fd, worker, of);
    return fd;
  } catch (error) {
    addon.close(fd);
    throw error;
  }
}

/** What is wrong and what to do, for the error code of a refused raw socket. */
export const rawSocketSentence = (code: string): string =>
  code === "EPERM" || code === "EACCES"
    ? "The kernel refuses pacd a raw socket for GRE: run it as root, or give it the capability CAP_NET_RAW."
    : `The kernel gives no raw socket for GRE (${code}): pacd needs one that supports IPv4 raw sockets.`;
