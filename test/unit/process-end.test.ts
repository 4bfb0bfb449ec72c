import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { END_LIMIT, ONE_REQUEST, ProcessEnd } from "../../server/process-end.ts";
import { IGNORED, listenToSignals, RELOADING, STOPPING } from "../../server/signals.ts";
import { millis } from "../../server/wire/units.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

/** A process that is told to end; `stopped` and `failing` end the stop, and what it did is in `did`. */
function told() {
  const signals = new EventEmitter();
  const clock = new VirtualClock();
  const did: string[] = [];
  const logged: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const end = new ProcessEnd({
    clock,
    log: { error: (_fields, text) => logged.push(text) },
    say: () => {},
    stop: (failure) => {
      did.push(failure === undefined ? "stop" : `stop: ${failure}`);
      return promise;
    },
    exit: (code) => did.push(`exit ${code}`),
  });
  listenToSignals({
    signals,
    stop: () => end.request(),
    reload: () => did.push("reload"),
    note: (sentence) => did.push(sentence),
  });
  return {
    did,
    logged,
    clock,
    fail: (sentence: string) => end.fail(sentence, new Error(sentence)),
    signal: async (name: string, after = 0) => {
      await clock.advance(millis(after));
      signals.emit(name);
    },
    stopped: async () => {
      resolve();
      await promise;
    },
    failing: async () => {
      reject(new Error("no goodbye"));
      await clock.advance(millis(0));
    },
  };
}

for (const name of STOPPING) {
  test(`${name} stops, and the process ends with 0 once that is done`, async () => {
    const pacd = told();
    await pacd.signal(name);
    assert.deepEqual(pacd.did, ["stop"]);
    await pacd.stopped();
    assert.deepEqual(pacd.did, ["stop", "exit 0"]);
  });
}

test("SIGHUP reads the configuration again each time, and ends nothing", async () => {
  const pacd = told();
  await pacd.signal(RELOADING);
  await pacd.signal(RELOADING, 5_000);
  assert.deepEqual(pacd.did, ["reload", "reload"]);
});

for (const name of IGNORED) {
  test(`${name} ends nothing, however often it comes, and is told to the log`, async () => {
    const pacd = told();
    await pacd.signal(name);
    await pacd.signal(name, ONE_REQUEST + 1);
    assert.equal(pacd.did.length, 2);
    for (const line of pacd.did) assert.match(line, new RegExp(`^${name} came, and pacd goes on: .*SIGTERM`));
  });
}

test("the copy of a signal that npm hands on does not cut the goodbyes short", async () => {
  const pacd = told();
  await pacd.signal("SIGINT");
  await pacd.signal("SIGINT", ONE_REQUEST);
  assert.deepEqual(pacd.did, ["stop"]);
  await pacd.stopped();
  assert.deepEqual(pacd.did, ["stop", "exit 0"]);
});

test("a second request later on ends at once, with 1", async () => {
  const pacd = told();
  await pacd.signal("SIGTERM");
  await pacd.signal("SIGINT", ONE_REQUEST + 1);
  assert.deepEqual(pacd.did, ["stop", "exit 1"]);
});

test("a stop that fails is reported, and ends with 70", async () => {
  const pacd = told();
  await pacd.signal("SIGTERM");
  await pacd.failing();
  assert.deepEqual(pacd.did, ["stop", "exit 70"]);
  assert.match(pacd.logged[0]!, /could not end as it should/);
});

test("a stop that hangs ends by itself, with 1", async () => {
  const pacd = told();
  await pacd.signal("SIGTERM");
  await pacd.clock.advance(END_LIMIT);
  assert.deepEqual(pacd.did, ["stop", "exit 1"]);
});

test("where pacd cannot go on it says why, stops with that reason and asks to be started again", async () => {
  const pacd = told();
  pacd.fail("The tunnel interface pac0 is gone.");
  assert.deepEqual(pacd.did, ["stop: The tunnel interface pac0 is gone."]);
  assert.match(pacd.logged[0]!, /^The tunnel interface pac0 is gone\. .* exit code 75: start it again\.$/);
  await pacd.stopped();
  assert.equal(pacd.did[1], "exit 75");
});

test("what fails while pacd ends is logged and changes nothing", async () => {
  const pacd = told();
  pacd.fail("one");
  pacd.fail("two");
  assert.deepEqual([pacd.did, pacd.logged[1]], [["stop: one"], "While pacd ended: two"]);
  await pacd.failing();
  assert.equal(pacd.did[1], "exit 75");
});

test("an end that hangs after a failure still asks to be started again", async () => {
  const pacd = told();
  pacd.fail("one");
  await pacd.clock.advance(END_LIMIT);
  assert.deepEqual(pacd.did, ["stop: one", "exit 75"]);
});

test("a request while pacd fails waits for the goodbyes; a second one does not", async () => {
  const pacd = told();
  pacd.fail("one");
  await pacd.signal("SIGTERM");
  assert.equal(pacd.did.length, 1);
  await pacd.signal("SIGTERM", ONE_REQUEST + 1);
  assert.deepEqual(pacd.did, ["stop: one", "exit 75"]);
});
