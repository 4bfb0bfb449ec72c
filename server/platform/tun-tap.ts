import { writeFileSync } from "node:fs";
import { AppError } from "../errors/app-error.ts";
import { assertInterfaceName } from "../wire/interface-name.ts";
import type { Ipv4 } from "../wire/ipv4.ts";
import type { Ipv4Network } from "../wire/ipv4-network.ts";
import type { Octets } from "../wire/units.ts";
import { type Addon, isSystemError, loadAddon } from "./native/addon.ts";
import type { PacketBatch, PacketPort } from "./packet-batch.ts";

/**
 * A TUN interface: inner IP packets as they stand, without a header of its own. `peers` and `locals` are left alone.
 *
 * Belongs to the thread that opened it. The interface vanishes when it is closed, at the latest with that thread.
 */
export class TunTap implements PacketPort {
  readonly name: string;
  readonly #addon: Addon;
  readonly #fd: number;
  #open = true;

  /** Use `openTunTap`. */
  constructor(addon: Addon, name: string, fd: number) {
    this.#addon = addon;
    this.name = name;
    this.#fd = fd;
  }

  /**
   * Gives the interface its address (/32), its MTU and the routes to the clients, and brings it up. `mtu` bounds what
   * the kernel hands us in one packet. Throws the kernel's error, which at start is fatal.
   */
  configure(settings: {
    readonly local: Ipv4;
    readonly mtu: Octets;
    readonly routes: readonly Ipv4Network[];
  }): void {
    this.#silenceIpv6();
    this.#addon.configureInterface(this.name, settings.local, settings.mtu);
    for (const { address, prefix } of settings.routes) this.#addon.addRoute(this.name, address, prefix);
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

  /** PPTP tunnels carry IPv4 here; without this the kernel sends router solicitations into the tunnel. */
  #silenceIpv6(): void {
    try {
      writeFileSync(`/proc/sys/net/ipv6/conf/${this.name}/disable_ipv6`, "1");
    } catch {
      // No IPv6 in this kernel, or /proc/sys is read-only: such packets are then dropped and counted.
    }
  }
}

/**
 * Throws interface-in-use where the name is taken, host-no-tun where the device is missing or refused, host-no-addon
 * without the addon.
 */
export function openTunTap(name: string): TunTap {
  assertInterfaceName(name);
  const addon = loadAddon();
  try {
    return new TunTap(addon, name, addon.openTun(name));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // EINVAL: an interface of that name exists and is no TUN.
    if (error.code === "EBUSY" || error.code === "EINVAL") {
      throw new AppError(
        "interface-in-use",
        `The network interface ${name} exists already: stop the other pacd, or choose another tunnel.interface.`,
      );
    }
    throw new AppError("host-no-tun", tunSentence(error.code));
  }
}

/** What is wrong and what to do, for the error code of a refused /dev/net/tun. */
export function tunSentence(code: string): string {
  if (code === "ENOENT" || code === "ENODEV" || code === "ENXIO") {
    return "/dev/net/tun is missing: run `modprobe tun`, or give the container the device with --device /dev/net/tun.";
  }
  if (code === "EPERM" || code === "EACCES") {
    return "pacd may not use /dev/net/tun: run it as root, or give it CAP_NET_ADMIN (in a container also --device /dev/net/tun).";
  }
  return `/dev/net/tun cannot be used (${code}): check the kernel's TUN support.`;
}
