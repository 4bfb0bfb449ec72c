import type { GreHeader } from "../../../server/gre/header.ts";
import { greHeaderLength, writeGre } from "../../../server/gre/header.ts";
import { COUNT_MASK, ENCRYPTED, FLUSHED, HEADER_OCTETS } from "../../../server/mppe/header.ts";
import { KERNEL_BATCH, KERNEL_ENTRY } from "../../../server/mppe/kernel.ts";
import { KEY_RECORD, writeKeyRecord } from "../../../server/mppe/key-record.ts";
import { loadMppeKernel } from "../../../server/platform/mppe-kernels.ts";
import { PacketBatch } from "../../../server/platform/packet-batch.ts";
import type { MppeKeys } from "../../../server/ppp/link-common/mppe-keys.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";

const SLOT = 2048;

/** FF 03, the protocol of MPPE; and within, the protocol of IPv4. */
const HEAD = Uint8Array.of(0xff, 0x03, 0x00, 0xfd);
const IPV4 = Uint8Array.of(0x00, 0x21);

/**
 * Makes what a client sends: encrypted, numbered, ready for the socket. Packets must be sent in the order in
 * which they were made.
 */
export class SealedBatches {
  readonly #kernel = loadMppeKernel();
  readonly #records = new Uint8Array(KEY_RECORD);
  readonly #entries = new Uint32Array(KERNEL_ENTRY * KERNEL_BATCH);
  readonly #peer: Ipv4;
  readonly #number: (payloadLength: number) => GreHeader;
  #count = 0;

  /** `number` gives the GRE header of the next packet. */
  constructor(keys: MppeKeys, peer: Ipv4, number: (payloadLength: number) => GreHeader) {
    writeKeyRecord(this.#records, 0, keys.send);
    this.#peer = peer;
    this.#number = number;
  }

  /** A full batch of `inner`, the last packet of which may be another one. */
  make(inner: Uint8Array, last = inner): PacketBatch {
    const batch = new PacketBatch(KERNEL_BATCH, SLOT);
    batch.peers.fill(this.#peer);
    for (let i = 0; i < KERNEL_BATCH; i += 1) this.#put(batch, i, i === KERNEL_BATCH - 1 ? last : inner);
    this.#kernel(this.#records, batch.bytes, this.#entries, KERNEL_BATCH);
    return batch;
  }

  #put(batch: PacketBatch, index: number, inner: Uint8Array): void {
    const { bytes } = batch;
    const payload = HEAD.length + HEADER_OCTETS + IPV4.length + inner.length;
    const header = this.#number(payload);
    const from = index * SLOT;
    writeGre(bytes, from, header);
    let at = from + greHeaderLength(header.hasSequence, header.hasAcknowledgement);
    batch.offsets[index] = from;
    batch.lengths[index] = at - from + payload;
    bytes.set(HEAD, at);
    at += HEAD.length;
    const mppe = FLUSHED | ENCRYPTED | this.#count;
    this.#count = (this.#count + 1) & COUNT_MASK;
    bytes[at] = mppe >>> 8;
    bytes[at + 1] = mppe;
    at += HEADER_OCTETS;
    this.#entries.set([0, 1, at, IPV4.length + inner.length], index * KERNEL_ENTRY);
    bytes.set(IPV4, at);
    bytes.set(inner, at + IPV4.length);
  }
}
