import { createServer, type ListenOptions, type Server, type Socket } from "node:net";
import { AppError } from "../errors/app-error.ts";
import { octets } from "../wire/units.ts";
import type { Connection, TcpServer } from "./tcp.ts";
import { dottedQuad, TcpConnection } from "./tcp-connection.ts";

const EVERYWHERE = "0.0.0.0";

/**
 * Ours: connections that the kernel completes while this thread is busy. net.core.somaxconn may cap it
 * further.
 */
const BACKLOG = 511;

/**
 * Ours: what one client that does not read may make us hold. Hundreds of control messages (RFC 2637: 168
 * octets at most).
 */
export const MAX_UNSENT = octets(64 * 1024);

export interface Endpoint {
  readonly host: string;
  /** 0: the kernel chooses. */
  readonly port: number;
}

export interface ListeningServer extends TcpServer {
  /** Where it really listens. */
  readonly endpoint: Endpoint;
  /** That of its socket, as long as it listens; undefined where Node does not tell. */
  readonly descriptor: number | undefined;
}

/**
 * Listens. Every accepted IPv4 connection comes once, before any of its octets is read. `onFault` hears of
 * connections that could not be accepted, for example for want of descriptors (EMFILE); the server goes on.
 *
 * Throws address-in-use, address-unusable.
 */
export function listen(
  endpoint: Endpoint,
  onConnection: (connection: Connection) => void,
  onFault: (error: Error) => void = () => {},
): Promise<ListeningServer> {
  const { host, port } = endpoint;
  return opened({ host, port, backlog: BACKLOG }, onConnection, onFault).catch((error: Error) => {
    throw listenError(endpoint, error);
  });
}

/**
 * As `listen`, on a socket that is there already, which a service manager has handed over. Rejects with
 * Node's error where the descriptor is none that can listen.
 */
export function listenOn(
  descriptor: number,
  onConnection: (connection: Connection) => void,
  onFault: (error: Error) => void = () => {},
): Promise<ListeningServer> {
  return opened({ fd: descriptor, backlog: BACKLOG }, onConnection, onFault);
}

function opened(
  where: ListenOptions & { readonly fd?: number },
  onConnection: (connection: Connection) => void,
  onFault: (error: Error) => void,
): Promise<ListeningServer> {
  const server = createServer({ allowHalfOpen: false, noDelay: true, pauseOnConnect: true }, (socket) => {
    const connection = accept(socket);
    if (connection !== undefined) onConnection(connection);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.removeAllListeners("error");
      server.on("error", onFault);
      resolve(listening(server, where.host));
    });
  });
}

function accept(socket: Socket): Connection | undefined {
  const remoteAddress = dottedQuad(socket.remoteAddress);
  const localAddress = dottedQuad(socket.localAddress);
  const { remotePort } = socket;
  if (remoteAddress === undefined || localAddress === undefined || remotePort === undefined) {
    // Gone again already, or IPv6: GRE tunnels here are IPv4.
    socket.on("error", () => {});
    socket.destroy();
    return undefined;
  }
  return new TcpConnection(socket, { remoteAddress, remotePort, localAddress }, MAX_UNSENT);
}

function listening(server: Server, host: string | undefined): ListeningServer {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server without an address");
  // Node documents no way to it.
  const { _handle: handle } = server as { _handle?: { readonly fd?: number } };
  return {
    endpoint: { host: host ?? address.address, port: address.port },
    descriptor: handle?.fd !== undefined && handle.fd >= 0 ? handle.fd : undefined,
    // Node's callback waits for the last connection; the port is free at once.
    close: () => {
      server.close();
      return Promise.resolve();
    },
  };
}

/**
 * One sentence about an address where nothing can listen: address-in-use or address-unusable. `mayCome`: of
 * an address that the host has not, and may have in a minute.
 */
export function listenError({ host, port }: Endpoint, error: NodeJS.ErrnoException): AppError {
  const where = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  switch (error.code) {
    case "EADDRINUSE":
      return new AppError(
        "address-in-use",
        `Another program listens on ${where} already${host === EVERYWHERE ? ", or on one of this host's addresses with that port" : ""}: stop it, or choose another address.`,
        { endpoint: where },
      );
    case "EACCES":
      return new AppError(
        "address-unusable",
        `pacd may not listen on ${where}: run it as root, or choose a port from 1024 on.`,
        { endpoint: where },
      );
    case "EADDRNOTAVAIL":
      return new AppError(
        "address-unusable",
        `pacd cannot listen on ${where}: this host has no such address.`,
        { endpoint: where, mayCome: true },
      );
    default:
      return new AppError(
        "address-unusable",
        `pacd cannot listen on ${where} (${error.code ?? error.message}).`,
        {
          endpoint: where,
        },
      );
  }
}
