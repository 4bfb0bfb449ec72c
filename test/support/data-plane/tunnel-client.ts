import assert from "node:assert/strict";
import type { MppeKeys, TunnelSpec } from "../../../server/data-plane/data-plane.ts";
import { GRE_OK, GreHeader, MAX_GRE_HEADER, readGre, writeGre } from "../../../server/gre/header.ts";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { bytes } from "../bytes.ts";
import type { VirtualPacket, VirtualPort } from "../virtual-port.ts";

/** A GRE packet from the data plane, read. Numbers unsigned. */
export interface ReadGre {
  readonly callId: number;
  readonly sequence: number | undefined;
  readonly acknowledgement: number | undefined;
  readonly payload: Uint8Array;
}

/** The other end of one tunnel: speaks GRE and MPPE into the virtual GRE socket. */
export class TunnelClient {
  /** Sequence number of the next packet. */
  sequence = 0;
  readonly #gre: Pick<VirtualPort, "deliver">;
  readonly #spec: TunnelSpec;
  #encryptor: Encryptor;
  #decryptor: Decryptor;

  constructor(gre: Pick<VirtualPort, "deliver">, spec: TunnelSpec, keys: MppeKeys) {
    this.#gre = gre;
    this.#spec = spec;
    this.#encryptor = new Encryptor(keys.receive);
    this.#decryptor = new Decryptor(keys.send);
  }

  /** Both ends have new keys. */
  rekey(keys: MppeKeys): void {
    this.#encryptor = new Encryptor(keys.receive);
    this.#decryptor = new Decryptor(keys.send);
  }

  /** Stateful MPPE: the next packet is flushed. */
  flush(): void {
    this.#encryptor.flush();
  }

  /** Sends octets as they are. */
  raw(packet: Uint8Array, from: number = this.#spec.peerAddress): void {
    this.#gre.deliver(packet, from, this.#spec.localAddress);
  }

  /** Sends a PPP frame with the next sequence number, or with `sequence`. */
  frame(frame: Uint8Array, sequence = this.sequence++): void {
    this.raw(greData(this.#spec.callId, sequence, frame));
  }

  /** The frame that carries `information`, a protocol and what follows, encrypted. */
  sealed(information: Uint8Array, head: Uint8Array = bytes`ff03 00fd`): Uint8Array {
    const frame = concat(head, new Uint8Array(2), information);
    this.#encryptor.seal(frame, head.length, frame.length);
    return frame;
  }

  /** Sends an inner packet encrypted. */
  data(inner: Uint8Array): void {
    this.frame(this.sealed(concat(bytes`0021`, inner)));
  }

  /** Decrypts a PPP frame whose head is `head`, and returns protocol and information. */
  opened(frame: Uint8Array, head: Uint8Array = bytes`ff03 00fd`): Uint8Array {
    assert.deepEqual(frame.slice(0, head.length), head);
    const copy = frame.slice();
    assert.equal(this.#decryptor.open(copy, head.length, copy.length), "ok");
    return copy.slice(head.length + 2);
  }
}

/** A GRE packet with sequence number and, where given, acknowledgement. */
export function greData(
  callId: number,
  sequence: number,
  payload: Uint8Array,
  acknowledgement?: number,
): Uint8Array {
  const header = Object.assign(new GreHeader(), {
    callId,
    payloadLength: payload.length,
    hasSequence: true,
    sequence: sequence | 0,
    hasAcknowledgement: acknowledgement !== undefined,
    acknowledgement: (acknowledgement ?? 0) | 0,
  });
  const head = new Uint8Array(MAX_GRE_HEADER);
  return concat(head.slice(0, writeGre(head, 0, header)), payload);
}

export function readPacket({ bytes: packet }: VirtualPacket): ReadGre {
  const header = new GreHeader();
  assert.equal(readGre(packet, 0, packet.length, header), GRE_OK);
  assert.equal(header.payloadOffset + header.payloadLength, packet.length);
  return {
    callId: header.callId,
    sequence: header.hasSequence ? header.sequence >>> 0 : undefined,
    acknowledgement: header.hasAcknowledgement ? header.acknowledgement >>> 0 : undefined,
    payload: packet.slice(header.payloadOffset),
  };
}
