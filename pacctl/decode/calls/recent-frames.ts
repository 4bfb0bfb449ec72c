import { REMEMBERED_FRAMES } from "../limits.ts";

/** The last control frames of one side, to see that one is sent again. */
export class RecentFrames {
  readonly #prints: number[] = [];

  /** What is to be said of a frame that was among them; it is among them now. */
  again(frame: Uint8Array): string | undefined {
    const print = fingerprint(frame);
    if (this.#prints.includes(print)) return "sent again";
    this.#prints.push(print);
    if (this.#prints.length > REMEMBERED_FRAMES) this.#prints.shift();
    return undefined;
  }
}

/** Two frames have the same one by accident once in 2^32 times (FNV-1a). */
function fingerprint(frame: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const octet of frame) hash = Math.imul(hash ^ octet, 0x01000193);
  return hash | 0;
}
