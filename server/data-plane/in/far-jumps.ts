import { FAR } from "../../mppe/limits.ts";
import type { Opener } from "../../mppe/mppe-types.ts";
import type { Clock } from "../../platform/clock.ts";
import type { PacketBatch } from "../../platform/packet-batch.ts";
import { millis } from "../../wire/units.ts";
import type { CounterWriter } from "../counters.ts";
import { BUFFERED_BEHIND_KEYS, BUFFERED_FRAMES } from "../limits.ts";
import type { FarJump, Tunnel } from "../tunnel/tunnel.ts";
import type { FrameBuffer } from "./frame-buffer.ts";

export interface FarJumpsParts {
  readonly clock: Clock;
  readonly counters: CounterWriter;
  readonly buffer: FrameBuffer;
  /** Frames that follow lie in this batch; what came in order before is delivered. */
  begin(batch: PacketBatch): void;
  /** Handles what stands behind the protocol field of an encrypted PPP frame, `bytes[at..end)`. */
  sealed(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): void;
  /** All frames since `begin` are delivered, and their memory is free. */
  finish(): void;
}

/**
 * Key changes that would take too long in one go: tens of milliseconds during which every other tunnel of
 * this loop would wait. They are made in slices with a turn of the event loop between, one slice at a time
 * however many tunnels need some. What the client sends meanwhile is held, and goes on in order afterwards.
 */
export class FarJumps {
  readonly #parts: FarJumpsParts;
  readonly #waiting: Tunnel[] = [];
  #disarm: (() => void) | undefined;

  constructor(parts: FarJumpsParts) {
    this.#parts = parts;
  }

  /** The keys of a tunnel have far to go. Frames that are held until that is done go on after it. */
  begin(tunnel: Tunnel, opener: Opener): void {
    tunnel.far = { opener, places: [] };
    this.#waiting.push(tunnel);
    this.#disarm ??= this.#parts.clock.after(millis(0), this.#slice);
  }

  /**
   * Holds an encrypted frame until the keys have been advanced. False where the tunnel has other keys by now.
   */
  holds(tunnel: Tunnel, far: FarJump, bytes: Uint8Array, at: number, end: number): boolean {
    if (far.opener !== tunnel.decryptor) {
      this.forget(tunnel);
      return false;
    }
    const { buffer, counters } = this.#parts;
    const room = far.places.length < BUFFERED_BEHIND_KEYS && buffer.left > BUFFERED_FRAMES / 2;
    if (room) far.places.push(buffer.store(bytes, at, end, 0));
    else counters.droppedOf(tunnel.slot, "mppe-jump");
    return true;
  }

  /** What is held of the tunnel is discarded. */
  forget(tunnel: Tunnel): void {
    for (const place of tunnel.far?.places ?? []) this.#parts.buffer.free(place);
    tunnel.far = undefined;
  }

  close(): void {
    this.#disarm?.();
  }

  readonly #slice = (): void => {
    this.#disarm = undefined;
    const tunnel = this.#waiting.shift();
    const far = tunnel?.far;
    if (tunnel !== undefined && far !== undefined) {
      if (far.opener !== tunnel.decryptor) this.forget(tunnel);
      else {
        far.opener.advance(FAR / 2);
        if (far.opener.owed > 0) this.#waiting.push(tunnel);
        else this.#goOn(tunnel, far);
      }
    }
    if (this.#waiting.length > 0) this.#disarm = this.#parts.clock.after(millis(0), this.#slice);
  };

  #goOn(tunnel: Tunnel, { places }: FarJump): void {
    const { buffer, begin, sealed, finish } = this.#parts;
    const { batch } = buffer;
    tunnel.far = undefined;
    begin(batch);
    for (const place of places) {
      sealed(tunnel, batch.bytes, buffer.start(place), buffer.end(place));
      // Its octets stay until another one is stored, which is after `finish` or is this one.
      buffer.free(place);
    }
    finish();
  }
}
