/**
 * TCP as the listener sees it: the real one stands on node:net (`tcp-server.ts`), the simulated one in
 * test/support.
 */
export interface Connection {
  /** Dotted quad. */
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** The address of ours that the client dialled, dotted quad. */
  readonly localAddress: string;
  /** Queues octets; never throws, and does nothing on a closed connection. */
  write(bytes: Uint8Array): void;
  /** Closes after what is queued has gone out. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
  /** Sets the two receivers, once. `closed` is called exactly once, after which nothing more arrives. */
  receive(handlers: { data(bytes: Uint8Array): void; closed(): void }): void;
}

export interface TcpServer {
  /** Stops accepting; existing connections go on. */
  close(): Promise<void>;
}
