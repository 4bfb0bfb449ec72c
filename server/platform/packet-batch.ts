/**
 * Many packets in memory that is allocated once. One batch is filled by one system call (recvmmsg) or sent by
 * one (sendmmsg); the same arrays are handed to the native addon, so none of them is ever replaced.
 */
export class PacketBatch {
  readonly capacity: number;
  /** Octets reserved for each packet; a longer one is truncated on receive and counted as such. */
  readonly slot: number;
  readonly bytes: Uint8Array;
  /**
   * Where packet i starts in `bytes`. Slot i begins at i × slot; headroom before the packet is the caller's.
   */
  readonly offsets: Uint32Array;
  /** Octets of packet i. */
  readonly lengths: Uint32Array;
  /** GRE only: the other end's IPv4 address, host order. */
  readonly peers: Uint32Array;
  /**
   * GRE only: our IPv4 address that it was sent to, or shall be sent from; host order, 0 lets the kernel
   * choose.
   */
  readonly locals: Uint32Array;

  constructor(capacity: number, slot: number) {
    this.capacity = capacity;
    this.slot = slot;
    this.bytes = new Uint8Array(capacity * slot);
    this.offsets = new Uint32Array(capacity);
    this.lengths = new Uint32Array(capacity);
    this.peers = new Uint32Array(capacity);
    this.locals = new Uint32Array(capacity);
  }
}

/** A GRE raw socket or a TUN, as the packet loop sees it. Non-blocking throughout. */
export interface PacketPort {
  /**
   * Fills the batch from slot 0 and returns how many packets came, 0 when there are none now. `headroom`
   * octets at the start of every slot are left free.
   */
  receive(batch: PacketBatch, headroom: number): number;
  /**
   * Sends the first `count` packets; returns how many the kernel took. Those it did not take are lost. Never
   * throws for a busy or unreachable network.
   */
  send(batch: PacketBatch, count: number): number;
  /**
   * Calls back when there is something to receive (level-triggered: again on each turn until it is received).
   */
  onReadable(callback: () => void): void;
  close(): void;
}
