import { AppError } from "../errors/app-error.ts";
import { millis } from "../wire/units.ts";
import type { Clock } from "./clock.ts";
import type { ManagerEnvironment, ServiceManager } from "./service-manager.ts";
import type { Connection } from "./tcp.ts";
import { type Endpoint, type ListeningServer, listen, listenOn } from "./tcp-server.ts";

/** Names of the sockets that we left with the service manager begin so. */
const OURS = "pptp-";

/**
 * How often and how long, in milliseconds, an address is tried that the manager has just been told to let go.
 */
const TRIES = 50;
const BETWEEN_TRIES = millis(20);

interface HandedOver {
  readonly name: string;
  readonly server: ListeningServer;
  /** Who gets its connections; until somebody does, they wait here. */
  taker: ((connection: Connection) => void) | undefined;
  readonly early: Connection[];
}

/**
 * Listening sockets that outlive the process: the service manager keeps them while pacd starts again, and
 * clients that dial meanwhile wait in their queue instead of being refused. Where there is no manager they
 * are ordinary ones.
 */
export class KeptSockets {
  readonly #manager: Pick<ServiceManager, "keepSocket" | "dropSocket">;
  readonly #clock: Pick<Clock, "after">;
  readonly #handedOver: HandedOver[];
  #leaving = false;
  #dropped = false;

  private constructor(
    manager: Pick<ServiceManager, "keepSocket" | "dropSocket">,
    clock: Pick<Clock, "after">,
    handedOver: HandedOver[],
  ) {
    this.#manager = manager;
    this.#clock = clock;
    this.#handedOver = handedOver;
  }

  /**
   * Takes what the manager has handed over. `wanted`: where pacd is going to listen. What it left behind
   * itself and wants no longer is closed. Rejects with address-unusable where a socket unit of the
   * administrator listens where the configuration does not: its clients would wait for ever.
   */
  static async open(
    environment: Pick<ManagerEnvironment, "handedOver">,
    wanted: readonly Endpoint[],
    manager: Pick<ServiceManager, "keepSocket" | "dropSocket">,
    clock: Pick<Clock, "after">,
  ): Promise<KeptSockets> {
    const found: HandedOver[] = [];
    const sockets = new KeptSockets(manager, clock, found);
    try {
      await sockets.#take(environment.handedOver);
      // A socket that came twice: from a unit, and from before there was one.
      for (const one of [...found])
        if (found.some((other) => other !== one && isAt(other, one.server.endpoint)) && isOurs(one))
          await sockets.#refuse(one);
      for (const one of [...found])
        if (!wanted.some((endpoint) => isAt(one, endpoint))) await sockets.#refuse(one);
    } catch (error) {
      for (const { server } of found) await server.close();
      throw error;
    }
    return sockets;
  }

  async #take(handedOver: ManagerEnvironment["handedOver"]): Promise<void> {
    for (const { descriptor, name } of handedOver) {
      const early: Connection[] = [];
      const take = (connection: Connection) => {
        if (one?.taker === undefined) early.push(connection);
        else one.taker(connection);
      };
      let one: HandedOver | undefined;
      try {
        const server = await listenOn(descriptor, take);
        one = { name, server, taker: undefined, early };
        this.#handedOver.push(one);
      } catch (error) {
        throw new AppError(
          "address-unusable",
          `The service manager handed over descriptor ${descriptor} ("${name}"), on which pacd cannot listen (${(error as NodeJS.ErrnoException).code}): only TCP sockets that listen belong there.`,
        );
      }
    }
  }

  /** As `listen` of tcp-server.ts; on the socket that was handed over, where one is. */
  async listen(
    endpoint: Endpoint,
    onConnection: (connection: Connection) => void,
    onFault: (error: Error) => void = () => {},
  ): Promise<ListeningServer> {
    const at = this.#handedOver.findIndex((one) => isAt(one, endpoint));
    const [one] = at >= 0 ? this.#handedOver.splice(at, 1) : [];
    const server = one?.server ?? (await this.#bound(endpoint, onConnection, onFault));
    if (one !== undefined) {
      one.taker = onConnection;
      for (const connection of one.early.splice(0)) onConnection(connection);
    }
    // What a unit hands over it keeps by itself.
    const name = one === undefined || isOurs(one) ? nameOf(endpoint) : undefined;
    if (name !== undefined && server.descriptor !== undefined && endpoint.port !== 0)
      this.#manager.keepSocket(server.descriptor, name);
    return {
      endpoint: server.endpoint,
      descriptor: server.descriptor,
      close: () => {
        if (!this.#leaving && name !== undefined) this.#drop(name);
        return server.close();
      },
    };
  }

  /** From here on a socket that is closed stays with the manager: pacd ends, and may come back. */
  leave(): void {
    this.#leaving = true;
  }

  async #refuse(one: HandedOver): Promise<void> {
    this.#handedOver.splice(this.#handedOver.indexOf(one), 1);
    const { host, port } = one.server.endpoint;
    await one.server.close();
    for (const connection of one.early) connection.destroy();
    if (isOurs(one)) return this.#drop(one.name);
    throw new AppError(
      "address-unusable",
      `The socket unit "${one.name}" listens on ${host}:${port}, and pptp.listen does not name that: write it there, or take it out of the unit.`,
    );
  }

  #drop(name: string): void {
    this.#dropped = true;
    this.#manager.dropSocket(name);
  }

  async #bound(
    endpoint: Endpoint,
    onConnection: (connection: Connection) => void,
    onFault: (error: Error) => void,
  ): Promise<ListeningServer> {
    for (let tries = 1; ; tries += 1)
      try {
        return await listen(endpoint, onConnection, onFault);
      } catch (error) {
        const inUse = error instanceof AppError && error.code === "address-in-use";
        if (!inUse || !this.#dropped || tries >= TRIES) throw error;
        await new Promise<void>((resolve) => this.#clock.after(BETWEEN_TRIES, resolve));
      }
  }
}

const isAt = ({ server }: HandedOver, { host, port }: Endpoint): boolean =>
  server.endpoint.host === host && server.endpoint.port === port;

/** We have left it with the manager ourselves. */
const isOurs = ({ name }: HandedOver): boolean => name.startsWith(OURS);

/** The manager takes no colon in a name. */
const nameOf = ({ host, port }: Endpoint): string => `${OURS}${host.replaceAll(":", "-")}-${port}`;
