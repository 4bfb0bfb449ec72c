import SqliteDatabase from "better-sqlite3";
import { bench, NOW } from "../support/admin-api.ts";
import { AskedServer } from "./stage/asked-server.ts";

// What lists of users cost the main thread: bin/node test/bench/user-lists.ts [USERS]. Who asks is another
// process. One in ten is in a group, one in five has a label, one in fifty is disabled, one in a hundred has
// never logged in, one in 200 is expired, 2,000 are connected.

const count = Number(process.argv[2] ?? 50_000);
const clock = { now: Date.parse(NOW) };
const { app, call, store, concentrator } = await bench({ now: () => new Date(clock.now) });
await call("POST", "/api/v1/users", { name: "seed", password: "as fast as it goes" });
await call("POST", "/api/v1/groups", { name: "sales" });

const SHARES: Readonly<Record<string, string>> = {
  id: "'u' || value",
  name: "printf('user-%05d', value)",
  name_key: "printf('user-%05d', value)",
  group_id: "CASE WHEN value % 10 = 0 THEN (SELECT id FROM groups) END",
  labels: `CASE WHEN value % 5 = 0 THEN json_object('site', value % 7 || '') ELSE '{}' END`,
  comment: "'desk ' || value",
  last_log_in_at: "CASE WHEN value % 100 <> 0 THEN printf('2026-02-%02dT10:00:00.000Z', value % 28 + 1) END",
  enabled: "value % 50 <> 0",
  valid_until: "CASE WHEN value % 200 = 0 THEN '2026-01-01T00:00:00.000Z' END",
};

const sqlite = new SqliteDatabase(store.databaseFile);
const columns = sqlite.pragma("table_info(users)") as readonly { readonly name: string }[];
const names = columns.map(({ name }) => name);
sqlite.exec(`WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${count})
  INSERT INTO users (${names.join(", ")})
  SELECT ${names.map((name) => SHARES[name] ?? name).join(", ")} FROM users, n WHERE users.name = 'seed'`);
sqlite.close();
const connected = Array.from({ length: 2000 }, (_, n) => `u${n * 3 + 1}`);
Object.assign(concentrator, { connectedUsers: () => connected });

const server = await AskedServer.start(app);
process.stdout.write(`${count} users, a page of a hundred:\n`);
for (const query of [
  "",
  "?q=user-49",
  "?q=nobody",
  "?label=site",
  "?label=site:3",
  "?label=nothing",
  "?group=sales",
  "?group=sales&q=nobody",
  "?neverLoggedIn=true",
  "?connected=true",
  "?connected=false",
  "?enabled=false",
  "?expired=true",
  "?passwordExpired=true",
  "?address=10.77.0.7",
  "?sort=createdAt",
  "?sort=-lastLogInAt",
  "?sort=-lastLogInAt&expired=true",
  "?limit=1000",
]) {
  // Nobody asks more often than one token may.
  const cost = await server.ask(`/api/v1/users${query}`, 21, 1, () => {
    clock.now += 1000;
  });
  process.stdout.write(
    `${query.padEnd(34)} ${cost.cpu.toFixed(1)} ms, longest turn ${cost.turn.toFixed(1)} ms\n`,
  );
}
await server.close();
