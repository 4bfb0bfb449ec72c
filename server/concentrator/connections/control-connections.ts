import type { Connection } from "../../platform/tcp.ts";
import type { ControlEnd } from "../../pptp/control/machine-types.ts";
import { type ConnectionEvents, type ConnectionServices, ControlConnection } from "./control-connection.ts";
import { MAX_PER_ADDRESS, MAX_UNSTARTED, STOP_GRACE } from "./limits.ts";

/**
 * Every control connection, and how many of them a stranger may hold: silent ones cost little and are closed
 * after 10 s by their own timer; beyond a limit the oldest silent one makes room for the newest.
 */
export class ControlConnections implements ConnectionEvents {
  readonly #services: ConnectionServices;
  readonly #connections = new Set<ControlConnection>();
  /** Connections without a Start-Request yet, oldest first. */
  readonly #unstarted = new Set<ControlConnection>();
  readonly #perAddress = new Map<string, number>();
  #whenEmpty: (() => void) | undefined;
  #closing = false;

  constructor(services: ConnectionServices) {
    this.#services = services;
  }

  get count(): number {
    return this.#connections.size;
  }

  accept(tcp: Connection): void {
    const { counters, penalties } = this.#services;
    const here = this.#perAddress.get(tcp.remoteAddress) ?? 0;
    if (this.#closing || here >= MAX_PER_ADDRESS || penalties.refuses(tcp.remoteAddress)) {
      counters.fault("too-many-connections");
      tcp.destroy();
      return;
    }
    if (this.#unstarted.size >= MAX_UNSTARTED) {
      const [oldest] = this.#unstarted;
      counters.fault("too-many-connections");
      oldest?.destroy();
    }
    this.#perAddress.set(tcp.remoteAddress, here + 1);
    const connection = new ControlConnection(this.#services, tcp, this);
    this.#connections.add(connection);
    this.#unstarted.add(connection);
    connection.open();
  }

  started(connection: ControlConnection): void {
    this.#unstarted.delete(connection);
  }

  gone(connection: ControlConnection, end: ControlEnd | "not-pptp"): void {
    const { counters, penalties } = this.#services;
    const { remoteAddress } = connection;
    this.#connections.delete(connection);
    this.#unstarted.delete(connection);
    if (!connection.fruitful) penalties.add(remoteAddress);
    const left = (this.#perAddress.get(remoteAddress) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(remoteAddress, left);
    else this.#perAddress.delete(remoteAddress);
    if (end === "start-timeout" || end === "protocol-error" || end === "bad-version") counters.fault(end);
    if (this.#connections.size === 0) this.#whenEmpty?.();
  }

  /** Tells every client that pacd stops, and waits a little for the answers. */
  async shutDown(): Promise<void> {
    this.#closing = true;
    for (const connection of [...this.#connections]) connection.shutDown();
    if (this.#connections.size > 0) {
      await new Promise<void>((resolve) => {
        this.#whenEmpty = resolve;
        this.#services.clock.after(STOP_GRACE, resolve);
      });
    }
    for (const connection of [...this.#connections]) connection.destroy();
  }
}
