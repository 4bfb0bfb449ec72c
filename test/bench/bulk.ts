import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { ntPasswordHash } from "../../server/crypto/nt-password-hash.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { openStore } from "../../server/store/open-store.ts";
import { bench, listen, TOKEN } from "../support/admin-api.ts";

// What many users at once cost: bin/node test/bench/bulk.ts [USERS] [ROUNDS]. The API serves in this thread,
// as pacd's does; who asks is another thread. Of each request: users a second, processor time of this thread,
// the longest turn of the event loop, and how long a log-in waited at most that asked the database for
// somebody every 10 ms meanwhile.

const say = (text: string) => process.stdout.write(`${text}\n`);

/** In its own thread: sends what it is told, and says how long that took. */
function client(url: string): void {
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  parentPort!.on("message", async ({ path, body }: { path: string; body: string }) => {
    const begun = performance.now();
    const answer = await fetch(`${url}${path}`, { method: "POST", headers, body });
    const { stored, refused } = (await answer.json()) as { stored?: boolean; refused?: number };
    parentPort!.postMessage({ ms: performance.now() - begun, ok: answer.ok && stored && refused === 0 });
  });
}

interface Took {
  readonly ms: number;
  readonly ok: boolean;
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 5000);
  const rounds = Number(process.argv[3] ?? 3);
  const directory = mkdtempSync(join(tmpdir(), "pacd-bench-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const store = await openStore({
    directory,
    version: "0.0.0",
    clock: systemClock,
    log: silent,
    conditions: { raise() {}, clear() {} },
    ntHash: ntPasswordHash,
  });
  const b = await bench({ store });
  await store.users.create({ name: "somebody", password: "p" });
  const worker = new Worker(new URL(import.meta.url), { workerData: await listen(b.app) });
  const send = (path: string, body: object): Promise<Took> =>
    new Promise((resolve) => {
      worker.once("message", resolve);
      worker.postMessage({ path: `/api/v1${path}`, body: JSON.stringify(body) });
    });

  async function measured(what: string, path: string, body: object): Promise<void> {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    let waited = 0;
    let over = false;
    const logIns = (async () => {
      while (!over) {
        const begun = performance.now();
        await store.users.credentials("somebody");
        waited = Math.max(waited, performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    delay.enable();
    const spent = process.threadCpuUsage();
    const { ms, ok } = await send(path, body);
    const { user, system } = process.threadCpuUsage(spent);
    delay.disable();
    over = true;
    await logIns;
    if (!ok) throw new Error(`${what}: not all was done`);
    const rate = Math.round(count / (ms / 1000));
    const figures = [rate, ms, (user + system) / 1000, delay.max / 1e6, waited];
    say(`${what.padEnd(32)}${figures.map((figure) => figure.toFixed(0).padStart(10)).join("")}`);
  }

  const users = (more: object) =>
    Array.from({ length: count }, (_, i) => ({ name: `user-${i}`, comment: `No. ${i}`, ...more }));
  const rows = (what: string, more: object) => ({ rows: users(more).map((one) => ({ do: what, ...one })) });
  const clear = () => send("/users:apply", { prune: true, users: [{ name: "somebody" }] });
  for (let round = 0; round < rounds; round++) {
    say(
      `${`Round ${round + 1}, ${count} users`.padEnd(32)}   users/s        ms    ms CPU      turn    log-in`,
    );
    await measured(
      "batch: add, passwords given",
      "/users:batch",
      rows("create", { password: "some password" }),
    );
    await measured("batch: change", "/users:batch", rows("update", { rateUp: 8_000 }));
    await measured("batch: nothing changes", "/users:batch", rows("update", { rateUp: 8_000 }));
    await measured("batch: remove", "/users:batch", {
      rows: users({}).map(({ name }) => ({ do: "remove", name })),
    });
    await measured("apply: add, passwords generated", "/users:apply", { users: users({}) });
    await measured("apply: change", "/users:apply", { users: users({ rateUp: 8_000 }) });
    await measured("apply: nothing changes", "/users:apply", { users: users({ rateUp: 8_000 }) });
    await clear();
  }
  await worker.terminate();
  await b.app.close();
  await store.close();
}

if (isMainThread) await main();
else client(workerData as string);
