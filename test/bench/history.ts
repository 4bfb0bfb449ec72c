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

/** What each took, the shortest first. */
async function all(work: () => unknown, times: number): Promise<readonly number[]> {
  const took: number[] = [];
  for (let n = 0; n < times; n++) took.push(await timed(work));
  return took.sort((a, b) => a - b);
}

const share = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)]!;

const median = async (work: () => unknown, times = 51) => share(await all(work, times), 0.5);

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
say(`who had one on either side           ${ms(await median(() => page({ address: "10.77.3.7", at })))}`);
say(`where a user was at a moment         ${ms(await median(() => page({ user: "user-7", at })))}`);
say(`of a group that is gone              ${ms(await median(() => page({ groupName: "gone" })))}`);
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

let n = 0;

/** What a log-in asks of the records, and what it leaves there: medians of so many, and the p95 of that. */
async function logIns(into: Store, times: number): Promise<readonly [number, number, number]> {
  const user = () => `id-of-user-${n % 500}`;
  const asks = await all(() => into.sessions.hasBeenFrom(user(), `203.0.${n % 113}.7`, at), times);
  const writes = await all(async () => {
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
  }, times);
  return [share(asks, 0.5), share(writes, 0.5), share(writes, 0.95)];
}

const empty = await open(mkdtempSync(join(folder, "empty-")));
await logIns(store, 200);
await logIns(empty, 200);
const rounds: (readonly number[])[] = [];
for (let round = 0; round < 9; round++) {
  const first = round % 2 === 0 ? store : empty;
  const one = await logIns(first, 200);
  const other = await logIns(first === store ? empty : store, 200);
  rounds.push(first === store ? [...one, ...other] : [...other, ...one]);
}
const [asks, writes, slow, asksEmpty, writesEmpty, slowEmpty] = [0, 1, 2, 3, 4, 5].map((at) =>
  share(
    rounds.map((round) => round[at]!).sort((a, b) => a - b),
    0.5,
  ),
) as [number, number, number, number, number, number];
say(`a log-in asks where the user was     ${ms(asks)}; with nothing on record ${ms(asksEmpty)}`);
say(`a dial and its session are written   ${ms(writes)}; with nothing on record ${ms(writesEmpty)}`);
say(`… the p95 of that                    ${ms(slow)}; with nothing on record ${ms(slowEmpty)}`);
const [{ forget }] = store.forgettable as [Store["forgettable"][number]];
const forgotten = await all(() => forget("2026-01-01T00:00:00.000Z", 20), 1000);
say(
  `twenty are forgotten, of 1,000 times  ${ms(share(forgotten, 0.5))}; p95 ${ms(share(forgotten, 0.95))}, longest ${ms(forgotten.at(-1)!)}`,
);
history.close();
await store.close();
await empty.close();
