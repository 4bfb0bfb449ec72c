import { NOT_HELD, ReceiveWindow } from "../../gre/receive-window.ts";
import { Transmit } from "../../gre/transmit.ts";
import { signed } from "../../ip/inner-packet.ts";
import { Decryptor } from "../../mppe/decryptor.ts";
import type { MppeDirection } from "../../mppe/direction.ts";
import { Encryptor } from "../../mppe/encryptor.ts";
import type { KernelQueue } from "../../mppe/kernel-queue.ts";
import type { Opener, Sealer } from "../../mppe/mppe-types.ts";
import { StatelessOpener, StatelessSealer } from "../../mppe/stateless.ts";
import { TokenBucket } from "../../wire/token-bucket.ts";
import type { MppeKeys, TrafficPolicy, TunnelNetwork, TunnelSpec } from "../data-plane.ts";
import { CONTROL_BURST, CONTROL_PER_SECOND } from "../limits.ts";
import { KeyBudget } from "./key-budget.ts";
import { isUnlimited, Traffic } from "./traffic-policer.ts";

/** Headers of IPv4 and TCP without options: what separates an MTU from an MSS. */
const TCP_IP_HEADERS = 40;

/** Keys of `KernelQueue` that a slot has: one a direction, and one to go back to. */
export const KEYS_PER_TUNNEL = 3;

/** Keys that are on their way over many missing packets, and the places of the frames that wait for them. */
export interface FarJump {
  readonly opener: Opener;
  readonly places: number[];
}

/** What the packet loop knows of one tunnel. Mutable: every packet changes it. */
export class Tunnel {
  readonly callId: number;
  /** Its place in the counters. */
  readonly slot: number;
  /**
   * Outer addresses: `peer` and `local` as signed numbers, to compare with; the others as they go into a
   * batch.
   */
  readonly peer: number;
  readonly local: number;
  readonly peerAddress: number;
  readonly localAddress: number;
  readonly window: ReceiveWindow;
  readonly transmit: Transmit;
  readonly control = new TokenBucket(CONTROL_BURST, CONTROL_PER_SECOND);
  /** Waiting for the timer of `LoneAcks`. */
  awaitsAck = false;
  /** Waiting for the timer of `Reordering`. */
  awaitsTurn = false;
  /** The place of a packet that `Reordering` does not believe. */
  suspect = NOT_HELD;
  /** `window.skipped` when the decryptor last counted a packet. */
  skippedThen = 0;
  /**
   * Encrypted frames have come that may be forged: `decryptor` can go back to where it was before, and does
   * where others contradict them.
   */
  marked = false;
  /** `skippedThen` before them, when the first one came (`Moment.now`), and encrypted frames since. */
  skippedAtMark = 0;
  doubtedAt = 0;
  sinceMark = 0;
  /** Encrypted frames that the budget has refused since the last that was taken for true. */
  unpaid = 0;
  /** `window.jumps` at the last encrypted frame that did not follow, and when that was. */
  jumps = 0;
  jumpedAt = Number.NEGATIVE_INFINITY;
  /** Keys that are on their way over many missing packets. */
  far: FarJump | undefined;
  /** What the key changes for missing packets may cost. */
  readonly budget = new KeyBudget();
  encryptor: Sealer | undefined;
  decryptor: Opener | undefined;
  network: TunnelNetwork | undefined;
  /** Has any GRE packet come from the peer? */
  heard = false;
  /**
   * The moment (`Moment.epoch`) of the last packet that was found to be a use: within one, no other is looked
   * at.
   */
  usedAt = 0;
  /** The peer's inner address as a signed number; means nothing before `network`. */
  address = 0;
  /** The peer is a server, and may send from any address. */
  anySource = false;
  /** What a TCP SYN may offer. */
  mss = 0;
  /** What the user's packets may do; undefined: anything. */
  traffic: Traffic | undefined;
  #governed = false;
  readonly #mppe: KernelQueue;
  /** Decrypted packets that made no sense, with none between them that did. */
  garbage = 0;
  /**
   * Requests for a flushed packet since stateful MPPE lost its place, and when the last one went out
   * (`Moment.now`).
   */
  resets = 0;
  resetAt = 0;
  /** `broken` was said; it is said once. */
  broken = false;

  /**
   * `reach`: how far ahead a GRE packet may be to be held. Of the keys of `mppe`, KEYS_PER_TUNNEL are this
   * slot's.
   */
  constructor(spec: TunnelSpec, slot: number, reach: number, mppe: KernelQueue) {
    this.callId = spec.callId;
    this.slot = slot;
    this.peer = signed(spec.peerAddress);
    this.local = signed(spec.localAddress);
    this.peerAddress = spec.peerAddress;
    this.localAddress = spec.localAddress;
    this.window = new ReceiveWindow(reach);
    this.transmit = new Transmit(spec.peerCallId, this.window);
    this.#mppe = mppe;
  }

  /** A packet has been decrypted that nobody but the peer can have sent. */
  prove(): void {
    this.budget.proved();
    if (!this.marked && !this.window.doubtful) return;
    this.marked = false;
    this.window.prove();
  }

  arm(keys: MppeKeys): void {
    this.#disarm();
    this.skippedThen = this.window.skipped;
    this.encryptor = this.#sealer(keys.send);
    this.decryptor = this.#opener(keys.receive);
  }

  open(network: TunnelNetwork): void {
    this.network = network;
    this.anySource = network.address === "any";
    this.address = network.address === "any" ? 0 : signed(network.address);
    this.mss = Math.max(0, network.mtu - TCP_IP_HEADERS);
  }

  shut(): void {
    this.network = undefined;
    this.#disarm();
  }

  /** From `now` on, milliseconds as of `Moment.now`, this holds and nothing else. */
  govern(policy: TrafficPolicy, now: number): void {
    const before = this.traffic ?? (this.#governed ? "anything" : undefined);
    this.traffic = isUnlimited(policy) ? undefined : new Traffic(policy, now, before);
    this.#governed = true;
  }

  /** MPPE as if it had never been; no octet of a key is left. */
  #disarm(): void {
    if (this.encryptor !== undefined || this.decryptor !== undefined) {
      this.#mppe.eraseKey(this.#sendKey);
      this.#mppe.eraseKey(this.#receiveKey);
      this.#mppe.eraseKey(this.#spareKey);
    }
    this.marked = false;
    this.encryptor = undefined;
    this.decryptor = undefined;
    this.garbage = 0;
    this.resets = 0;
  }

  #sealer(direction: MppeDirection): Sealer {
    if (!direction.stateless) return new Encryptor(direction);
    this.#mppe.setKey(this.#sendKey, direction);
    return new StatelessSealer(this.#mppe, this.#sendKey);
  }

  #opener(direction: MppeDirection): Opener {
    if (!direction.stateless) return new Decryptor(direction);
    this.#mppe.setKey(this.#receiveKey, direction);
    return new StatelessOpener(this.#mppe, this.#receiveKey, this.#spareKey);
  }

  get #spareKey(): number {
    return KEYS_PER_TUNNEL * this.slot + 2;
  }

  get #sendKey(): number {
    return KEYS_PER_TUNNEL * this.slot;
  }

  get #receiveKey(): number {
    return KEYS_PER_TUNNEL * this.slot + 1;
  }
}
