import assert from "node:assert/strict";
import { test } from "node:test";
import { restartAfter } from "../../../../server/ppp/automaton/backoff.ts";
import { MAX_CONFIGURE } from "../../../../server/ppp/automaton/counters.ts";

test("the first answers are waited for 1 s and 2 s, all others the 3 s of RFC 1661", () => {
  const waits = Array.from({ length: MAX_CONFIGURE }, (_, i) => restartAfter(i + 1));
  assert.deepEqual(waits, [1000, 2000, ...Array.from({ length: MAX_CONFIGURE - 2 }, () => 3000)]);
});
