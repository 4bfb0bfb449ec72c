import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { loadAddon } from "../../../../server/platform/native/addon.ts";
import { openTunInterface } from "../../../../server/platform/tun-interface.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";

const ADDON = new URL("../../../../server/platform/native/addon.ts", import.meta.url).href;

/**
 * A worker that opens and watches a raw socket and the TUN `name`, and says so. It runs `onPacket` for a
 * first GRE packet that it sends to itself, and goes on.
 */
function holder(name: string, onPacket = ""): Worker {
  const code = `
    const { parentPort } = require("node:worker_threads");
    import(${JSON.stringify(ADDON)}).then(({ loadAddon }) => {
      const addon = loadAddon();
      const raw = addon.openRaw();
      const tun = addon.openTun(${JSON.stringify(name)});
      const one = (value) => Uint32Array.of(value);
      const received = [raw, new Uint8Array(64), 64, 0, one(0), one(0), one(0), one(0), 1];
      addon.watch(raw, () => { addon.receiveRaw(...received); ${onPacket} });
      addon.watch(tun, () => {});
      parentPort.postMessage({ raw, tun });
      addon.sendRaw(raw, new Uint8Array(4), one(0), one(4), one(0x7f000001), one(0), 1);
    });`;
  return new Worker(code, { eval: true });
}

const exists = (name: string) => existsSync(`/sys/class/net/${name}`);
const descriptors = () => readdirSync("/proc/self/fd").length;

test("several threads load the addon and hold ports of their own", async () => {
  const workers = [holder("ut4"), holder("ut5")];
  await Promise.all(workers.map((worker) => once(worker, "message")));
  assert.ok(exists("ut4") && exists("ut5"));
  await Promise.all(workers.map((worker) => worker.terminate()));
});

test("a port belongs to the thread that opened it", async () => {
  const worker = holder("ut4");
  const [{ raw, tun }] = await once(worker, "message");
  for (const fd of [raw, tun]) assert.throws(() => loadAddon().close(fd), TypeError);
  await worker.terminate();
});

test("a terminated worker leaves neither interface nor descriptor, however often", async () => {
  const round = async () => {
    const worker = holder("ut4");
    await once(worker, "message");
    await worker.terminate();
    assert.ok(!exists("ut4"));
  };
  await round();
  const before = descriptors();
  for (let i = 0; i < 5; i++) await round();
  assert.equal(descriptors(), before);
});

test("a worker that ends itself leaves no interface", async () => {
  await once(holder("ut4", "process.exit()"), "exit");
  assert.ok(!exists("ut4"));
});

test("a callback that throws is an uncaught error of its own thread", async () => {
  const worker = holder("ut4", 'throw new Error("from the callback")');
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const error = await new Promise<Error>((resolve) => worker.once("error", resolve));
  await ended;
  assert.equal(error.message, "from the callback");
  assert.ok(!exists("ut4"));
});

/**
 * A worker that opens the next queue of the interface `name`, and tells the last octet of the destination of
 * each packet.
 */
function reader(name: string): Worker {
  const code = `
    const { parentPort } = require("node:worker_threads");
    import(${JSON.stringify(ADDON)}).then(({ loadAddon }) => {
      const addon = loadAddon();
      const fd = addon.openTunQueue(${JSON.stringify(name)});
      const bytes = new Uint8Array(2048);
      addon.watch(fd, () => {
        if (addon.readTun(fd, bytes, 2048, 0, new Uint32Array(1), new Uint32Array(1), 1) === 1) parentPort.postMessage(bytes[19]);
      });
      parentPort.postMessage("open");
    });`;
  return new Worker(code, { eval: true });
}

test("each worker reads its own queue of an interface that the main thread steers", async () => {
  const tun = openTunInterface("ut6", 2);
  const workers: Worker[] = [];
  for (let i = 0; i < 2; i++) {
    workers.push(reader("ut6"));
    await once(workers[i]!, "message");
  }
  const local = parseIpv4("10.77.0.1")!;
  const network = { address: parseIpv4("10.77.0.0")!, prefix: 24 };
  tun.configure({ local, mtu: octets(1400), routes: [network] });
  tun.steer(parseIpv4("10.77.0.10")!, 1);
  const told = Promise.all(workers.map((worker) => once(worker, "message")));
  const socket = createSocket("udp4");
  for (const address of ["10.77.0.10", "10.77.0.11"]) socket.send("x", 9, address);
  assert.deepEqual(await told, [[11], [10]]);
  socket.close();
  tun.close();
  assert.ok(exists("ut6"), "the workers hold it");
  await Promise.all(workers.map((worker) => worker.terminate()));
  assert.ok(!exists("ut6"));
});
