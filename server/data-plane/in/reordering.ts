import { type Acceptance, NOT_HELD } from "../../gre/receive-window.ts";
import type { Clock } from "../../platform/clock.ts";
import type { PacketBatch } from "../../platform/packet-batch.ts";
import { PppHeader } from "../../ppp/ppp-header.ts";
import { PROTOCOL } from "../../ppp/protocols.ts";
import { type Millis, millis } from "../../wire/units.ts";
import type { BatchClock } from "../batch-clock.ts";
import type { CounterWriter } from "../counters.ts";
import type { ReorderLimits } from "../data-plane.ts";
import { BUFFERED_FRAMES } from "../limits.ts";
import type { DelayedAcks } from "../out/delayed-acks.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import type { FrameBuffer } from "./frame-buffer.ts";

export interface ReorderingParts {
  /** How long a packet is held at most; `setDelay` changes it. */
  readonly delay: Millis;
  readonly clock: Clock;
  readonly time: BatchClock;
  readonly counters: CounterWriter;
  readonly acks: DelayedAcks;
  /** Frames that follow lie in this batch; what came in order before is delivered. */
  begin(batch: PacketBatch): void;
  /** Handles a PPP frame `bytes[at..end)`. */
  frame(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): void;
  /** All frames since `begin` are delivered, and their memory is free. */
  finish(): void;
  /** What has come up to now is looked at: it may prove that the window stands where the client is. */
  settle(): void;
  readonly buffer: FrameBuffer;
}

/** How far ahead of the expected number a packet may be to be held. */
export const reachOf = (limits: ReorderLimits): number => (limits.delay > 0 ? limits.packets : 0);

/**
 * GRE packets that came before their turn (RFC 2637 §4.3), of all tunnels. They are held until the missing
 * one comes, until one of them has waited `delay`, or until there is no room; then what is missing is given
 * up, and comes too late. One timer serves all tunnels, and runs only while something is held.
 */
export class Reordering {
  readonly #parts: ReorderingParts;
  readonly #buffer: FrameBuffer;
  readonly #ppp = new PppHeader();
  readonly #waiting: Tunnel[] = [];
  #disarm: (() => void) | undefined;
  #delay: Millis;

  constructor(parts: ReorderingParts) {
    this.#parts = parts;
    this.#delay = parts.delay;
    this.#buffer = parts.buffer;
  }

  /**
   * What is to be done where the window did not answer "next". True: the packet goes on now, whatever is
   * missing before it. False: it is held, or was dropped and counted.
   */
  admits(
    tunnel: Tunnel,
    said: Acceptance,
    sequence: number,
    bytes: Uint8Array,
    at: number,
    end: number,
  ): boolean {
    let acceptance = said;
    if (acceptance === "confirms") acceptance = this.#confirm(tunnel, sequence);
    else if (acceptance === "late" || acceptance === "suspect")
      acceptance = this.#perhapsBack(tunnel, acceptance, sequence, bytes, at, end);
    while (acceptance === "early" || acceptance === "beyond") {
      if (acceptance === "early" && this.#hold(tunnel, sequence, bytes, at, end)) return false;
      this.#parts.settle();
      this.#skip(tunnel, sequence);
      this.release(tunnel);
      acceptance = tunnel.window.accept(sequence, true);
    }
    if (acceptance === "next") return true;
    if (acceptance === "suspect") this.#suspect(tunnel, bytes, at, end);
    else {
      tunnel.arrivals.behind(sequence);
      this.#drop(tunnel);
    }
    return false;
  }

  /** Passes on the packets held that are next in order. */
  release(tunnel: Tunnel): void {
    const { acks, begin, frame, finish } = this.#parts;
    const { batch } = this.#buffer;
    let place = tunnel.window.takeNext();
    if (place === NOT_HELD) return;
    begin(batch);
    acks.owe(tunnel);
    for (; place !== NOT_HELD; place = tunnel.window.takeNext()) {
      frame(tunnel, batch.bytes, this.#buffer.start(place), this.#buffer.end(place));
      // Its octets stay until the next one is stored, which is after `finish`.
      this.#buffer.free(place);
    }
    finish();
  }

  /** Packets are held for so long from here on; those that are held already count with it, too. */
  setDelay(delay: Millis): void {
    this.#delay = delay;
    if (this.#disarm === undefined) return;
    this.#disarm();
    this.#run();
  }

  /** What is missing before the packets that are held of a tunnel is given up, and these go on. */
  flush(tunnel: Tunnel): void {
    while (tunnel.window.held > 0) {
      this.#skip(tunnel);
      this.release(tunnel);
    }
  }

  /** The tunnel is removed: what is held of it is discarded. */
  forget(tunnel: Tunnel): void {
    this.#freeHeld(tunnel);
    if (tunnel.suspect !== NOT_HELD) this.#buffer.free(tunnel.suspect);
    tunnel.suspect = NOT_HELD;
  }

  close(): void {
    this.#disarm?.();
  }

  #hold(tunnel: Tunnel, sequence: number, bytes: Uint8Array, at: number, end: number): boolean {
    const place = this.#place(tunnel, bytes, at, end);
    if (place === NOT_HELD) return false;
    tunnel.arrivals.held(sequence, tunnel.window.held === 0);
    tunnel.window.hold(sequence, place);
    this.#await(tunnel);
    return true;
  }

  /**
   * Half of the room is for clients that are let in: whoever dials has a tunnel before a password is asked
   * for.
   */
  #place(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): number {
    if (tunnel.network === undefined && this.#buffer.left <= BUFFERED_FRAMES / 2) return NOT_HELD;
    return this.#buffer.store(bytes, at, end, this.#parts.time.now);
  }

  /**
   * A jump that is not confirmed yet. Its octets wait as long as others do, and its number for the next
   * packet.
   */
  #suspect(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): void {
    this.#dropSuspect(tunnel);
    if (this.#delay > 0) tunnel.suspect = this.#place(tunnel, bytes, at, end);
    if (tunnel.suspect === NOT_HELD) this.#drop(tunnel);
    else this.#await(tunnel);
  }

  /** The packet before `sequence`, a suspect, is true: all that is missing before it is lost. */
  #confirm(tunnel: Tunnel, sequence: number): Acceptance {
    const { window } = tunnel;
    const suspect = (sequence - 1) | 0;
    this.#parts.settle();
    if (window.mayGoTo(suspect)) {
      this.#goOnAt(tunnel, suspect);
      this.#skip(tunnel, sequence);
    } else this.#dropSuspect(tunnel);
    return window.accept(sequence, true);
  }

  /**
   * The suspect is true: all that is missing before it is lost, and it is next, where its octets are still
   * there.
   */
  #goOnAt(tunnel: Tunnel, suspect: number): void {
    const { window } = tunnel;
    if (window.gaveUp(suspect) || window.precedes(suspect)) this.#goBack(tunnel, suspect);
    this.flush(tunnel);
    this.#skip(tunnel, suspect);
    if (tunnel.suspect !== NOT_HELD) window.hold(suspect, tunnel.suspect);
    tunnel.suspect = NOT_HELD;
    this.release(tunnel);
  }

  /**
   * A number that is behind, or seems far ahead. Where it was given up for packets that nothing has proved,
   * those may be forged, and this one the client's. What is encrypted shows at once which it is, and goes on;
   * what is not waits for the next packet.
   */
  #perhapsBack(
    tunnel: Tunnel,
    said: "late" | "suspect",
    sequence: number,
    bytes: Uint8Array,
    at: number,
    end: number,
  ): Acceptance {
    const { window } = tunnel;
    if (!window.doubtful) return said;
    this.#parts.settle();
    if (window.gaveUp(sequence)) {
      if (tunnel.garbage > 0 || this.#isSealed(tunnel, bytes, at, end)) {
        this.#goBack(tunnel, sequence);
        return window.accept(sequence, true);
      }
    } else if (!(window.precedes(sequence) && window.contradictsFirst(sequence))) return said;
    window.suspectBehind(sequence);
    return "suspect";
  }

  #isSealed(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): boolean {
    return (
      tunnel.decryptor !== undefined &&
      this.#ppp.read(bytes, at, end) &&
      this.#ppp.protocol === PROTOCOL.compressed
    );
  }

  /** The window goes back to before something doubtful. What is held came after that, and is dropped. */
  #goBack(tunnel: Tunnel, sequence: number): void {
    const { window, arrivals } = tunnel;
    const { skipped } = window;
    const held = this.#freeHeld(tunnel);
    for (let i = 0; i < held; i += 1) this.#drop(tunnel);
    window.goBack(sequence);
    arrivals.takeBack(window.expected, skipped - window.skipped);
    tunnel.sinceCheckpoint = 0;
    tunnel.unpaid = 0;
  }

  /** As `ReceiveWindow.skip` or, without a number, `skipToHeld`; and counted. */
  #skip({ window, arrivals }: Tunnel, to?: number): void {
    const { expected } = window;
    if (to === undefined) window.skipToHeld();
    else window.skip(to);
    arrivals.gaveUp(expected, window.expected);
  }

  /** Returns how many there were. */
  #freeHeld(tunnel: Tunnel): number {
    const { held } = tunnel.window;
    while (tunnel.window.held > 0) {
      tunnel.window.skipToHeld();
      this.#buffer.free(tunnel.window.takeNext());
    }
    return held;
  }

  /** A suspect has waited long enough. What came meanwhile has contradicted it, and silence speaks for it. */
  #settle(tunnel: Tunnel): void {
    const suspect = tunnel.window.believe();
    if (suspect === undefined) this.#dropSuspect(tunnel);
    else this.#goOnAt(tunnel, suspect);
  }

  #dropSuspect(tunnel: Tunnel): void {
    if (tunnel.suspect === NOT_HELD) return;
    this.#buffer.free(tunnel.suspect);
    tunnel.suspect = NOT_HELD;
    this.#drop(tunnel);
  }

  #drop(tunnel: Tunnel): void {
    this.#parts.counters.droppedOf(tunnel.slot, "gre-duplicate-or-late");
  }

  #await(tunnel: Tunnel): void {
    if (!tunnel.awaitsTurn) this.#waiting.push(tunnel);
    tunnel.awaitsTurn = true;
    this.#disarm ??= this.#parts.clock.after(this.#delay, this.#run);
  }

  /** Gives up what has been waited for long enough. */
  readonly #run = (): void => {
    const { clock, time } = this.#parts;
    const { since } = this.#buffer;
    this.#disarm = undefined;
    time.read();
    const due = time.now - this.#delay;
    let oldest = Number.POSITIVE_INFINITY;
    let left = 0;
    for (const tunnel of this.#waiting) {
      if (tunnel.suspect !== NOT_HELD && since[tunnel.suspect]! <= due) this.#settle(tunnel);
      while (tunnel.window.least(since) <= due) {
        this.#skip(tunnel);
        this.release(tunnel);
      }
      tunnel.awaitsTurn = tunnel.window.held > 0 || tunnel.suspect !== NOT_HELD;
      if (!tunnel.awaitsTurn) continue;
      oldest = Math.min(oldest, tunnel.window.least(since), since[tunnel.suspect] ?? oldest);
      this.#waiting[left] = tunnel;
      left += 1;
    }
    this.#waiting.length = left;
    if (left > 0) this.#disarm = clock.after(millis(Math.max(1, oldest - due)), this.#run);
  };
}
