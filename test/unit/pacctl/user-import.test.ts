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

const FIXTURES = join(import.meta.dirname, "../../fixtures/import");

let b: Bench;
let folder: string;

beforeEach(async () => {
  b = await bench();
  folder = mkdtempSync(join(tmpdir(), "pacd-import-"));
});
afterEach(async () => {
  await b.app.close();
  rmSync(folder, { recursive: true });
});

/** Standard input for `-`. */
async function* nothing(): AsyncGenerator<Uint8Array> {}

const call = (argv: readonly string[], io: Partial<Io> = {}) =>
  pacctl(["user", "import", ...argv], {
    fetch: injected(b.app),
    createPrivate,
    readInput: (path, limit) => readInput(path, nothing(), limit),
    ...io,
  });

/** A file of mode 0600 with this text. */
function file(text: string | Uint8Array, name = "users"): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const names = async () => (await b.store.users.list({ limit: 1000 })).items.map(({ name }) => name);

test("a dry run shows each user, what cannot be taken over, and what pacd would refuse, in 80 columns", async () => {
  await call([file("name,comment,rate-down\nbert,old,\n"), "--passwords", join(folder, "p")]);
  const path = file(
    "name,password,comment,address,rate-down\nanna,secret,Room 7,10.77.0.20,10M\nbert,,new,,2M\ncarl,,,10.99.0.1,\ndora,x,,,fast\nerik,,,,\n",
  );
  const { code, out, err } = await call([path, "--dry-run", "--update"]);
  assert.equal(
    out,
    [
      "LINE  USER  WOULD   WHAT",
      "2     anna  create  comment=Room 7, staticAddress=10.77.0.20, rateDown=10000000",
      "3     bert  change  comment: old -> new",
      "                    rateDown: none -> 2000000",
      "4     carl  REFUSE  10.99.0.1 is outside the pools: 10.77.0.0/24.",
      "6     erik  create  password generated",
      "",
      "Not taken over as it stands there:",
      "line 5: rateDown: Write it in bits a second, like 10M, 1.5M or 512k.",
      "",
      "Refused:",
      "line 4, carl: 10.99.0.1 is outside the pools: 10.77.0.0/24.",
      "",
      "Nothing was done. It would have been: 2 added, 1 changed, 1 refused.",
      "",
    ].join("\n"),
  );
  for (const line of out.split("\n")) assert.ok(line.length <= 80, line);
  assert.match(err, /is read as CSV, since its first line\s+names\s+columns/);
  assert.match(err, /2 lines of the file would not be taken over\.\n$/);
  assert.equal(code, 9);
  assert.deepEqual(await names(), ["bert"]);
});

test("users are added; those who are there stay, and are changed with --update by what the file says alone", async () => {
  const path = file("name,password,comment\nanna,secret,one\nbert,other,two\n");
  assert.deepEqual(await call([path]).then(({ code, out }) => [code, out]), [0, "Done: 2 added.\n"]);
  assert.ok(await b.opens("anna", "secret"));
  await b.call("PATCH", "/api/v1/users/anna", { comment: "mine", rateUp: 9_000_000 });
  assert.equal((await call([path])).out, "Done: 2 there already, which stay (--update changes them).\n");
  assert.equal((await b.store.users.find("anna"))?.comment, "mine");
  assert.equal((await call([path, "--update"])).out, "Done: 1 changed, 1 unchanged.\n");
  const anna = await b.store.users.find("anna");
  assert.deepEqual([anna?.comment, anna?.rateUp], ["one", 9_000_000]);
});

test("an empty cell takes back what was decided, with --update", async () => {
  await b.call("POST", "/api/v1/groups", { name: "staff" });
  await b.call("POST", "/api/v1/users", {
    name: "anna",
    group: "staff",
    comment: "x",
    rateUp: 9_000_000,
    labels: { a: "b" },
  });
  assert.equal(
    (await call([file("name,group,comment,rateUp,labels\nanna,,,,\n"), "--update"])).out,
    "Done: 1 changed.\n",
  );
  const anna = await b.store.users.find("anna");
  assert.deepEqual(
    [anna?.group, anna?.comment, anna?.rateUp, anna?.labels, anna?.own],
    [null, "", null, {}, []],
  );
});

test("generated passwords are in a new file of mode 0600 alone, and it can be imported again", async () => {
  const passwords = join(folder, "passwords.csv");
  const path = file('name\nanna\n"b, c"\n');
  const { code, out, err } = await call([path, "--passwords", passwords]);
  assert.equal(code, 0);
  assert.equal(
    out.replaceAll(/\s+/g, " "),
    `Done: 2 added. 2 generated passwords: ${passwords} (mode 0600). `,
  );
  assert.equal(statSync(passwords).mode & 0o777, 0o600);
  const [head, anna, other] = readFileSync(passwords, "utf8").split("\n");
  const secret = anna!.split(",")[1]!;
  assert.equal(head, "name,password");
  assert.match(other!, /^"b, c",.{20}$/);
  assert.ok(await b.opens("anna", secret));
  assert.ok(!(out + err).includes(secret));
  assert.equal((await call([passwords, "--update"])).out, "Done: 2 unchanged.\n");
});

test("without a place for passwords nothing is done; nor where the file is there already", async () => {
  const path = file("name,password\nanna,\nbert,x\ncarl,\n");
  const { code, err } = await call([path]);
  assert.equal(code, 2);
  assert.match(
    err,
    /2 users of the file have no password \(line 2, 4\), and nothing was done: --passwords FILE/,
  );
  const there = file("mine", "there");
  const again = await call([path, "--passwords", there]);
  assert.equal(again.code, 2);
  assert.match(again.err, /is there already, and nothing was done: name a new file/);
  assert.equal(readFileSync(there, "utf8"), "mine");
  assert.deepEqual(await names(), []);
});

test("passwords are on the disk before pacd has them, so that a connection that breaks loses none", async () => {
  const passwords = join(folder, "passwords.csv");
  const inner = injected(b.app);
  let seen = "";
  const fetch: Io["fetch"] = async (url, init) => {
    if (!url.includes("dryRun=true")) {
      seen = readFileSync(passwords, "utf8");
      await inner(url, init);
      throw new TypeError("fetch failed", {
        cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }),
      });
    }
    return inner(url, init);
  };
  const { code, err } = await call([file("name\nanna\n"), "--passwords", passwords], { fetch });
  assert.equal(code, 9);
  assert.match(
    err,
    /1 user of the file was not done\. Of 1 user \(lines 2 to 2\) no answer came: they may be stored\./,
  );
  assert.match(seen, /^name,password\nanna,.{20}\n$/);
  assert.ok(await b.opens("anna", seen.split(/[,\n]/)[3]!));
  assert.equal(
    (await call([file("name\nanna\n")])).out,
    "Done: 1 there already, which stay (--update changes them).\n",
  );
});

/** So many users that it takes three requests. */
const MANY = `name,password\n${Array.from({ length: 600 }, (_, i) => `user${i},p${i}\n`).join("")}`;

test("Ctrl-C lets the request end, says what was not done, and the same command goes on", async () => {
  let interrupt = () => {};
  const inner = injected(b.app);
  const fetch: Io["fetch"] = async (url, init) => {
    const answer = await inner(url, init);
    if (!url.includes("dryRun=true")) interrupt();
    return answer;
  };
  const { code, out, err } = await call([file(MANY)], {
    fetch,
    onInterrupt: (task) => {
      interrupt = task;
    },
  });
  assert.equal(code, 9);
  assert.equal(out, "Done: 250 added.\n");
  assert.match(err, /Interrupted: 350 users of the file were not done\. The same command again goes on/);
  assert.equal(
    (await call([file(MANY)])).out,
    "Done: 350 added, 250 there already, which stay (--update changes them).\n",
  );
});

test("progress is written over on a terminal, and nowhere else", async () => {
  const screen = { columns: 80, errIsTerminal: true };
  const { err } = await call([file(MANY), "--dry-run"], { screen });
  const clear = "\r\u001b[K";
  assert.ok(err.endsWith(`${clear}0 of 600 users${clear}250 of 600 users${clear}500 of 600 users${clear}`));
  assert.doesNotMatch((await call([file(MANY), "--dry-run"])).err, /\r/);
});

test("a row that pacd refuses leaves the others; the exit code is 9, the sentence names line and user", async () => {
  const { code, out, err } = await call([file('name,password\nanna,x\nbe/rt,y\ncarl,""""\n')]);
  assert.deepEqual([code, out], [9, "Done: 2 added, 1 refused.\n"]);
  assert.match(err, /^line 3, be\/rt: The user name must not contain "\/"\.$/m);
});

test("a group that there is not is told before anything is sent", async () => {
  const { code, err } = await call([file("name,password\nanna,x\n"), "--group", "staff"]);
  assert.equal(code, 5);
  assert.match(err, /staff/);
  assert.deepEqual(await names(), []);
});

test("as JSON there is one document, without a password, and errors are JSON too", async () => {
  const { code, out, err } = await call([
    join(FIXTURES, "mpd.secret"),
    "--passwords",
    join(folder, "p.csv"),
    "--json",
  ]);
  const answer = JSON.parse(out);
  assert.deepEqual(
    [answer.format, answer.created, answer.refused, answer.users[3], answer.notTakenOver.length],
    ["mpd", 6, 0, { line: 5, name: "helge", did: "created", generated: true }, 3],
  );
  assert.equal(JSON.parse(err.slice(err.indexOf("{"))).error.exitCode, 9);
  assert.equal(code, 9);
  assert.doesNotMatch(out, /akd|password1/);
});

for (const [name, more, added] of [
  ["office.csv", [], 4],
  ["excel.csv", [], 3],
  ["pptpd.chap-secrets", [], 11],
  ["old.chap-secrets", ["--encoding", "latin1"], 2],
  ["accel.chap-secrets", ["--map-pool", "office-pool=guests"], 5],
  ["compact.rsc", ["--all-services"], 6],
  ["verbose.rsc", [], 2],
  ["router.rsc", [], 2],
  ["mpd.secret", [], 6],
] as const)
  test(`${name}: pacd takes all of it that was read, and finds nothing to do a second time`, async () => {
    const path = join(FIXTURES, name);
    const { out } = await call([path, ...more, "--passwords", join(folder, "p.csv")]);
    assert.match(out, new RegExp(`^Done: ${added} added\\.`));
    assert.equal(await b.store.users.count(), added);
    assert.equal((await call([path, ...more, "--update"])).out, `Done: ${added} unchanged.\n`);
  });

test("files that are missing, too large, or no list of users are told in words", async () => {
  const missing = await call([join(folder, "none")]);
  assert.equal(missing.code, 2);
  assert.match(missing.err, /cannot be read \(ENOENT\)/);
  const large = await call([file(Buffer.alloc(33 * 1024 * 1024, 0x61))]);
  assert.equal(large.code, 2);
  assert.match(large.err, /is longer than 32 MiB/);
  const binary = await call([file(Uint8Array.of(0x61, 0, 0x62))]);
  assert.match(binary.err, /Line 1 holds a NUL/);
});

test("a file with passwords that others may read is told", async () => {
  const path = join(folder, "open");
  writeFileSync(path, "name,password\nanna,x\n", { mode: 0o644 });
  assert.match((await call([path])).err, /holds passwords, and others may read it: chmod 600 /);
  assert.doesNotMatch((await call([file("name,password\nbert,x\n")])).err, /chmod/);
});

test("standard input is read with -", async () => {
  async function* piped(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("name,pass");
    yield Buffer.from("word\nanna,x\n");
  }
  const { out, err } = await call(["-"], { readInput: (path, limit) => readInput(path, piped(), limit) });
  assert.equal(out, "Done: 1 added.\n");
  assert.match(err, /Standard input is read as CSV/);
});
