import type { Clock } from "../../server/platform/clock.ts";
import type { Connection } from "../../server/platform/tcp.ts";
import { millis } from "../../server/wire/units.ts";

/** One TCP connection in memory: the server's end is a `Connection`, the client's end is this object. */
export class VirtualTcp {
  readonly server: Connection;
  /** What the server wrote and the client has not taken. */
  readonly #toClient: Uint8Array[] = [];
  #handlers: { data(bytes: Uint8Array): void; closed(): void } | undefined;
  #closed = false;
  /** Called with every write of the server, if set. */
  onData: ((bytes: Uint8Array) => void) | undefined;

  /** Called when either side has closed, if set. */
  onClosed: (() => void) | undefined;

  readonly #wire: { readonly clock: Clock; readonly delay: number } | undefined;

  /** `wire`: milliseconds that octets are under way; without it, or with 0, none. */
  constructor(
    remoteAddress: string,
    localAddress: string,
    wire?: { readonly clock: Clock; readonly delay: number },
  ) {
    this.#wire = wire;
    const remotePort = 40_000;
    const close = () => this.#close();
    this.server = {
      remoteAddress,
      remotePort,
      localAddress,
      write: (bytes) => this.#fromServer(bytes),
      end: close,
      destroy: close,
      receive: (handlers) => {
        this.#handlers = handlers;
      },
    };
  }

  /** Has either side closed? */
  get closed(): boolean {
    return this.#closed;
  }

  /** The client writes. */
  write(bytes: Uint8Array): void {
    this.#carry(() => {
      if (!this.#closed) this.#handlers?.data(bytes);
    });
  }

  /** The client closes, with or without a goodbye: TCP tells the server the same. */
  close(): void {
    this.#close();
  }

  /** Removes and returns what the server wrote so far. */
  take(): Uint8Array {
    return Buffer.concat(this.#toClient.splice(0));
  }

  #fromServer(bytes: Uint8Array): void {
    if (this.#closed) return;
    const copy = bytes.slice();
    if (this.onData === undefined) this.#toClient.push(copy);
    // Never inside the call that wrote: the server is not entered twice.
    else this.#carry(() => queueMicrotask(() => this.onData?.(copy)));
  }

  #carry(deliver: () => void): void {
    if (this.#wire === undefined || this.#wire.delay === 0) deliver();
    else this.#wire.clock.after(millis(this.#wire.delay), deliver);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    queueMicrotask(() => {
      this.#handlers?.closed();
      this.onClosed?.();
    });
  }
}
