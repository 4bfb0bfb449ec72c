import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_TUNNELS } from "../../../../server/data-plane/limits.ts";
import { SlotAllocator } from "../../../../server/data-plane/workers/slot-allocator.ts";

test("there is a slot for every call ID, and no more", () => {
  const slots = new SlotAllocator();
  const claimed = new Set(Array.from({ length: MAX_TUNNELS }, (_, callId) => slots.claim(callId)));
  assert.equal(claimed.size, MAX_TUNNELS);
  slots.release(5);
  assert.throws(() => slots.claim(5), /no slot/);
});

test("a slot is claimed again only when the loop has let go of it", () => {
  const slots = new SlotAllocator();
  const first = slots.claim(1);
  slots.release(1);
  const second = slots.claim(1);
  assert.notEqual(second, first);
  slots.free(first);
  assert.equal(slots.claim(2), first);
});
