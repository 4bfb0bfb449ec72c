import { GRE_OK, GreHeader, MAX_GRE_HEADER, readGre, writeGre } from "../../../server/gre/header.ts";
import { ReceiveWindow } from "../../../server/gre/receive-window.ts";
import { Transmit } from "../../../server/gre/transmit.ts";
import { PacketBatch } from "../../../server/platform/packet-batch.ts";
import { openRawSocket } from "../../../server/platform/raw-socket.ts";
import { toPeerCallId } from "../../../server/wire/call-id.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";

/** Octets of the longest packet that control frames make. */
const SLOT = 2048;

/**
 * One raw socket for thousands of calls: each packet goes to the call whose ID it has. A socket for each call
 * would have the kernel hand every packet to all of them.
 */
export class SharedGre {
  readonly #socket = openRawSocket();
  readonly #arrived = new PacketBatch(64, SLOT);
  readonly #leaving = new PacketBatch(1, SLOT);
  readonly #header = new GreHeader();
  readonly #calls = new Map<number, GreCall>();
  #last: number;

  /** Calls get the IDs from `first` on: two processes of one address need ranges of their own. */
  constructor(first = 1) {
    this.#last = first - 1;
    this.#socket.onReadable(() => this.#receive());
  }

  /**
   * A call with an ID that no other has; `frame` is called with the receiver's own copy of each PPP frame.
   */
  call(frame: (frame: Uint8Array) => void): GreCall {
    do this.#last = (this.#last + 1) & 0xffff;
    while (this.#calls.has(this.#last));
    const call = new GreCall(this.#last, frame, this);
    this.#calls.set(call.id, call);
    return call;
  }

  /** For `GreCall`: nothing is received for it any more. */
  forget({ id }: GreCall): void {
    this.#calls.delete(id);
  }

  /** For `GreCall`: sends a frame with the header that `transmit` fills in. */
  send(transmit: Transmit, peer: Ipv4, frame: Uint8Array): void {
    const batch = this.#leaving;
    transmit.data(this.#header, frame.length);
    const length = writeGre(batch.bytes, 0, this.#header);
    batch.bytes.set(frame, length);
    batch.offsets[0] = 0;
    batch.lengths[0] = length + frame.length;
    batch.peers[0] = peer;
    batch.locals[0] = 0; // as the kernel chooses: there is one address
    this.#socket.send(batch, 1);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(): void {
    const { bytes, offsets, lengths } = this.#arrived;
    const count = this.#socket.receive(this.#arrived, 0);
    for (let i = 0; i < count; i += 1) {
      const header = this.#header;
      const at = offsets[i]!;
      if (readGre(bytes, at, at + lengths[i]!, header) !== GRE_OK || header.payloadLength === 0) continue;
      const { payloadOffset, payloadLength, sequence, callId } = header;
      const frame = bytes.slice(payloadOffset, payloadOffset + payloadLength);
      this.#calls.get(callId)?.received(sequence, frame);
    }
  }
}

/** The GRE of one call: control frames, no data. */
export class GreCall {
  readonly id: number;
  readonly #frame: (frame: Uint8Array) => void;
  readonly #shared: SharedGre;
  readonly #window = new ReceiveWindow(0);
  #transmit: Transmit | undefined;
  #peer: Ipv4 | undefined;

  /** Use `SharedGre.call`. */
  constructor(id: number, frame: (frame: Uint8Array) => void, shared: SharedGre) {
    this.id = id;
    this.#frame = frame;
    this.#shared = shared;
  }

  connect(peer: Ipv4, peerCallId: number): void {
    this.#peer = peer;
    this.#transmit = new Transmit(toPeerCallId(peerCallId), this.#window);
  }

  /** RangeError for a frame that is no control frame: it is too long. */
  send(frame: Uint8Array): void {
    if (frame.length > SLOT - MAX_GRE_HEADER) throw new RangeError(`a frame of ${frame.length} octets`);
    if (this.#transmit !== undefined) this.#shared.send(this.#transmit, this.#peer!, frame);
  }

  /** Fills in the header of the next packet, for who sends it himself; returns it. Only once connected. */
  number(header: GreHeader, payloadLength: number): GreHeader {
    this.#transmit!.data(header, payloadLength);
    return header;
  }

  /** Nothing overtakes anything on a veth. */
  received(sequence: number, frame: Uint8Array): void {
    this.#window.accept(sequence, true);
    this.#frame(frame);
  }

  close(): void {
    this.#shared.forget(this);
  }
}
