import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import type { Io } from "../../../pacctl/io.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { blocksOf } from "../../support/documents/commands.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

const HOOK = "https://hooks.example.com/pacd?key=3q2-7w";
const GIVEN = "a-secret-that-somebody-has-given";

let b: Bench;
let io: Partial<Io> & Pick<Io, "fetch">;
beforeEach(async () => {
  b = await bench();
  io = {
    fetch: injected(b.app),
    stdin: async () => `${GIVEN}\n`,
    readFile: async (path) => {
      if (path === "secret.txt") return `${GIVEN}-of-a-file\n`;
      throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    },
  };
});
afterEach(() => b.app.close());

async function run(...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await pacctl(["webhook", ...argv], io);
  assert.deepEqual([err, code], ["", 0]);
  return out;
}

const only = () => b.store.webhooks.all()[0]!;
const short = () => only().id.slice(0, 8);

test("a web hook is added, and its secret is shown this once", async () => {
  assert.equal(await run("list"), "No web hooks. pacctl webhook add URL adds one.\n");
  const out = await run("add", HOOK, "--type", "session-up,session-down", "--description", "On-call chat");
  assert.equal(
    out,
    `Added web hook ${short()}.\nSecret: ${b.store.webhooks.secretOf(only().id)}\nIt is not shown again: give it to the receiver now.\nTry it: pacctl webhook test ${short()}\n`,
  );
  assert.equal(
    await run("list"),
    "ID        STATE  PENDING  LAST  URL                               DESCRIPTION\n" +
      `${short()}  ok     0        -     https://hooks.example.com/pacd?…  On-call chat\n`,
  );
  assert.equal(
    await run("show", short()),
    `ID            ${only().id}\n` +
      `URL           ${HOOK}\n` +
      "Description   On-call chat\n" +
      "Events        session-up, session-down\n" +
      "State         ok\n" +
      "Pending       0 events wait\n" +
      "Last request  none yet\n" +
      "Added         2026-03-01 10:00:00Z by token admin\n",
  );
});

test("a secret comes from standard input or a file, and is not shown then", async () => {
  assert.doesNotMatch(await run("add", HOOK, "--secret-stdin"), /Secret/);
  assert.equal(b.store.webhooks.secretOf(only().id), GIVEN);
  assert.equal(
    await run("rotate", short(), "--secret-file", "secret.txt"),
    `Web hook ${short()} signs with the new secret.\n`,
  );
  assert.equal(b.store.webhooks.secretOf(only().id), `${GIVEN}-of-a-file`);
  assert.match(await run("rotate", short()), /\nSecret: pacdhook_.*\nIt is not shown again/);
  const none = await pacctl(["webhook", "rotate", short(), "--secret-file", "none"], io);
  assert.deepEqual([none.code, none.err], [2, "pacctl: --secret-file: none cannot be read: no such file.\n"]);
});

test("what is set changes that alone; filters join those that are there", async () => {
  await run("add", HOOK, "--type", "session-up", "--disabled");
  assert.match(await run("show", short()), /State {9}disabled\nLast/);
  assert.match(await run("set", short(), "--user", "anna"), /Events {8}session-up about anna\n/);
  assert.match(await run("set", short(), "--description", "x"), /Events {8}session-up about anna\n/);
  assert.match(
    await run("set", short(), "--everything", "--group", "staff"),
    /Events {8}all about group staff\n/,
  );
  assert.match(await run("set", short(), "--everything"), /Events {8}all\n/);
  const plain = await pacctl(["webhook", "set", short(), "--to", "http://hooks.example.com/"], io);
  assert.equal(plain.code, 7);
  assert.match(plain.err, /^pacctl: http:\/\/ lets everybody on the way read the events.*--allow-plain/);
  assert.match(
    await run("set", short(), "--to", "http://hooks.example.com/", "--allow-plain"),
    /Plain HTTP {4}allowed: everybody on the way reads the events\n/,
  );
  assert.match(await run("enable", short(), "--skip-missed"), /State {9}ok\n/);
  assert.match(await run("disable", short()), /State {9}disabled\n/);
  const id = short();
  assert.equal(await run("remove", id), `Removed web hook ${id}.\n`);
});

test("a test says what came of it, and fails where it was not taken", async () => {
  await run("add", HOOK);
  assert.match(await run("test", short()), /^The test was taken in \d+ ms\. It answered 204\.\n$/);
  assert.match(
    await run("deliveries", short()),
    /^AT {3}EVENT {2}TYPE {2}TRY {2}RESULT +MS +SEEN\nnow {2}- +test {2}1 +delivered +\d+ +It answered 204\.\n$/,
  );
  const failed = await pacctl(["webhook", "test", "none"], io);
  assert.deepEqual([failed.code, failed.err], [5, 'pacctl: There is no web hook "none".\n']);
  assert.equal(await run("deliveries", short(), "--result", "failed"), "Nothing was sent.\n");
  const wrong = await pacctl(["webhook", "deliveries", short(), "--limit", "0"], io);
  assert.equal(wrong.code, 2);
});

test("a test that is not taken ends with 1, and what was seen is said", async (t) => {
  const failed = {
    eventId: null,
    eventType: "test",
    attempt: 1,
    at: "2026-03-01T10:00:00.000Z",
    durationMs: 3.2,
    status: null,
    result: "failed" as const,
    detail: "Nothing listens there: the connection was refused (ECONNREFUSED).",
  };
  const figures = { results: { delivered: 0, failed: 1, "given-up": 0 }, pending: 0, failing: 0 };
  const other = await bench({
    webhooks: { pendingOf: () => 0, figures: () => figures, test: async () => failed },
  });
  t.after(() => other.app.close());
  const at = { fetch: injected(other.app) };
  await pacctl(["webhook", "add", HOOK], at);
  const { code, out, err } = await pacctl(["webhook", "test", other.store.webhooks.all()[0]!.id], at);
  assert.deepEqual(
    [code, out, err],
    [
      1,
      "The test was not taken, after 3 ms. Nothing listens there: the connection was refused (ECONNREFUSED).\n",
      "",
    ],
  );
});

test("one that fails shows since when, what was seen, and when it is tried again", async () => {
  await run("add", HOOK);
  const { id } = only();
  b.store.webhooks.note(
    id,
    {
      attempts: 3,
      failures: 3,
      failingSince: "2026-03-01T09:00:00.000Z",
      nextAt: "2026-03-01T10:20:00.000Z",
    },
    {
      eventId: 7,
      eventType: "session-up",
      attempt: 3,
      at: "2026-03-01T09:50:00.000Z",
      durationMs: 12.4,
      status: 503,
      result: "failed",
      detail: "It answered 503.",
    },
  );
  assert.match(await run("list"), new RegExp(`\n${short()}  failing  \\d+ +10m ago  `));
  assert.match(
    await run("show", short()),
    /State {10}failing\nPending .*\nFailing since {2}2026-03-01 09:00:00Z\nNext try {7}2026-03-01 10:20:00Z, after 3 in vain\nLast request {3}2026-03-01 09:50:00Z failed: session-up 7\. It answered 503\.\n/,
  );
  b.store.webhooks.disable(id, "Nothing was taken since 2026-03-01T09:00:00.000Z.");
  assert.match(await run("list"), /disabled by pacd {2}- /);
  assert.match(await run("show", short()), /State {10}disabled by pacd: Nothing was taken since/);
});

test("a beginning that is of two is told, with both", async () => {
  await run("add", HOOK);
  await run("add", HOOK);
  const { code, err } = await pacctl(["webhook", "show", ""], io);
  assert.equal(code, 6);
  assert.match(err, /^pacctl: Several web hooks begin with "": [0-9a-f]{8} \(https/);
});

test("the commands of docs/webhooks.md do what they say", async () => {
  const path = join(import.meta.dirname, "../../../docs/webhooks.md");
  const commands = blocksOf("docs/webhooks.md", readFileSync(path, "utf8"))
    .flatMap((block) => block.commands)
    .filter((command) => command.startsWith("pacctl webhook "));
  assert.ok(commands.length > 5);
  for (const command of commands) {
    const [, ...words] = command.replace(/ <\S+$/, "").split(" ");
    const argv = words.slice(1).map((word) => (word === "5f0c2a9e" ? short() : word));
    await run(...argv);
  }
  assert.deepEqual(b.store.webhooks.all(), []);
});
