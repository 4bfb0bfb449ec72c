import assert from "node:assert/strict";
import { test } from "node:test";
import { Conditions } from "../../../server/conditions/conditions.ts";
import type { HostPart } from "../../../server/host/host-part.ts";
import { HostWatch } from "../../../server/host/host-watch.ts";
import { CHECK_EVERY, MAX_AGE } from "../../../server/host/limits.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

/** A host with one part, which is lost and put back as the test says. */
function host(change: Partial<HostPart> = {}) {
  const clock = new VirtualClock();
  const log: string[] = [];
  const write = (_fields: object, text: string) => log.push(text);
  const conditions = new Conditions(clock, { warn: write, info: write });
  const state = { lost: false, attempts: 0, looks: 0, refuses: undefined as Error | undefined };
  const part: HostPart = {
    name: "routes",
    subject: "",
    code: "routes-missing",
    remedy: "Look at `ip route`.",
    problem() {
      state.looks += 1;
      return state.lost ? "The route was removed." : undefined;
    },
    putBack() {
      state.attempts += 1;
      if (state.refuses !== undefined) throw state.refuses;
      state.lost = false;
    },
    ...change,
  };
  const watch = new HostWatch({ parts: [part], clock, log: { warn: write }, conditions });
  const holding = () => conditions.all().map(({ code, sentence }) => `${code}: ${sentence}`);
  return { clock, log, conditions, state, watch, holding };
}

test("what is lost is put back at the next look, counted, and told once", async () => {
  const { clock, log, state, watch, holding } = host();
  watch.begin();
  state.lost = true;
  await clock.advance(CHECK_EVERY);
  assert.deepEqual(
    [state.lost, holding(), log],
    [false, [], ["The route was removed. pacd has put that right."]],
  );
  assert.equal(watch.repairs()["routes"], 1);
  assert.equal(watch.repairs()["address"], 0);
});

test("nothing is done and nothing logged while nothing is lost", async () => {
  const { clock, log, state, watch } = host();
  watch.begin();
  await clock.advance(10 * CHECK_EVERY);
  assert.deepEqual([state.looks, state.attempts, log], [11, 0, []]);
});

test("what cannot be put back is a condition from the first moment, with reason and remedy, and one line of the log", async () => {
  const { clock, log, conditions, state, watch, holding } = host();
  watch.begin();
  state.refuses = new Error("EROFS: read-only file system.");
  state.lost = true;
  await clock.advance(CHECK_EVERY);
  const since = conditions.all()[0]!.since;
  assert.deepEqual(holding(), [
    "routes-missing: The route was removed. pacd cannot put that right (EROFS: read-only file system). pacd tries again after 2 s. Look at `ip route`.",
  ]);
  await clock.advance(600_000);
  assert.equal(conditions.all()[0]!.since, since);
  assert.equal(log.length, 1);
  assert.ok(state.attempts > 8 && state.attempts < 20, `${state.attempts}`);
  state.refuses = undefined;
  await clock.advance(61_000);
  assert.deepEqual([holding(), log.at(-1)], [[], "This is over"]);
});

test("what is undone again and again is put back more and more seldom, and the condition says so", async () => {
  const { clock, log, state, watch, holding } = host();
  watch.begin();
  const seen = new Set<string>();
  for (let second = 0; second < 600; second += 1) {
    state.lost = true;
    await clock.advance(1000);
    for (const sentence of holding()) seen.add(sentence);
  }
  assert.ok(state.attempts < 20, `${state.attempts} attempts`);
  assert.ok(log.length < 60, `${log.length} lines`);
  assert.match(
    [...seen].at(-1)!,
    /put right \d+ times in a row, and something on this host undoes it\. pacd tries again after 60 s\./,
  );
});

test("an attempt that takes its time is the only one, and the stop waits for it", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let attempts = 0;
  const { clock, state, watch, holding } = host({
    async putBack() {
      attempts += 1;
      await promise;
      state.lost = false;
    },
  });
  watch.begin();
  state.lost = true;
  await clock.advance(10 * CHECK_EVERY);
  assert.equal(attempts, 1);
  let stopped = false;
  const stopping = watch.stop().then(() => {
    stopped = true;
  });
  await clock.advance(0);
  assert.equal(stopped, false);
  resolve();
  await stopping;
  assert.deepEqual([holding(), watch.repairs()["routes"]], [[], 1]);
  state.lost = true;
  await clock.advance(10 * CHECK_EVERY);
  assert.equal(attempts, 1);
  assert.equal(clock.pending(), 0);
});

test("an attempt that fails later on is a condition as well", async () => {
  const { clock, state, watch, holding } = host({
    putBack: () => Promise.reject(new Error("nft is missing")),
  });
  watch.begin();
  state.lost = true;
  await clock.advance(CHECK_EVERY);
  assert.match(holding()[0]!, /cannot put that right \(nft is missing\)/);
});

test("an attempt that nobody refuses and that changes nothing has failed", async () => {
  const { clock, state, watch, holding } = host({ putBack() {} });
  watch.begin();
  state.lost = true;
  await clock.advance(CHECK_EVERY);
  assert.match(holding()[0]!, /cannot put that right \(it did not help\)/);
  assert.equal(watch.repairs()["routes"], 0);
});

test("what is not ours to set is a condition alone", async () => {
  const { clock, log, state, watch, holding } = host({ putBack: undefined });
  watch.begin();
  state.lost = true;
  await clock.advance(5 * CHECK_EVERY);
  assert.deepEqual(holding(), ["routes-missing: The route was removed. Look at `ip route`."]);
  state.lost = false;
  await clock.advance(CHECK_EVERY);
  assert.deepEqual([holding(), log.length], [[], 2]);
});

test("who asks gets the state of that moment; who asks often costs no more looks", async () => {
  const { clock, state, watch, holding } = host({ putBack: undefined });
  watch.begin();
  state.lost = true;
  await clock.advance(MAX_AGE);
  watch.refresh();
  assert.equal(holding().length, 1);
  const { looks } = state;
  for (let i = 0; i < 20; i += 1) watch.refresh();
  assert.equal(state.looks, looks);
});

test("where the kernel does not let pacd look that is said once, and nothing is called wrong", async () => {
  const { clock, log, watch, holding } = host({
    problem() {
      throw new Error("EPERM");
    },
  });
  watch.begin();
  await clock.advance(10 * CHECK_EVERY);
  assert.deepEqual([holding(), log.length], [[], 1]);
});

/** Another thing of the host that is as it should be. */
const sound = (change: Partial<HostPart>): HostPart => ({
  name: "address",
  subject: "",
  code: "interface-address-missing",
  remedy: "",
  problem: () => undefined,
  putBack: undefined,
  ...change,
});

test("while what is watched is changed nothing is looked at; then the new parts are, at once", async () => {
  const { clock, state, watch } = host();
  watch.begin();
  state.lost = true;
  let looks = 0;
  await watch.change(async () => {
    await clock.advance(10 * CHECK_EVERY);
    assert.deepEqual([state.looks, state.attempts], [1, 0]);
    const problem = () => {
      looks += 1;
      return undefined;
    };
    return [sound({ problem })];
  });
  assert.equal(looks, 1);
  await clock.advance(CHECK_EVERY);
  assert.deepEqual([looks, state.looks], [2, 1]);
});

test("a condition of a part that is watched no more is over; one of the same part holds since before", async () => {
  const { clock, conditions, state, watch } = host();
  watch.begin();
  state.lost = true;
  state.refuses = new Error("EROFS: read-only file system.");
  await clock.advance(CHECK_EVERY);
  const [before] = conditions.all();
  await clock.advance(CHECK_EVERY);
  const same = sound({ name: "routes", code: "routes-missing", problem: () => "Another route was removed." });
  await watch.change(async () => [same]);
  assert.equal(conditions.all()[0]!.since, before!.since);
  assert.match(conditions.all()[0]!.sentence, /^Another route/);
  await watch.change(async () => [sound({})]);
  assert.deepEqual(conditions.all(), []);
});

test("a change that is refused leaves everything watched as it was", async () => {
  const { clock, state, watch } = host();
  watch.begin();
  await assert.rejects(
    watch.change(() => Promise.reject(new Error("no"))),
    { message: "no" },
  );
  state.lost = true;
  await clock.advance(CHECK_EVERY);
  assert.deepEqual([state.lost, state.attempts], [false, 1]);
});
