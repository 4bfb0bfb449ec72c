import assert from "node:assert/strict";
import { test } from "node:test";
import type { Condition } from "../../server/conditions/conditions.ts";
import { ServiceSide, serviceStatus } from "../../server/service-side.ts";
import { millis, seconds } from "../../server/wire/units.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

function service(watchdog?: number) {
  const clock = new VirtualClock();
  const told: string[] = [];
  const logged: string[] = [];
  const state = { status: "0 sessions are up", answers: true };
  const side = new ServiceSide({
    manager: {
      ready: (text) => told.push(`ready: ${text}`),
      reloading: () => told.push("reloading"),
      stopping: (text) => told.push(`stopping: ${text}`),
      status: (text) => told.push(`status: ${text}`),
      alive: () => told.push("alive"),
    },
    watchdog,
    clock,
    log: { warn: (_, text) => logged.push(text), error: (_, text) => logged.push(text) },
    status: () => state.status,
    answers: () => (state.answers ? Promise.resolve() : new Promise(() => {})),
  });
  return { side, clock, told, logged, state };
}

test("the manager hears that pacd serves, and of each change of its state", async () => {
  const { side, clock, told, state } = service();
  side.begin();
  await clock.advance(seconds(10));
  assert.deepEqual(told, ["ready: 0 sessions are up"]);
  state.status = "1 session is up";
  await clock.advance(seconds(10));
  side.end(undefined);
  await clock.advance(seconds(10));
  assert.deepEqual(told.slice(1), ["status: 1 session is up", "stopping: Saying goodbye to the clients"]);
});

test("the watchdog hears of pacd four times in its time, while threads answer", async () => {
  const { side, clock, told } = service(4000);
  side.begin();
  await clock.advance(seconds(4));
  assert.equal(told.filter((line) => line === "alive").length, 5);
});

test("a thread that does not answer keeps the watchdog waiting, and the log says so once", async () => {
  const { side, clock, told, logged, state } = service(4000);
  side.begin();
  await clock.advance(millis(500));
  state.answers = false;
  await clock.advance(seconds(20));
  assert.equal(told.filter((line) => line === "alive").length, 2);
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /does not answer/);
});

test("a reload is told, and what came of it", () => {
  const { side, told } = service();
  side.begin();
  side.reloading()();
  assert.deepEqual(told.slice(1), ["reloading", "ready: 0 sessions are up"]);
});

test("an end by a mistake says why; and it is told once", () => {
  const { side, told } = service();
  side.begin();
  side.end("The interface pac0 is gone.");
  side.end(undefined);
  assert.deepEqual(told.slice(1), ["stopping: Ending: The interface pac0 is gone."]);
});

test("the status names first what keeps clients from being served", () => {
  const condition = (code: string, ready: boolean) =>
    ({ code, ready, sentence: "This is wrong.", subject: "" }) as unknown as Condition;
  assert.equal(serviceStatus(1, []), "1 session is up");
  assert.equal(
    serviceStatus(2, [condition("redirects-on", true), condition("nat-missing", false)]),
    "2 sessions are up; nat-missing: This is wrong. (and 1 more: pacctl status)",
  );
});
