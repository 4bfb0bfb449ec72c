import assert from "node:assert/strict";
import { test } from "node:test";
import type { WorkerEvents } from "../../../../server/data-plane/workers/packet-worker.ts";
import {
  type DataPlaneOptions,
  startDataPlane,
} from "../../../../server/data-plane/workers/worker-data-plane.ts";
import type { WorkerData } from "../../../../server/data-plane/workers/worker-messages.ts";
import { AppError } from "../../../../server/errors/app-error.ts";
import { ClientRoutes } from "../../../../server/platform/client-routes.ts";
import { octets } from "../../../../server/wire/units.ts";
import { address, REORDER, SPEC } from "../../../support/data-plane/bench.ts";

const OPTIONS: DataPlaneOptions = {
  interface: "pac0",
  localAddress: address("10.77.0.1"),
  mtu: octets(1400),
  routes: new ClientRoutes("pac0", [{ address: address("10.77.0.0"), prefix: 24 }]),
  reorder: REORDER,
  workers: 3,
  mppe: "native",
};

/**
 * A host without threads: what is done stands in `done`. `refuses` throws what a step of this name shall
 * throw; a worker opens when the test says so, where `slow`.
 */
function host(
  settings: {
    readonly queues?: number;
    readonly refuses?: ReadonlyMap<string, Error>;
    readonly slow?: number;
  } = {},
) {
  const done: string[] = [];
  const workers: { readonly data: WorkerData; readonly events: WorkerEvents }[] = [];
  const opening = Promise.withResolvers<void>();
  const crashes: Error[] = [];
  const step = (what: string): void => {
    done.push(what);
    const refusal = settings.refuses?.get(what);
    if (refusal !== undefined) throw refusal;
  };
  const start = () =>
    startDataPlane(
      OPTIONS,
      { control() {}, coherencyLost() {}, broken() {}, crashed: (error) => crashes.push(error) },
      {
        openTunInterface(name, queues) {
          step(`${name} with ${queues} queues`);
          return {
            queues: settings.queues ?? queues,
            configure: ({ mtu }) => step(`configured with ${mtu}`),
            steer() {},
            unsteer() {},
            overflowed: () => 0,
            close: () => step("interface closed"),
          };
        },
        launchPacketWorker(data, events) {
          workers.push({ data, events });
          return {
            async open() {
              step(`worker ${data.worker} of ${data.of}`);
              if (data.worker === settings.slow) await opening.promise;
            },
            async answer() {
              step(`worker ${data.worker} answers`);
            },
            send: ({ type }) => step(`${type} to ${data.worker}`),
            close: async () => step(`worker ${data.worker} closed`),
          };
        },
      },
    );
  return { start, done, workers, crashes, open: opening.resolve };
}

const REFUSAL = new AppError("host-no-raw-socket", "no socket");

test("the interface is set up first, then the workers open one after another, in the order of their numbers", async () => {
  const { start, done, workers } = host();
  const plane = await start();
  assert.deepEqual(done, [
    "pac0 with 3 queues",
    "configured with 1400",
    "worker 0 of 3",
    "worker 1 of 3",
    "worker 2 of 3",
  ]);
  assert.equal(plane.loops, 3);
  assert.equal(new Set(workers.map(({ data }) => data.counters.tunnels)).size, 1);
  assert.equal(new Set(workers.map(({ data }) => data.counters.drops)).size, 3);
});

test("all workers load at once, and one waits for the one before to have opened its queue", async () => {
  const { start, done, workers, open } = host({ slow: 1 });
  const starting = start();
  for (let turn = 0; turn < 10; turn += 1) await undefined;
  assert.deepEqual([done.at(-1), workers.length], ["worker 1 of 3", 3]);
  open();
  await starting;
  assert.equal(done.at(-1), "worker 2 of 3");
});

test("all workers have answered when the data plane answers", async () => {
  const { start, done } = host();
  const plane = await start();
  await plane.answers();
  assert.deepEqual(done.slice(-3), ["worker 0 answers", "worker 1 answers", "worker 2 answers"]);
});

test("where the interface can have one queue alone, one worker starts, for all call IDs", async () => {
  const { start, workers } = host({ queues: 1 });
  const plane = await start();
  assert.deepEqual(
    workers.map(({ data }) => [data.worker, data.of]),
    [[0, 1]],
  );
  assert.equal(plane.loops, 1);
});

test("a worker that is refused what it needs ends all of them, then the interface, and says why", async () => {
  const { start, done } = host({ refuses: new Map([["worker 1 of 3", REFUSAL]]) });
  await assert.rejects(start(), REFUSAL);
  assert.deepEqual(done.slice(-5), [
    "worker 1 of 3",
    "worker 0 closed",
    "worker 1 closed",
    "worker 2 closed",
    "interface closed",
  ]);
});

test("an interface that cannot be configured is closed, with the kernel's reason, and no worker is launched", async () => {
  const kernel = (code: string) => Object.assign(new Error(`${code}: no`), { code, syscall: "ioctl" });
  for (const [code, says] of [
    ["EINVAL", /^The tunnel interface pac0 cannot be set up: EINVAL: no\.$/],
    ["EEXIST", /another route leads to the pool's network/],
  ] as const) {
    const { start, done, workers } = host({ refuses: new Map([["configured with 1400", kernel(code)]]) });
    await assert.rejects(start(), { code: "interface-refused", message: says });
    assert.deepEqual([done.slice(2), workers], [["interface closed"], []]);
  }
});

test("a worker that dies while others start ends the start", async () => {
  const { start, done, workers, crashes, open } = host({ slow: 1 });
  const starting = start();
  for (let turn = 0; turn < 10; turn += 1) await undefined;
  const death = new Error("out of memory");
  workers[0]!.events.died(death);
  open();
  await assert.rejects(starting, death);
  assert.deepEqual([done.at(-1), crashes], ["interface closed", []]);
});

test("workers that die are one crash, and nobody waits for them any more", async () => {
  const { start, workers, crashes } = host();
  const plane = await start();
  const added = assert.rejects(plane.addTunnel(SPEC), /has ended/);
  const [first, second] = [new Error("first"), new Error("second")];
  workers[2]!.events.died(first);
  workers[0]!.events.died(second);
  await added;
  assert.equal(crashes.length, 1);
  assert.equal(crashes[0]!.cause, first);
  assert.equal(
    crashes[0]!.message,
    "Thread 2 of those that carry packets died (first), and its clients' packets with it.",
  );
});

test("a worker that has lost its queue says that the interface is gone", async () => {
  const { start, workers, crashes } = host();
  await start();
  const lost = Object.assign(new Error("ENODEV: no such device, read"), { code: "ENODEV", syscall: "read" });
  workers[1]!.events.died(lost);
  assert.match(crashes[0]!.message, /^The tunnel interface pac0 is gone: something on this host has deleted/);
});

test("closing ends the workers before the interface", async () => {
  const { start, done } = host();
  const plane = await start();
  await plane.close();
  assert.deepEqual(done.slice(-4), [
    "worker 0 closed",
    "worker 1 closed",
    "worker 2 closed",
    "interface closed",
  ]);
});
