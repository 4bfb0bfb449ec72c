import { COUNT_MASK, ENCRYPTED, HEADER_OCTETS } from "../../mppe/header.ts";
import type { Opened, Opener } from "../../mppe/mppe-types.ts";
import type { Clock } from "../../platform/clock.ts";
import type { BatchClock } from "../batch-clock.ts";
import type { CounterWriter } from "../counters.ts";
import type { DropReason, TunnelFault } from "../data-plane.ts";
import {
  GARBAGE_BEFORE_RESET,
  GARBAGE_GRACE,
  JUMP_SPACING,
  MAX_GARBAGE_IN_A_ROW,
  MAX_RESETS_IN_A_ROW,
  RESET_SPACING,
} from "../limits.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import { FarJumps } from "./far-jumps.ts";
import type { FrameBuffer } from "./frame-buffer.ts";
import type { InnerInbound } from "./inner-inbound.ts";
import type { LoopEvents } from "./loop-events.ts";

export interface EncryptedInboundParts {
  readonly counters: CounterWriter;
  readonly time: BatchClock;
  readonly events: LoopEvents;
  readonly clock: Clock;
  readonly buffer: FrameBuffer;
  readonly inner: InnerInbound;
}

/**
 * Has the frame the next coherency count, as far as its header shows? What is no MPPE frame is for `open` to
 * refuse.
 */
function follows(tunnel: Tunnel, decryptor: Opener, bytes: Uint8Array, at: number, end: number): boolean {
  const lost = tunnel.window.skipped - tunnel.skippedThen;
  if (lost >= 0 && lost <= COUNT_MASK && end - at >= HEADER_OCTETS && decryptor.continues(bytes, at))
    return true;
  return end - at < HEADER_OCTETS || (bytes[at]! & (ENCRYPTED >>> 8)) === 0;
}

/**
 * Encrypted frames from the client, in the order of GRE, on their way to the cipher. A frame that does not
 * follow the one before may be forged, and keys cannot be computed backwards. So the keys before it are kept
 * as a checkpoint until a later frame decrypts to sense; a frame that does not follow the doubtful one is
 * tried with the keys of the checkpoint.
 */
export class EncryptedInbound {
  readonly #parts: EncryptedInboundParts;
  readonly #far: FarJumps;

  constructor(parts: EncryptedInboundParts) {
    this.#parts = parts;
    const { clock, counters, buffer, time } = parts;
    this.#far = new FarJumps({
      clock,
      counters,
      buffer,
      begin(batch) {
        time.read();
        parts.inner.begin(batch);
      },
      sealed: (tunnel, bytes, at, end) => this.frame(tunnel, bytes, at, end),
      finish: () => parts.inner.finish(),
    });
  }

  /** `bytes[at..end)`: MPPE's header and what follows. */
  frame(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): void {
    const { decryptor, far } = tunnel;
    if (decryptor === undefined) return void this.#drop(tunnel, "mppe-not-ready");
    if (far !== undefined && this.#far.holds(tunnel, far, bytes, at, end)) return;
    tunnel.budget.now = this.#parts.time.now;
    const opened = follows(tunnel, decryptor, bytes, at, end)
      ? decryptor.open(bytes, at, end, 0, tunnel.budget)
      : this.#jump(tunnel, decryptor, bytes, at, end);
    switch (opened) {
      case "ok":
        break;
      case "far":
        this.#far.begin(tunnel, decryptor);
        this.#far.holds(tunnel, tunnel.far!, bytes, at, end);
        return;
      case "late":
        return void this.#drop(tunnel, "mppe-late");
      case "jump":
        return void this.#drop(tunnel, "mppe-jump");
      case "desynchronised":
        this.#break(tunnel, "mppe-desynchronised");
        return void this.#drop(tunnel, "mppe-jump");
      case "over-budget":
        tunnel.unpaid += 1;
        if (tunnel.budget.overdrawn()) this.#break(tunnel, "mppe-over-budget");
        return void this.#drop(tunnel, "mppe-over-budget");
      case "unsynchronised":
        this.#accepted(tunnel);
        this.#askForReset(tunnel);
        return void this.#drop(tunnel, "mppe-unsynchronised");
      case "not-encrypted":
      case "not-stateless":
      case "truncated":
        return void this.garbage(tunnel);
    }
    this.#accepted(tunnel);
    if (tunnel.resets > 0) tunnel.resets = 0;
    const plain = at + HEADER_OCTETS;
    if (decryptor.queued) this.#parts.inner.queued(tunnel, plain, end);
    else this.#parts.inner.opened(tunnel, plain, end);
  }

  /** Never answered: a Protocol-Reject would send back octets that an attacker may have chosen. */
  garbage(tunnel: Tunnel): void {
    const { now } = this.#parts.time;
    tunnel.garbage += 1;
    // After a doubtful jump the checkpoint may still bring it back.
    const patient = tunnel.hasCheckpoint && now < tunnel.doubtedAt + GARBAGE_GRACE;
    if (tunnel.garbage > MAX_GARBAGE_IN_A_ROW && !patient) this.#break(tunnel, "mppe-desynchronised");
    if (tunnel.garbage % GARBAGE_BEFORE_RESET === 0) tunnel.decryptor?.distrust();
    this.#drop(tunnel, "mppe-garbage");
  }

  /** The tunnel is removed: what is held of it is discarded. */
  forget(tunnel: Tunnel): void {
    this.#far.forget(tunnel);
  }

  close(): void {
    this.#far.close();
  }

  /**
   * A frame that does not follow the last one: packets are missing before it, or it is forged, or the last
   * one was.
   */
  #jump(tunnel: Tunnel, decryptor: Opener, bytes: Uint8Array, at: number, end: number): Opened {
    const { inner, time } = this.#parts;
    // What came before may prove that the last jump was true; the listener may end the tunnel.
    inner.finish();
    if (tunnel.decryptor !== decryptor) return "truncated";
    const { skipped, jumps } = tunnel.window;
    if (tunnel.hasCheckpoint) {
      decryptor.rollBack();
      tunnel.skippedThen = tunnel.skippedAtCheckpoint;
    } else {
      decryptor.checkpoint();
      tunnel.skippedAtCheckpoint = tunnel.skippedThen;
      tunnel.sinceCheckpoint = 0;
      tunnel.doubtedAt = time.now;
    }
    // Jumps far apart are no sign of a client whose keys are wrong for good.
    if (jumps !== tunnel.jumps && time.now >= tunnel.jumpedAt + JUMP_SPACING) {
      tunnel.garbage = 0;
      decryptor.pardon();
    }
    tunnel.jumps = jumps;
    tunnel.jumpedAt = time.now;
    const lost = Math.max(0, skipped - tunnel.skippedThen) + tunnel.sinceCheckpoint + tunnel.unpaid;
    const opened = decryptor.open(bytes, at, end, lost, tunnel.budget);
    tunnel.hasCheckpoint = opened === "ok" || opened === "unsynchronised" || opened === "far";
    if (opened === "far") {
      tunnel.skippedThen = skipped;
      tunnel.unpaid = 0;
    }
    return opened;
  }

  /** One more frame whose count was accepted. */
  #accepted(tunnel: Tunnel): void {
    tunnel.skippedThen = tunnel.window.skipped;
    tunnel.sinceCheckpoint += 1;
    tunnel.unpaid = 0;
  }

  /**
   * Stateful MPPE has lost synchronisation. Reported at once, then again while it lasts; not for a client
   * that floods.
   */
  #askForReset(tunnel: Tunnel): void {
    const { now } = this.#parts.time;
    if (tunnel.resets > 0 && now < tunnel.resetAt + RESET_SPACING) return;
    if (!tunnel.control.take(now)) return;
    tunnel.resets += 1;
    tunnel.resetAt = now;
    if (tunnel.resets > MAX_RESETS_IN_A_ROW) this.#break(tunnel, "mppe-desynchronised");
    else this.#parts.events.coherencyLost(tunnel.callId, tunnel.slot);
  }

  #break(tunnel: Tunnel, reason: TunnelFault): void {
    if (tunnel.broken) return;
    tunnel.broken = true;
    this.#parts.events.broken(tunnel.callId, reason, tunnel.slot);
  }

  #drop(tunnel: Tunnel, reason: DropReason): void {
    this.#parts.counters.droppedOf(tunnel.slot, reason);
  }
}
