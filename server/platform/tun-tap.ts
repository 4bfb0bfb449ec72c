import { assertInterfaceName } from "../wire/interface-name.ts";
import { type Addon, loadAddon } from "./native/addon.ts";
import type { PacketBatch, PacketPort } from "./packet-batch.ts";
import { tunFailure } from "./tun-failure.ts";
import { configureTun, type TunSettings } from "./tun-settings.ts";

/**
 * A queue of a TUN interface, mostly its only one: inner IP packets as they stand, without a header of its
 * own. `peers` and `locals` are left alone. The kernel hands over and takes large TCP segments as one; here
 * they come as the packets they stand for, and so they go.
 *
 * Belongs to the thread that opened it, and is closed with that thread at the latest. The interface vanishes
 * with the last of its queues.
 */
export class TunTap implements PacketPort {
  readonly name: string;
  readonly #addon: Addon;
  readonly #fd: number;
  #open = true;

  /** Use `openTunTap`, or `openTunQueue` of `tun-interface.ts`. */
  constructor(addon: Addon, name: string, fd: number) {
    this.#addon = addon;
    this.name = name;
    this.#fd = fd;
  }

  /** Throws the kernel's error, which at start is fatal. */
  configure(settings: TunSettings): void {
    configureTun(this.#addon, this.name, settings);
  }

  receive(batch: PacketBatch, headroom: number): number {
    if (!this.#open) return 0;
    const { bytes, slot, offsets, lengths, capacity } = batch;
    return this.#addon.readTun(this.#fd, bytes, slot, headroom, offsets, lengths, capacity);
  }

  send(batch: PacketBatch, count: number): number {
    if (!this.#open) return 0;
    return this.#addon.writeTun(this.#fd, batch.bytes, batch.offsets, batch.lengths, count);
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
 * An interface with one queue. Throws interface-in-use where the name is taken, host-no-tun where the device
 * is missing or refused, host-no-addon without the addon.
 */
export function openTunTap(name: string): TunTap {
  assertInterfaceName(name);
  const addon = loadAddon();
  try {
    return new TunTap(addon, name, addon.openTun(name));
  } catch (error) {
    throw tunFailure(name, error);
  }
}
