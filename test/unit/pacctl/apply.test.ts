import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { readInput } from "../../../pacctl/input-file.ts";
import type { Io } from "../../../pacctl/io.ts";
import { createPrivate } from "../../../pacctl/private-file.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

let b: Bench;
let folder: string;

beforeEach(async () => {
  b = await bench();
  folder = mkdtempSync(join(tmpdir(), "pacd-apply-"));
});
afterEach(async () => {
  await b.app.close();
  rmSync(folder, { recursive: true });
});

async function* nothing(): AsyncGenerator<Uint8Array> {}

const call = (argv: readonly string[], io: Partial<Io> = {}) =>
  pacctl(argv, {
    fetch: injected(b.app),
    createPrivate,
    readInput: (path, limit) => readInput(path, nothing(), limit),
    ...io,
  });

/** A document of mode 0600. */
function file(text: string): string {
  const path = join(folder, "pacd.yaml");
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const STAFF = `# who works here
groups:
  - name: staff
    rateDown: 10000000
users:
  - name: anna
    group: staff
    password: secret
    labels: { department: sales }
  - name: bert
    password: "007"
    allowedHours:
      - mon-fri 08:00-18:00
`;

test("the difference is shown in 80 columns, then made; a second time there is nothing to do", async () => {
  const path = file(STAFF);
  const dry = await call(["apply", "-f", path, "--dry-run"]);
  assert.equal(
    dry.out,
    [
      "WOULD   WHAT   NAME   CHANGE",
      "create  group  staff  rateDown=10000000",
      "create  user   anna   group=staff, labels=department=sales",
      "create  user   bert   allowedHours=mon-fri 08:00-18:00",
      "",
      "Nothing was done. It would have been: 3 added.",
      "",
    ].join("\n"),
  );
  for (const line of dry.out.split("\n")) assert.ok(line.length <= 80, line);
  assert.deepEqual([dry.code, dry.err, await b.store.users.count()], [0, "", 0]);
  const first = await call(["apply", "-f", path]);
  assert.deepEqual([first.code, first.out.split("\n").at(-2)], [0, "Done: 3 added."]);
  assert.ok(await b.opens("bert", "007"));
  const second = await call(["apply", "-f", path]);
  assert.deepEqual([second.code, second.out], [0, "Nothing to do: 3 unchanged.\n"]);
});

test("a change says what it was", async () => {
  await call(["apply", "-f", file(STAFF)]);
  const { out } = await call(["apply", "-f", file(STAFF.replace("department: sales", "department: it"))]);
  assert.equal(
    out,
    [
      "WOULD   WHAT  NAME  CHANGE",
      "change  user  anna  labels: department=sales -> department=it",
      "Done: 1 changed, 2 unchanged.",
      "",
    ].join("\n"),
  );
});

test("what is not in the document stays; --prune removes it, when it was asked or --yes was said", async () => {
  await call(["user", "add", "zoe"]);
  const path = file(STAFF);
  await call(["apply", "-f", path]);
  assert.notEqual(await b.store.users.find("zoe"), undefined);
  const unasked = await call(["apply", "-f", path, "--prune"]);
  assert.equal(unasked.code, 2);
  assert.equal(unasked.err, "pacctl: 1 user would be removed: --yes does it. Nothing was done.\n");
  const questions: string[] = [];
  const answering = (answer: string) => ({
    askLine: async (question: string) => {
      questions.push(question);
      return answer;
    },
  });
  assert.equal((await call(["apply", "-f", path, "--prune"], answering(""))).code, 2);
  assert.notEqual(await b.store.users.find("zoe"), undefined);
  const asked = await call(["apply", "-f", path, "--prune"], answering("y"));
  assert.deepEqual(questions, ["Remove 1 user? [y/N] ", "Remove 1 user? [y/N] "]);
  assert.deepEqual([asked.code, asked.out.split("\n").at(-2)], [0, "Done: 1 removed, 3 unchanged."]);
  assert.equal(await b.store.users.find("zoe"), undefined);
  await call(["user", "add", "zoe"]);
  assert.equal((await call(["apply", "-f", path, "--prune", "--yes"])).code, 0);
  assert.equal(await b.store.users.find("zoe"), undefined);
});

test("one row that is refused: nothing is done, its line is told, and the code is that of the reason", async () => {
  const path = file(`${STAFF}  - name: carl\n    password: x\n    staticAddress: 10.99.0.1\n`);
  const { code, err } = await call(["apply", "-f", path]);
  assert.equal(
    err,
    `pacctl: ${path}, line 16: user "carl": 10.99.0.1 is outside the pools: 10.77.0.0/24.\npacctl: Nothing was done.\n`,
  );
  assert.deepEqual([code, await b.store.users.count()], [7, 0]);
  await call(["apply", "-f", file("users: [{ name: carl, password: x, staticAddress: 10.77.0.9 }]")]);
  const taken = await call([
    "apply",
    "-f",
    file("users: [{ name: dora, password: x, staticAddress: 10.77.0.9 }]"),
  ]);
  assert.equal(taken.code, 6);
  const json = await call(["apply", "-f", file("users: [{ name: e/f, password: x }]"), "--json"]);
  const { error } = JSON.parse(json.err);
  assert.deepEqual(
    [error.exitCode, error.errors[0].code, error.errors[0].field],
    [7, "invalid-name", "name"],
  );
});

for (const [what, text, says] of [
  [
    "a field that there is not",
    "users:\n  - name: anna\n    rateup: 5\n",
    'line 3: there is no field of a user "rateup"; did you mean "rateUp"?',
  ],
  [
    "a part that there is not",
    "user:\n  - name: anna\n",
    'line 1: there is no part "user"; did you mean "users"?',
  ],
  ["a name that is a number", "users:\n  - name: 7\n", 'line 2: "name" must be a text: write it in quotes.'],
  [
    "a field of users in a group",
    "groups:\n  - name: a\n    staticAddress: 10.77.0.5\n",
    'line 3: there is no field of a group "staticAddress"; there are',
  ],
  ["a user without a name", "users:\n  - name: anna\n  - comment: x\n", 'line 3: a user has no "name".'],
  ["a list that is none", "users: anna\n", 'line 1: "users" must be a list; [] is an empty one.'],
  ["nothing", "", 'line 1: the document must have "groups" or "users".'],
  [
    "a value of another kind",
    "users:\n  - name: anna\n    rateUp: 10M\n",
    'line 3: "rateUp" must be a whole number, or null.',
  ],
  [
    "one of several words",
    "users:\n  - name: anna\n    encryption: maybe\n",
    'line 3: "encryption" must be required or optional.',
  ],
] as const)
  test(`${what} is told with its line, and nothing is done`, async () => {
    const path = file(text);
    const { code, err } = await call(["apply", "-f", path]);
    assert.equal(code, 7);
    assert.ok(err.startsWith(`pacctl: ${path}, ${says}`), err);
    assert.ok(err.endsWith("pacctl: Nothing was done.\n"));
    assert.equal(await b.store.users.count(), 0);
  });

test("what is no YAML is told with its line, and so is a field that stands twice", async () => {
  for (const [text, says] of [
    ["users:\n  - name: anna\n   comment: x\n", /line 3: this is no YAML or JSON/],
    ["users:\n  - name: anna\n    name: bert\n", /line 3: this is no YAML or JSON \(duplicate key\)/],
    [`users: ${"[".repeat(200_000)}`, /nested too deeply|no YAML/],
  ] as const) {
    const { code, err } = await call(["apply", "-f", file(text)]);
    assert.equal(code, 2);
    assert.match(err, says);
  }
});

test("a value that only pacd knows to be out of bounds is told with the line of its entry", async () => {
  const path = file("groups:\n  - name: a\nusers:\n  - name: anna\n    password: x\n    rateUp: 5\n");
  const { code, err } = await call(["apply", "-f", path]);
  assert.equal(code, 7);
  assert.match(err, /line 4: Entry 1 of the field "users" of the request body must be at least 8000\./);
});

test("passwords that are generated go into a new file of mode 0600, and only then to pacd", async () => {
  const path = file("users:\n  - name: anna\n");
  const refused = await call(["apply", "-f", path]);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /1 new user without a password \(anna\), and nothing was done: --passwords FILE/);
  const passwords = join(folder, "passwords.csv");
  const { code, out } = await call(["apply", "-f", path, "--passwords", passwords]);
  assert.equal(code, 0);
  assert.equal(statSync(passwords).mode & 0o777, 0o600);
  const secret = readFileSync(passwords, "utf8").split(/[,\n]/)[3]!;
  assert.ok(await b.opens("anna", secret));
  assert.ok(!out.includes(secret));
  assert.equal((await call(["apply", "-f", path])).out, "Nothing to do: 1 unchanged.\n");
});

test("JSON is a document too, from standard input", async () => {
  async function* piped(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{\n\t"users": [{"name": "anna", "password": "x", "enabled": false}]\n}\n');
  }
  const io = { readInput: (path: string, limit: number) => readInput(path, piped(), limit) };
  assert.equal((await call(["apply", "-f", "-"], io)).code, 0);
  assert.equal((await b.store.users.find("anna"))?.enabled, false);
});

test("a document with passwords that others may read is told", async () => {
  const path = join(folder, "open.yaml");
  writeFileSync(path, "users: [{ name: anna, password: x }]", { mode: 0o644 });
  assert.match(
    (await call(["apply", "-f", path])).err,
    /holds passwords, and others may read it: chmod 600 /,
  );
});
