import type { Connection } from "../../platform/tcp.ts";
import type { ControlEnd } from "../../pptp/control/machine-types.ts";
import type { CallServices } from "../calls/call-types.ts";
import type { Placement } from "../calls/calls.ts";
import { type ControlOwner, ControlRoom } from "./control-connection.ts";
import { MAX_PER_ADDRESS, MAX_UNSTARTED, STOP_GRACE } from "./limits.ts";

/**
 * Every control connection, and how many of them a stranger may hold: silent ones cost little and are closed
 * after 10 s by their own timer; beyond a limit the oldest silent one makes room for the newest.
 */
export class Lobby implements ControlOwner {
  readonly #services: CallServices;
  readonly #placement: Placement;
  readonly #rooms = new Set<ControlRoom>();
  /** Connections without a Start-Request yet, oldest first. */
  readonly #unstarted = new Set<ControlRoom>();
  readonly #perAddress = new Map<string, number>();
  #whenEmpty: (() => void) | undefined;
  #closing = false;

  constructor(services: CallServices, placement: Placement) {
    this.#services = services;
    this.#placement = placement;
  }

  get count(): number {
    return this.#rooms.size;
  }

  accept(connection: Connection): void {
    const here = this.#perAddress.get(connection.remoteAddress) ?? 0;
    const { patience } = this.#services;
    if (this.#closing || here >= MAX_PER_ADDRESS || patience.exhausted(connection.remoteAddress)) {
      this.#services.tally.fault("too-many-connections");
      connection.destroy();
      return;
    }
    if (this.#unstarted.size >= MAX_UNSTARTED) {
      const [oldest] = this.#unstarted;
      this.#services.tally.fault("too-many-connections");
      oldest?.destroy();
    }
    this.#perAddress.set(connection.remoteAddress, here + 1);
    const room = new ControlRoom(this.#services, this.#placement, connection, this);
    this.#rooms.add(room);
    this.#unstarted.add(room);
    room.open();
  }

  started(room: ControlRoom): void {
    this.#unstarted.delete(room);
  }

  gone(room: ControlRoom, end: ControlEnd | "not-pptp"): void {
    this.#rooms.delete(room);
    this.#unstarted.delete(room);
    if (!room.fruitful) this.#services.patience.lose(room.remoteAddress);
    const left = (this.#perAddress.get(room.remoteAddress) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(room.remoteAddress, left);
    else this.#perAddress.delete(room.remoteAddress);
    if (end === "start-timeout" || end === "protocol-error" || end === "bad-version")
      this.#services.tally.fault(end);
    if (this.#rooms.size === 0) this.#whenEmpty?.();
  }

  /** Tells every client goodbye and waits a little for the answers. */
  async shutDown(): Promise<void> {
    this.#closing = true;
    for (const room of [...this.#rooms]) room.shutDown();
    if (this.#rooms.size > 0) {
      await new Promise<void>((resolve) => {
        this.#whenEmpty = resolve;
        this.#services.clock.after(STOP_GRACE, resolve);
      });
    }
    for (const room of [...this.#rooms]) room.destroy();
  }
}
