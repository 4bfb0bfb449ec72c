import { readFileSync } from "node:fs";
import { assertInterfaceName } from "../wire/interface-name.ts";
import type { Ipv4 } from "../wire/ipv4.ts";
import { type Addon, isSystemError, loadAddon } from "./native/addon.ts";
import { tunFailure } from "./tun-failure.ts";
import { configureTun, type TunSettings } from "./tun-settings.ts";
import { TunTap } from "./tun-tap.ts";

/**
 * A TUN interface whose packets several threads read, each from a queue of its own (`openTunQueue`). A packet
 * goes to the queue that its destination is steered to, and to queue 0 where it is steered to none.
 *
 * Belongs to the thread that opened it, and is closed with that thread at the latest. The interface vanishes
 * with it and the last of its queues.
 */
export class TunInterface {
  readonly name: string;
  /** How many queues are to be opened: as many as asked for, or 1 where this kernel does not let us steer. */
  readonly queues: number;
  readonly #addon: Addon;
  /** None for an interface that has just one queue, which then is another thread's. */
  readonly #fd: number | undefined;
  readonly #overflowedBefore: number;
  #open = true;

  /** Use `openTunInterface`. */
  constructor(addon: Addon, name: string, queues: number, fd: number | undefined) {
    this.#addon = addon;
    this.name = name;
    this.queues = queues;
    this.#fd = fd;
    this.#overflowedBefore = readDropped(name);
  }

  /** Throws the kernel's error, which at start is fatal. */
  configure(settings: TunSettings): void {
    configureTun(this.#addon, this.name, settings);
  }

  /**
   * Packets for this address go to the queue of this number, from 0 on in the order in which they were
   * opened.
   */
  steer(address: Ipv4, queue: number): void {
    if (queue >= this.queues) throw new RangeError(`${this.name} has no queue ${queue}`);
    if (this.#isSteered()) this.#addon.steer(this.#fd!, address, queue);
  }

  /** Packets for this address go to queue 0 again. Harmless where it was not steered. */
  unsteer(address: Ipv4): void {
    if (this.#isSteered()) this.#addon.unsteer(this.#fd!, address);
  }

  /**
   * Packets lost since opening because the queue they were for had no room; those that came while no queue
   * was open count too.
   */
  overflowed(): number {
    return readDropped(this.name) - this.#overflowedBefore;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#fd !== undefined) this.#addon.close(this.#fd);
  }

  #isSteered(): boolean {
    return this.#open && this.queues > 1;
  }
}

/**
 * tx_dropped: from the kernel's side the packets are sent. 0 where sysfs is not mounted or the interface is
 * gone.
 */
function readDropped(name: string): number {
  try {
    return Number(readFileSync(`/sys/class/net/${name}/statistics/tx_dropped`, "utf8"));
  } catch {
    return 0;
  }
}

/**
 * Creates the interface for up to `queues` queues, or takes over a persistent TUN of one queue that nobody
 * has open. Throws interface-in-use where the name is taken, host-no-tun where the device is missing or
 * refused, host-no-addon without the addon.
 */
export function openTunInterface(name: string, queues: number): TunInterface {
  assertInterfaceName(name);
  const addon = loadAddon();
  try {
    const fd = create(addon, name);
    if (fd === undefined) return new TunInterface(addon, name, 1, undefined);
    const steered = queues > 1 && installSteering(addon, fd);
    addon.detachTunInterface(fd);
    return new TunInterface(addon, name, steered ? queues : 1, fd);
  } catch (error) {
    throw tunFailure(name, error);
  }
}

/**
 * The next queue of an interface that `openTunInterface` has opened, for this thread. Throws as that does,
 * and interface-refused where there is no such interface any more.
 */
export function openTunQueue(name: string): TunTap {
  assertInterfaceName(name);
  const addon = loadAddon();
  try {
    return new TunTap(addon, name, addon.openTunQueue(name));
  } catch (error) {
    throw tunFailure(name, error);
  }
}

/** Undefined for an interface that is there already, persistent and free. */
function create(addon: Addon, name: string): number | undefined {
  try {
    return addon.createTunInterface(name);
  } catch (error) {
    if (!isSystemError(error) || error.code !== "EBUSY") throw error;
  }
  // It has one queue, which must be left to the thread that will read it.
  addon.close(addon.openTun(name));
  return undefined;
}

/** False where bpf(2) is not allowed (no CAP_BPF, seccomp), or the kernel knows no such steering. */
const installSteering = (addon: Addon, fd: number): boolean => isGranted(() => addon.installSteering(fd));

/**
 * May an interface have more than one queue here? Nothing on the host changes. A kernel before 4.16 says no
 * only to the interface itself. Throws host-no-addon without the addon.
 */
export function maySteer(): boolean {
  const addon = loadAddon();
  return isGranted(() => addon.trySteering());
}

function isGranted(attempt: () => void): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
}
