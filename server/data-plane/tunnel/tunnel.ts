import { Arrivals } from "../../gre/arrivals.ts";
import { NOT_HELD, ReceiveWindow } from "../../gre/receive-window.ts";
import { RoundTrips } from "../../gre/round-trips.ts";
import { Transmit } from "../../gre/transmit.ts";
import { signed } from "../../ip/inner-packet.ts";
import { Decryptor } from "../../mppe/decryptor.ts";
import type { MppeDirection } from "../../mppe/direction.ts";
import { Encryptor } from "../../mppe/encryptor.ts";
import type { KernelQueue } from "../../mppe/kernel-queue.ts";
import type { Opener, Sealer } from "../../mppe/mppe-types.ts";
import { StatelessOpener, StatelessSealer } from "../../mppe/stateless.ts";
import type { CallId } from "../../wire/call-id.ts";
import { TokenBucket } from "../../wire/token-bucket.ts";
import type { Slot } from "../counters.ts";
import type { MppeKeys, TrafficPolicy, TunnelNetwork, TunnelSpec } from "../data-plane.ts";
import { CONTROL_BURST, CONTROL_PER_SECOND } from "../limits.ts";
import { KeyBudget } from "./key-budget.ts";
import { isUnlimited, TrafficPolicer } from "./traffic-policer.ts";

/** Headers of IPv4 and TCP without options: what separates an MTU from an MSS. */
const TCP_IP_HEADERS = 40;

/** Keys of `KernelQueue` that a slot has: one a direction, and one to go back to. */
export const KEYS_PER_TUNNEL = 3;

/**
 * Keys that are being advanced over many missing packets, and the places of the frames that wait for them.
 */
export interface FarJump {
  readonly opener: Opener;
  readonly places: number[];
}

/** What the packet loop knows of one tunnel. Mutable: every packet changes it. */
export class Tunnel {
  readonly callId: CallId;
  /** Its place in the counters. */
  readonly slot: Slot;
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
  /** What sequence numbers tell of the way from the peer, and acknowledgements of the one to it. */
  readonly arrivals = new Arrivals();
  readonly roundTrips = new RoundTrips();
  readonly control = new TokenBucket(CONTROL_BURST, CONTROL_PER_SECOND);
  /** Waiting for the timer of `DelayedAcks`. */
  awaitsAck = false;
  /** Waiting for the timer of `Reordering`. */
  awaitsTurn = false;
  /** The place of a packet whose sequence number `Reordering` doubts; NOT_HELD where there is none. */
  suspect = NOT_HELD;
  /** `window.skipped` when the decryptor last counted a packet. */
  skippedThen = 0;
  /**
   * Encrypted frames have come that may be forged: `decryptor` has a checkpoint from before them, and rolls
   * back to it where later frames contradict them.
   */
  hasCheckpoint = false;
  /** `skippedThen` before them, when the first one came (`BatchClock.now`), and encrypted frames since. */
  skippedAtCheckpoint = 0;
  doubtedAt = 0;
  sinceCheckpoint = 0;
  /** Encrypted frames that the budget has refused since the last that was accepted. */
  unpaid = 0;
  /** `window.jumps` at the last encrypted frame that did not follow, and when that was. */
  jumps = 0;
  jumpedAt = Number.NEGATIVE_INFINITY;
  /** Set while keys are being advanced over many missing packets. */
  far: FarJump | undefined;
  /** What the key changes for missing packets may cost. */
  readonly budget = new KeyBudget();
  encryptor: Sealer | undefined;
  decryptor: Opener | undefined;
  network: TunnelNetwork | undefined;
  /** Has any GRE packet come from the peer? */
  heard = false;
  /**
   * `BatchClock.epoch` of the last batch with link activity: no other packet of that batch is examined.
   */
  activeAt = 0;
  /** The peer's inner address as a signed number; means nothing before `network`. */
  address = 0;
  /** The peer is a server, and may send from any address. */
  anySource = false;
  /** What a TCP SYN may offer. */
  mss = 0;
  /** What the user's packets may do; undefined: anything. */
  traffic: TrafficPolicer | undefined;
  #policySet = false;
  readonly #mppe: KernelQueue;
  /** Decrypted packets in a row that made no sense. */
  garbage = 0;
  /**
   * Requests for a flushed packet since stateful MPPE lost synchronisation, and when the last one went out
   * (`BatchClock.now`).
   */
  resets = 0;
  resetAt = 0;
  /** `broken` was reported, which happens once. */
  broken = false;

  /**
   * `reach`: how far ahead a GRE packet may be to be held. Of the keys of `mppe`, KEYS_PER_TUNNEL are this
   * slot's.
   */
  constructor(spec: TunnelSpec, slot: Slot, reach: number, mppe: KernelQueue) {
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

  /** A packet has been decrypted that only the peer can have sent. */
  prove(): void {
    this.budget.proved();
    if (!this.hasCheckpoint && !this.window.doubtful) return;
    this.hasCheckpoint = false;
    this.window.prove();
  }

  setKeys(keys: MppeKeys): void {
    this.#forgetKeys();
    this.skippedThen = this.window.skipped;
    this.encryptor = this.#sealer(keys.send);
    this.decryptor = this.#opener(keys.receive);
  }

  openNetwork(network: TunnelNetwork): void {
    this.network = network;
    this.anySource = network.address === "any";
    this.address = network.address === "any" ? 0 : signed(network.address);
    this.mss = Math.max(0, network.mtu - TCP_IP_HEADERS);
  }

  closeNetwork(): void {
    this.network = undefined;
    this.#forgetKeys();
  }

  /** From `now` on, milliseconds as of `BatchClock.now`, this policy replaces the one before. */
  setTrafficPolicy(policy: TrafficPolicy, now: number): void {
    const before = this.traffic ?? (this.#policySet ? "anything" : undefined);
    this.traffic = isUnlimited(policy) ? undefined : new TrafficPolicer(policy, now, before);
    this.#policySet = true;
  }

  /** Back to no MPPE at all; no octet of a key is left. */
  #forgetKeys(): void {
    if (this.encryptor !== undefined || this.decryptor !== undefined) {
      this.#mppe.eraseKey(this.#sendKey);
      this.#mppe.eraseKey(this.#receiveKey);
      this.#mppe.eraseKey(this.#spareKey);
    }
    this.hasCheckpoint = false;
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
