import { isIPv4, type Socket } from "node:net";
import { type Octets, seconds } from "../wire/units.ts";
import { systemClock } from "./clock.ts";
import type { Connection } from "./tcp.ts";

/** Ours: how long a client may leave our end of a connection unanswered before it is cut. */
const LINGER = seconds(5);

/**
 * The dotted quad of what node:net calls an address (IPv4 on an IPv6 socket is ::ffff:a.b.c.d), if it is
 * IPv4.
 */
export function dottedQuad(address: string | undefined): string | undefined {
  const bare = address?.replace(/^::ffff:/i, "");
  return bare !== undefined && isIPv4(bare) ? bare : undefined;
}

type Handlers = Parameters<Connection["receive"]>[0];

/** A Connection on a node:net socket that was accepted paused. */
export class TcpConnection implements Connection {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly #socket: Socket;
  readonly #maxUnsent: Octets;
  #handlers: Handlers | undefined;
  /** "ending": our end is sent or queued; what still comes from the client is thrown away. */
  #at: "open" | "ending" | "closed" = "open";
  #cancelLinger = () => {};

  constructor(
    socket: Socket,
    ends: { readonly remoteAddress: string; readonly remotePort: number; readonly localAddress: string },
    maxUnsent: Octets,
  ) {
    this.remoteAddress = ends.remoteAddress;
    this.remotePort = ends.remotePort;
    this.localAddress = ends.localAddress;
    this.#socket = socket;
    this.#maxUnsent = maxUnsent;
    // ECONNRESET and the like: "close" follows, which is all that matters.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#at = "closed";
      this.#cancelLinger();
      this.#handlers?.closed();
    });
  }

  receive(handlers: Handlers): void {
    if (this.#handlers !== undefined) throw new Error("the receivers of a connection are set once");
    this.#handlers = handlers;
    if (this.#at === "closed") {
      queueMicrotask(() => handlers.closed());
      return;
    }
    this.#socket.on("data", (bytes) => {
      if (this.#at === "open") handlers.data(bytes as Buffer);
    });
    this.#socket.resume();
  }

  write(bytes: Uint8Array): void {
    if (this.#at !== "open" || this.#socket.destroyed || this.#socket.writableEnded) return;
    if (this.#socket.writableLength + bytes.length > this.#maxUnsent) {
      this.destroy();
      return;
    }
    // A copy: what the kernel does not take at once is still queued when the caller writes its next message.
    this.#socket.write(Uint8Array.from(bytes));
  }

  end(): void {
    if (this.#at !== "open") return;
    this.#at = "ending";
    this.#cancelLinger = systemClock.after(LINGER, () => this.#socket.destroy());
    this.#socket.end();
    // Read on and throw away: closing with unread octets would send a reset, which can overtake our last
    // message.
    this.#socket.resume();
  }

  destroy(): void {
    if (this.#at === "closed") return;
    this.#at = "ending";
    this.#socket.destroy();
  }
}
