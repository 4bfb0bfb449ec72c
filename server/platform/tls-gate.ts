import type { Server } from "node:http";
import type { Socket } from "node:net";
import { createSecureContext, createServer, type TLSSocket, type Server as TlsServer } from "node:tls";
import { type Millis, seconds } from "../wire/units.ts";

/** What a server proves itself with, both as PEM. */
export interface TlsIdentity {
  /** The server's own certificate, then those between it and its authority. */
  readonly certificate: string;
  /** The private key, not encrypted. */
  readonly key: string;
}

/**
 * The first octet of every TLS connection: a record of type handshake (RFC 8446 §5.1). No HTTP begins so.
 */
const HANDSHAKE = 0x16;

/** Ours: a client that says nothing, or ends its handshake later, is cut off. */
const HANDSHAKE_TIME: Millis = seconds(10);

/**
 * Ours: connections that have not shaken hands. One more cuts off the oldest: silent ones keep nobody out.
 */
const MAX_UNFINISHED = 128;

/**
 * TLS 1.2 at least, with the ciphers that give forward secrecy and authenticate what they encrypt; the
 * first three are those of TLS 1.3.
 */
const SETTINGS = {
  minVersion: "TLSv1.2",
  ciphers: [
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
  ].join(":"),
} as const;

/** Why OpenSSL does not take this pair, such as "ee key too small"; undefined where it does. */
export function identityFault({ certificate, key }: TlsIdentity): string | undefined {
  try {
    createSecureContext({ ...SETTINGS, cert: certificate, key });
    return undefined;
  } catch (error) {
    return (error as Error).message.split(":").at(-1)!.trim();
  }
}

type AnySocket = Socket | TLSSocket;

/** A connection that has not come as far as HTTP, and what speaks HTTP with it then. */
interface Unfinished {
  readonly socket: Socket;
  readonly http: (socket: AnySocket) => void;
}

/**
 * Stands between the port of HTTP servers and their HTTP, and lets TLS in where it has an identity. The
 * identity can change at any time: who is connected goes on, who comes next meets the new one. Plain HTTP
 * where TLS is spoken goes to `refusePlain`, which answers and ends it.
 */
export class TlsGate {
  readonly #refusePlain: (socket: Socket) => void;
  readonly #tls: TlsServer;
  readonly #unfinished = new Map<string, Unfinished>();
  #identity: TlsIdentity | undefined;

  constructor(refusePlain: (socket: Socket) => void) {
    this.#refusePlain = refusePlain;
    // It never listens: connections are handed to it.
    this.#tls = createServer({ ...SETTINGS, handshakeTimeout: HANDSHAKE_TIME, ALPNProtocols: ["http/1.1"] });
    this.#tls.on("secureConnection", (socket) => {
      const unfinished = this.#unfinished.get(nameOf(socket));
      this.#unfinished.delete(nameOf(socket));
      unfinished?.http(socket);
    });
    // Strangers' handshakes fail all day. Node closes the socket; without a listener nothing else happens.
    this.#tls.on("tlsClientError", () => {});
  }

  /**
   * Goes to its place before a server, which does not listen yet. Returns what cuts off who has not come
   * past it.
   */
  guard(server: Server): () => void {
    const listeners = server.listeners("connection") as ((socket: AnySocket) => void)[];
    const http = (socket: AnySocket) => {
      for (const listener of listeners) listener.call(server, socket);
    };
    server.removeAllListeners("connection");
    server.on("connection", (socket) => this.#accepted({ socket, http }));
    return () => {
      for (const unfinished of this.#unfinished.values())
        if (unfinished.http === http) unfinished.socket.destroy();
    };
  }

  /**
   * What the next connections meet; undefined: plain HTTP. Throws what node:tls throws of a pair that it
   * does not take: ask `identityFault` before.
   */
  use(identity: TlsIdentity | undefined): void {
    if (identity !== undefined)
      this.#tls.setSecureContext({ ...SETTINGS, cert: identity.certificate, key: identity.key });
    this.#identity = identity;
  }

  #accepted(connection: Unfinished): void {
    const { socket, http } = connection;
    if (this.#identity === undefined) {
      http(socket);
      return;
    }
    const name = nameOf(socket);
    this.#makeRoom();
    this.#unfinished.set(name, connection);
    socket.on("close", () => {
      if (this.#unfinished.get(name) === connection) this.#unfinished.delete(name);
    });
    socket.on("error", () => socket.destroy());
    socket.setTimeout(HANDSHAKE_TIME, () => socket.destroy());
    socket.once("readable", () => this.#begun(socket));
  }

  #makeRoom(): void {
    for (const [name, { socket }] of this.#unfinished) {
      if (this.#unfinished.size < MAX_UNFINISHED) return;
      this.#unfinished.delete(name);
      socket.destroy();
    }
  }

  #begun(socket: Socket): void {
    const first = socket.read(1) as Buffer | null;
    if (first === null) {
      socket.destroy(); // closed without a word
      return;
    }
    socket.unshift(first);
    if (first[0] !== HANDSHAKE) {
      this.#refusePlain(socket);
      return;
    }
    socket.setTimeout(0);
    socket.removeAllListeners("timeout");
    this.#tls.emit("connection", socket);
  }
}

/** Which of the open connections it is. */
const nameOf = ({ remoteAddress, remotePort, localAddress, localPort }: AnySocket): string =>
  [remoteAddress, remotePort, localAddress, localPort].join(" ");
