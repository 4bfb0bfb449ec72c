import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOK_EVERY, QUIET, WORTH, watchMemory } from "../../server/memory-watch.ts";
import { octets } from "../../server/wire/units.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

/** A server that holds 10 MB whenever it has given back; `look` is one look, after `work` ms of CPU time. */
function watched() {
  const clock = new VirtualClock();
  const state = { cpu: 700, heap: 30e6, given: 0 };
  const stop = watchMemory({
    clock,
    cpuTime: () => state.cpu,
    heap: () => octets(state.heap),
    giveBack: () => {
      state.given += 1;
      state.heap = 10e6;
      state.cpu += 60;
    },
  });
  const look = async (work: number, grown: number): Promise<number> => {
    state.cpu += work;
    state.heap += grown;
    const before = state.given;
    await clock.advance(LOOK_EVERY);
    return state.given - before;
  };
  return { clock, state, look, stop };
}

test("the start gives back at once", () => {
  const { state } = watched();
  assert.equal(state.given, 1);
});

test("what has grown is given back once it is quiet, not before", async () => {
  const { look } = watched();
  assert.equal(await look(QUIET + 1, WORTH), 0, "at work");
  assert.equal(await look(QUIET, 0), 1, "quiet");
  assert.equal(await look(0, 0), 0, "nothing has grown since");
});

test("little is not worth it, much little is", async () => {
  const { look } = watched();
  assert.equal(await look(0, WORTH - 1), 0);
  assert.equal(await look(0, 1), 1);
});

test("its own work is nobody's", async () => {
  const { look } = watched();
  assert.equal(await look(QUIET, WORTH), 1);
  assert.equal(await look(QUIET, WORTH), 1);
});

test("it ends", async () => {
  const { clock, state, stop } = watched();
  stop();
  state.heap += WORTH;
  await clock.advance(LOOK_EVERY);
  assert.equal(state.given, 1);
  assert.equal(clock.pending(), 0);
});
