import type { CallId } from "../../wire/call-id.ts";
import { type Slot, toSlot } from "../counters.ts";
import { MAX_TUNNELS } from "../limits.ts";

/**
 * Which tunnel counts where. A slot is claimed with a call ID, and may be claimed again only once it was
 * freed: the loop may count a last packet of a tunnel whose call ID is released already.
 */
export class SlotAllocator {
  readonly #byCallId = new Map<CallId, Slot>();
  readonly #freed: Slot[] = [];
  #next = 0;

  of(callId: CallId): Slot | undefined {
    return this.#byCallId.get(callId);
  }

  /** Throws where the call ID has a slot, and where there is none left. */
  claim(callId: CallId): Slot {
    if (this.#byCallId.has(callId)) throw new Error(`call ID ${callId} has a tunnel`);
    const slot = this.#freed.pop() ?? toSlot(this.#next);
    if (slot === MAX_TUNNELS) throw new Error("no slot is left for a tunnel");
    if (slot === this.#next) this.#next += 1;
    this.#byCallId.set(callId, slot);
    return slot;
  }

  /** The call ID may be claimed again; its slot not yet. */
  release(callId: CallId): void {
    this.#byCallId.delete(callId);
  }

  free(slot: Slot): void {
    this.#freed.push(slot);
  }
}
