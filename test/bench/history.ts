import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { MIGRATIONS } from "../../migrations/index.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { openHistory } from "../../server/store/history/read-only.ts";
import { readSessions } from "../../server/store/history/read-page.ts";
import { totalsOf } from "../../server/store/history/totals.ts";
import { openDatabase } from "../../server/store/open-database.ts";
import { openStore } from "../../server/store/open-store.ts";
import type { Store } from "../../server/store/store-types.ts";

// What a million sessions on record cost: bin/node test/bench/history.ts [COUNT]. Everything in one process,
// so that times compare; of each question the median of several answers.

const count = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), "pacd-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const say = (text: string) => process.stdout.write(`${text}\n`);
const BEFORE = Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name < "0008"));
const open = (directory: string): Promise<Store> =>
  openStore({
    directory,
    version: "0.0.0",
    clock: systemClock,
    log: silent,
    conditions: { raise() {}, clear() {} },
    ntHash: () => new Uint8Array(16),
  });

/** Of 400 days, 500 users and 1,000 addresses; one in fifty lasts for two days. */
function fill(file: string): void {
  const sqlite = new SqliteDatabase(file);
  const begun = Date.parse("2025-10-26T00:00:00Z");
  const insert = sqlite.prepare(
    `INSERT INTO sessions (id, attempt_id, user_id, user, user_key, client_address, assigned_address, encryption, mtu,
      connected_at, disconnected_at, end_reason, rx_bytes, tx_bytes, rx_packets, tx_packets)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'mppe-128-stateless', 1400, ?, ?, ?, 1000000, 5000000, 9000, 9000)`,
  );
  sqlite.transaction(() => {
    for (let n = 0; n < count; n++) {
      const id = `${((n * 2654435761) % 2 ** 32).toString(16).padStart(8, "0")}-${String(n).padStart(12, "0")}`;
      const at = begun + (n / count) * 400 * 86_400_000;
      const lasted = n % 50 === 0 ? 2 * 86_400_000 : 3_600_000 + (n % 7) * 600_000;
      const user = `user-${n % 500}`;
      insert.run(
        id,
        id,
        `id-of-${user}`,
        user,
        user,
        `203.0.${n % 113}.${n % 251}`,
        `10.77.${n % 4}.${n % 250}`,
        new Date(at).toISOString(),
        new Date(at + lasted).toISOString(),
        n % 1000 === 0 ? "link-lost" : "client-hung-up",
      );
    }
  })();
  sqlite.close();
}

async function timed<T>(work: () => T | Promise<T>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function median(work: () => unknown, times = 15): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < times; n++) all.push(await timed(work));
  return all.sort((a, b) => a - b)[Math.floor(times / 2)]!;
}

const ms = (n: number) => `${n < 10 ? n.toFixed(2) : n.toFixed(0)} ms`;

const opening = { directory: folder, clock: systemClock, log: silent };
const fresh = await openDatabase({ ...opening, steps: BEFORE, prepare: async () => {} });
await fresh.file.close(fresh.db, silent);
say(`${count} sessions are put on record …`);
fill(join(folder, "pacd.db"));
const before = new SqliteDatabase(join(folder, "pacd.db"), { readonly: true });
const WHO = `SELECT * FROM sessions WHERE assigned_address = ? AND connected_at <= ? AND disconnected_at > ?`;
const at = "2026-03-03T10:00:00.000Z";
const old = await median(() => before.prepare(WHO).all("10.77.3.7", at, at), 5);
before.close();
let store!: Store;
say(`the upgrade with its copy            ${ms(await timed(async () => (store = await open(folder))))}`);
const history = openHistory(store.databaseFile);
const page = (filter: object, sort = "connectedAt" as const, after?: [string, number]) =>
  readSessions(history, filter, { sort, descending: true, after, most: 101 });
say(`who had an address, before           ${ms(old)}`);
say(
  `who had an address, now              ${ms(await median(() => page({ assignedAddress: "10.77.3.7", at })))}`,
);
say(`who was up at a moment               ${ms(await median(() => page({ at })))}`);
say(`the newest hundred                   ${ms(await median(() => page({})))}`);
say(`a user's newest hundred              ${ms(await median(() => page({ user: "user-7" })))}`);
say(
  `from a network, /24                  ${ms(await median(() => page({ clientAddress: "203.0.7.0/24" })))}`,
);
say(`that ended for a rare reason         ${ms(await median(() => page({ endReason: "link-lost" })))}`);
say(`a page from the middle               ${ms(await median(() => page({}, "connectedAt", [at, 1])))}`);
say(`in another thread, the largest first ${ms(await median(() => page({}, "rxBytes" as never), 3))}`);
const window = { day: null, from: "2026-02-01T00:00:00.000Z", to: "2026-03-01T00:00:00.000Z" };
const question = { filter: {}, by: ["user"] as const, inMemory: [], now: at };
say(`in another thread, totals of a month ${ms(await median(() => totalsOf(history, question, window), 3))}`);

/** What a log-in asks of the records, and what it leaves there. */
async function logIns(into: Store): Promise<readonly [number, number]> {
  let n = 0;
  const asks = await median(() => into.sessions.hasBeenFrom("id-of-user-7", "203.0.7.7", at), 200);
  const writes = await median(async () => {
    const id = `new-${n++}`;
    const counters = { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 };
    const now = new Date().toISOString();
    const [user, clientAddress, assignedAddress] = [
      `user-${n % 500}`,
      `203.0.${n % 113}.9`,
      `10.77.1.${n % 250}`,
    ];
    into.records.begin({ id, startedAt: now, clientAddress });
    const names = { id, attemptId: id, userId: `id-of-${user}`, user, clientAddress, assignedAddress };
    into.records.open({ ...names, encryption: "none", mtu: 1400, connectedAt: now });
    into.records.close(id, { at: now, reason: "link-lost", ...counters });
    into.records.update(id, { endedAt: now, sessionId: id, verdict: "link-lost" });
    await into.records.settled();
  }, 200);
  return [asks, writes];
}

const empty = await open(mkdtempSync(join(folder, "empty-")));
for (const round of [1, 2]) {
  const [asks, writes] = await logIns(store);
  const [asksEmpty, writesEmpty] = await logIns(empty);
  if (round === 1) continue;
  say(`a log-in asks where the user was     ${ms(asks)}; with nothing on record ${ms(asksEmpty)}`);
  say(`a dial and its session are written   ${ms(writes)}; with nothing on record ${ms(writesEmpty)}`);
}
const [{ forget }] = store.forgettable as [Store["forgettable"][number]];
const forgotten = await median(() => forget("2026-01-01T00:00:00.000Z", 20), 100);
say(`twenty are forgotten                 ${ms(forgotten)}`);
history.close();
await store.close();
await empty.close();
