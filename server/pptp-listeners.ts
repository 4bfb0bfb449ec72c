import { formatEndpoint, sameSocket } from "./config/addresses.ts";
import type { Config, Endpoint } from "./config/config-types.ts";
import type { Connection, TcpServer } from "./platform/tcp.ts";
import { listen } from "./platform/tcp-server.ts";
import type { Applied, LivePart } from "./reload/live-part.ts";

/** As `listen` of platform/tcp-server.ts. */
type Listen = typeof listen;

interface Listener {
  readonly endpoint: Endpoint;
  readonly server: TcpServer;
}

/** Where PPTP clients dial: one listener for each address. */
export class PptpListeners implements LivePart {
  readonly name = "pptp listeners";
  readonly keys = ["pptp.listen"] as const;
  readonly #listen: Listen;
  readonly #onFault: (error: Error) => void;
  #listeners: readonly Listener[] = [];
  /** Connections that came before somebody took them. */
  readonly #early: Connection[] = [];
  #accept: ((connection: Connection) => void) | undefined;

  private constructor(listen: Listen, onFault: (error: Error) => void) {
    this.#listen = listen;
    this.#onFault = onFault;
  }

  /**
   * Listens on all of them, or on none. Throws address-in-use, address-unusable, naming the one that cannot
   * be had. `onFault` hears of connections that could not be accepted. `how`: where the sockets come from.
   */
  static async open(
    endpoints: readonly Endpoint[],
    onFault: (error: Error) => void = () => {},
    how: Listen = listen,
  ): Promise<PptpListeners> {
    const listeners = new PptpListeners(how, onFault);
    listeners.#listeners = await listeners.#openAll(endpoints);
    return listeners;
  }

  /** Hands over each connection from here on, and those that have come meanwhile. */
  serve(accept: (connection: Connection) => void): void {
    this.#accept = accept;
    for (const connection of this.#early.splice(0)) accept(connection);
  }

  /** No more connections; those that are there go on. */
  close(): Promise<void> {
    return closeAll(this.#listeners);
  }

  /**
   * Whether the new ones can be had. One that stands in the place of ours, such as every address with the
   * same port, cannot be tried beside it: of that it is tried whether the host has the address.
   */
  async check({ pptp }: Config): Promise<void> {
    const { opened, replaced } = this.#comparedTo(pptp.listen);
    const tried = opened.map((endpoint) =>
      replaced.some((old) => clash(old, endpoint)) ? anyPort(endpoint) : endpoint,
    );
    const listeners: Listener[] = [];
    try {
      for (const endpoint of tried)
        listeners.push({ endpoint, server: await listen(endpoint, (connection) => connection.destroy()) });
    } finally {
      await closeAll(listeners);
    }
  }

  /**
   * Opens the new ones before the old are closed, which `finish` does. Only what a new one takes the place of
   * is closed first: for a moment nobody listens there.
   */
  async apply({ pptp }: Config): Promise<Applied> {
    const { kept, opened, replaced, closed } = this.#comparedTo(pptp.listen);
    await closeAll(replaced);
    let added: readonly Listener[];
    try {
      added = await this.#openAll(opened);
    } catch (error) {
      this.#listeners = [...kept, ...closed, ...(await this.#openAll(endpointsOf(replaced)))];
      throw error;
    }
    this.#listeners = [...kept, ...added];
    return {
      undo: async () => {
        await closeAll(added);
        this.#listeners = [...kept, ...closed, ...(await this.#openAll(endpointsOf(replaced)))];
      },
      finish: () => closeAll(closed),
    };
  }

  #comparedTo(wanted: readonly Endpoint[]) {
    const kept = this.#listeners.filter((one) => wanted.some((endpoint) => isSame(one, endpoint)));
    const opened = wanted.filter((endpoint) => !kept.some((one) => isSame(one, endpoint)));
    const gone = this.#listeners.filter((one) => !kept.includes(one));
    const replaced = gone.filter((one) => opened.some((endpoint) => clash(one, endpoint)));
    const closed = gone.filter((one) => !replaced.includes(one));
    return { kept, opened, replaced, closed };
  }

  async #openAll(endpoints: readonly Endpoint[]): Promise<readonly Listener[]> {
    const listeners: Listener[] = [];
    try {
      for (const endpoint of endpoints)
        listeners.push({ endpoint, server: await this.#listen(endpoint, this.#taken, this.#onFault) });
      return listeners;
    } catch (error) {
      await closeAll(listeners);
      throw error;
    }
  }

  readonly #taken = (connection: Connection): void => {
    if (this.#accept === undefined) this.#early.push(connection);
    else this.#accept(connection);
  };
}

async function closeAll(listeners: readonly Listener[]): Promise<void> {
  for (const { server } of listeners) await server.close();
}

const endpointsOf = (listeners: readonly Listener[]) => listeners.map(({ endpoint }) => endpoint);

const isSame = ({ endpoint }: Listener, other: Endpoint): boolean =>
  formatEndpoint(endpoint) === formatEndpoint(other);

const clash = ({ endpoint }: Listener, other: Endpoint): boolean => sameSocket(endpoint, other);

const anyPort = ({ host }: Endpoint): Endpoint => ({ host, port: 0 });
