import type { PacketBatch, PacketPort } from "../../../server/platform/packet-batch.ts";

/**
 * A TUN that is there only once the address is known. Until then nothing comes from it, and what goes to it
 * is lost.
 */
export class LatePort implements PacketPort {
  #port: PacketPort | undefined;
  #callback: (() => void) | undefined;

  attach(port: PacketPort): void {
    this.#port = port;
    if (this.#callback !== undefined) port.onReadable(this.#callback);
  }

  receive(batch: PacketBatch, headroom: number): number {
    return this.#port?.receive(batch, headroom) ?? 0;
  }

  send(batch: PacketBatch, count: number): number {
    return this.#port?.send(batch, count) ?? 0;
  }

  onReadable(callback: () => void): void {
    this.#callback = callback;
    this.#port?.onReadable(callback);
  }

  close(): void {
    this.#port?.close();
  }
}
