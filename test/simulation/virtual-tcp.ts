import type { Connection } from "../../server/platform/tcp.ts";

/** One TCP connection in memory: the server's end is a `Connection`, the client's end is this object. */
export class VirtualTcp {
  readonly server: Connection;
  /** What the server wrote and the client has not taken. */
  readonly #toClient: Uint8Array[] = [];
  #handlers: { data(bytes: Uint8Array): void; closed(): void } | undefined;
  #closed = false;
  /** Called with every write of the server, if set. */
  onData: ((bytes: Uint8Array) => void) | undefined;

  constructor(remoteAddress: string, localAddress: string, remotePort = 40_000) {
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
    if (!this.#closed) this.#handlers?.data(bytes);
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
    if (this.onData === undefined) this.#toClient.push(bytes.slice());
    else {
      // Never inside the call that wrote: the server is not entered twice.
      const copy = bytes.slice();
      queueMicrotask(() => this.onData?.(copy));
    }
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    queueMicrotask(() => this.#handlers?.closed());
  }
}
