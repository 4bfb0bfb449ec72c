import { PacketBatch } from "../../../server/platform/packet-batch.ts";
import { openRawSocket } from "../../../server/platform/raw-socket.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";
import { VirtualPort } from "../virtual-port.ts";
import { type ReadGre, readPacket } from "./tunnel-client.ts";

/**
 * A real GRE socket for a `TunnelClient`: what is delivered into `out` goes to the server's address. A raw
 * socket sees all GRE of its host, so only packets for the client's own call ID are kept.
 */
export class RawGreClient {
  readonly out = new VirtualPort();
  readonly #socket = openRawSocket();
  readonly #callId: number;
  readonly #arrived: ReadGre[] = [];
  #waiting: ((packet: ReadGre) => void) | undefined;

  constructor(callId: number) {
    this.#callId = callId;
    this.#socket.onReadable(() => this.#receive());
    this.out.onReadable(() => this.#send());
  }

  /** The next packet for this client. */
  next(): Promise<ReadGre> {
    const packet = this.#arrived.shift();
    if (packet !== undefined) return Promise.resolve(packet);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  close(): void {
    this.#socket.close();
  }

  /** The virtual port gives source and destination as the server sees them; here they change places. */
  #send(): void {
    const batch = new PacketBatch(1, 2048);
    while (this.out.receive(batch, 0) > 0) {
      const client = batch.peers[0] as Ipv4;
      batch.peers[0] = batch.locals[0]!;
      batch.locals[0] = client;
      this.#socket.send(batch, 1);
    }
  }

  #receive(): void {
    const batch = new PacketBatch(16, 2048);
    const count = this.#socket.receive(batch, 0);
    for (let i = 0; i < count; i += 1) {
      const at = batch.offsets[i]!;
      const bytes = batch.bytes.slice(at, at + batch.lengths[i]!);
      const packet = readPacket({ bytes, peer: 0, local: 0 });
      if (packet.callId !== this.#callId) continue;
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting === undefined) this.#arrived.push(packet);
      else waiting(packet);
    }
  }
}
