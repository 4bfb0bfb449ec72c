import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Millis } from "../wire/units.ts";
import { type Endpoint, listenError } from "./tcp-server.ts";

/** What is done with requests, and with what is none. */
export interface HttpHandler {
  request(request: IncomingMessage, response: ServerResponse): void;
  /** Octets that are no HTTP, or a request that never ends. Answers on the socket as it stands. */
  clientError(error: NodeJS.ErrnoException, socket: Duplex): void;
  /** How long a client may take to send one whole request, and to begin the next one. */
  readonly requestTimeout: Millis;
  readonly keepAliveTimeout: Millis;
  /** Stands before each server, as TLS does. */
  readonly gate?: HttpGate;
}

/** What comes between a connection and its HTTP. */
export interface HttpGate {
  /** Goes to its place before a server. Returns what cuts off who has not come past it. */
  guard(server: Server): () => void;
}

/** One address where HTTP is spoken. */
export interface HttpListener {
  readonly endpoint: Endpoint;
  /**
   * Takes no more connections and lets those go that are idle. Resolves when every request that is under way
   * has been answered.
   */
  close(): Promise<void>;
  /** Cuts every connection that is left. */
  cutOff(): void;
}

/** A server that listens nowhere yet. */
export function httpServer(handler: Omit<HttpHandler, "gate">): Server {
  const server = createServer((request, response) => {
    // What a connection that is kept alive has answered last leaves it idle, and nobody waits for it.
    response.once("close", () => {
      if (!server.listening) server.closeIdleConnections();
    });
    handler.request(request, response);
  });
  server.requestTimeout = handler.requestTimeout;
  server.keepAliveTimeout = handler.keepAliveTimeout;
  server.on("clientError", handler.clientError);
  return server;
}

/** Listens. Throws address-in-use, address-unusable. */
export function listenHttp(endpoint: Endpoint, handler: HttpHandler): Promise<HttpListener> {
  const server = httpServer(handler);
  const cutOffUnfinished = handler.gate?.guard(server) ?? (() => {});
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenError(endpoint, error)));
    server.listen({ host: endpoint.host, port: endpoint.port }, () => {
      server.removeAllListeners("error");
      // A connection that could not be accepted, for example for want of descriptors: the next one may be.
      server.on("error", () => {});
      resolve(serverListener(server, endpoint, cutOffUnfinished));
    });
  });
}

/** One that listens. `cutOffUnfinished` ends those who have not come as far as HTTP. */
export function serverListener(
  server: Server,
  endpoint: Endpoint,
  cutOffUnfinished: () => void,
): HttpListener {
  let closed: Promise<void> | undefined;
  return {
    endpoint,
    close() {
      closed ??= new Promise((resolve) => server.close(() => resolve()));
      // Nobody there has a request under way.
      cutOffUnfinished();
      return closed;
    },
    cutOff() {
      cutOffUnfinished();
      server.closeAllConnections();
    },
  };
}
