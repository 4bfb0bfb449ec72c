import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_TUNNELS } from "../../../../server/data-plane/limits.ts";
import { SlotAllocator } from "../../../../server/data-plane/workers/slot-allocator.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";

test("there is a slot for every call ID, and no more", () => {
  const slots = new SlotAllocator();
  const claimed = new Set(Array.from({ length: MAX_TUNNELS }, (_, callId) => slots.claim(toCallId(callId))));
  assert.equal(claimed.size, MAX_TUNNELS);
  slots.release(toCallId(5));
  assert.throws(() => slots.claim(toCallId(5)), /no slot/);
});

test("a slot is claimed again only when the loop has let go of it", () => {
  const slots = new SlotAllocator();
  const first = slots.claim(toCallId(1));
  slots.release(toCallId(1));
  const second = slots.claim(toCallId(1));
  assert.notEqual(second, first);
  slots.free(first);
  assert.equal(slots.claim(toCallId(2)), first);
});
