import assert from "node:assert/strict";
import { test } from "node:test";
import { SPEC } from "../../../support/data-plane/bench.ts";
import { distant, sharing } from "../../../support/data-plane/distant-front.ts";

/** Two loops with a tunnel each, of which the first is busy and the second quiet. */
function quietBesideBusy() {
  const distantOnes = distant(2);
  const { front, made } = distantOnes;
  sharing(front, 2, 3);
  front.hear({ news: "pace", worker: 1, pace: "quiet" });
  made.splice(0);
  front.hear({ news: "pace", worker: 0, pace: "busy" });
  return distantOnes;
}

test("a quiet loop beside a busy one rests, once the busy one carries for it", () => {
  const { front, calls, made } = quietBesideBusy();
  assert.deepEqual(calls.at(-1), {
    call: "carry",
    worker: 1,
    calls: [{ callId: 3, peer: SPEC.peerAddress }],
  });
  front.hear({ news: "pace", worker: 0, pace: "busy" });
  assert.deepEqual(made.splice(0), ["0 carry"], "asked once");
  front.hear({ news: "carrying", worker: 1 });
  assert.deepEqual(calls.at(-1), { call: "rest", rests: true });
  assert.deepEqual(made, ["1 rest"]);
});

for (const [why, stir] of [
  ["more is carried than a quiet one gets", ({ front }) => front.hear({ news: "carried-much", worker: 1 })],
  ["the first is no longer busy", ({ front }) => front.hear({ news: "pace", worker: 0, pace: "some" })],
  ["it gets another tunnel", ({ front }) => void front.addTunnel({ ...SPEC, callId: 5 })],
  ["it loses its last tunnel", ({ front }) => void front.remove(3)],
] as readonly (readonly [string, (around: ReturnType<typeof distant>) => void])[]) {
  for (const asleep of [true, false])
    test(`${asleep ? "a loop that rests" : "one that is about to"} wakes up when ${why}`, () => {
      const around = quietBesideBusy();
      const { front, calls, made } = around;
      if (asleep) front.hear({ news: "carrying", worker: 1 });
      made.splice(0);
      stir(around);
      const woken = made.indexOf("1 rest");
      assert.deepEqual(calls.filter(({ call }) => call === "rest").at(-1), { call: "rest", rests: false });
      // Before a new tunnel is confirmed.
      if (made.includes("1 add")) assert.ok(woken < made.indexOf("1 add"));
      // The first goes on carrying until packets arrive at the other again, and neither goes to sleep
      // meanwhile.
      front.hear({ news: "carrying", worker: 1 });
      front.hear({ news: "pace", worker: 0, pace: "busy" });
      assert.ok(!made.includes("0 carry-no-more") && made.filter((call) => call === "1 rest").length === 1);
      front.hear({ news: "awake", worker: 1 });
      assert.deepEqual(calls.at(-1), { call: "carry-no-more", worker: 1 });
    });
}

test("a loop without tunnels, a busy one, and the only one have nobody carry for them", () => {
  const idle = distant(2);
  sharing(idle.front, 2);
  idle.front.hear({ news: "pace", worker: 1, pace: "quiet" });
  idle.front.hear({ news: "pace", worker: 0, pace: "busy" });
  assert.ok(!idle.made.includes("0 carry"));
  const busy = distant(2);
  sharing(busy.front, 2, 3);
  busy.front.hear({ news: "pace", worker: 1, pace: "busy" });
  busy.front.hear({ news: "pace", worker: 0, pace: "busy" });
  assert.ok(!busy.made.includes("0 carry"));
});
