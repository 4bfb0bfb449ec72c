import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { ONE_REQUEST, stopOnSignals } from "../../server/stop-signals.ts";
import { millis } from "../../server/wire/units.ts";

/** A process that is told to stop; `stopped` and `failing` end the stop, and what it did is in `did`. */
function told() {
  const signals = new EventEmitter();
  const did: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let now = 0;
  stopOnSignals({
    signals,
    clock: { now: () => millis(now) },
    say: () => {},
    stop: () => {
      did.push("stop");
      return promise;
    },
    exit: (code) => did.push(`exit ${code}`),
    failed: (error) => did.push(`failed ${error.message}`),
  });
  return {
    did,
    signal: (name: "SIGTERM" | "SIGINT" | "SIGHUP", after = 0) => {
      now += after;
      signals.emit(name);
    },
    stopped: async () => {
      resolve();
      await promise;
    },
    failing: async () => {
      reject(new Error("no goodbye"));
      await promise.catch(() => {});
    },
  };
}

for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  test(`${name} stops, and the process ends with 0 once that is done`, async () => {
    const pacd = told();
    pacd.signal(name);
    assert.deepEqual(pacd.did, ["stop"]);
    await pacd.stopped();
    assert.deepEqual(pacd.did, ["stop", "exit 0"]);
  });
}

test("the copy of a signal that npm hands on does not cut the goodbyes short", async () => {
  const pacd = told();
  pacd.signal("SIGINT");
  pacd.signal("SIGINT", ONE_REQUEST);
  assert.deepEqual(pacd.did, ["stop"]);
  await pacd.stopped();
  assert.deepEqual(pacd.did, ["stop", "exit 0"]);
});

test("a second request later on ends at once, with 1", () => {
  const pacd = told();
  pacd.signal("SIGTERM");
  pacd.signal("SIGINT", ONE_REQUEST + 1);
  assert.deepEqual(pacd.did, ["stop", "exit 1"]);
});

test("a stop that fails is reported", async () => {
  const pacd = told();
  pacd.signal("SIGTERM");
  await pacd.failing();
  assert.deepEqual(pacd.did, ["stop", "failed no goodbye"]);
});
