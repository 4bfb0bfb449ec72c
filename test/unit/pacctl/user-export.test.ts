import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { readInput } from "../../../pacctl/input-file.ts";
import type { Io } from "../../../pacctl/io.ts";
import { createFile } from "../../../pacctl/output-file.ts";
import { createPrivate } from "../../../pacctl/private-file.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

let b: Bench;
let folder: string;

beforeEach(async () => {
  b = await bench();
  folder = mkdtempSync(join(tmpdir(), "pacd-export-"));
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
    createFile,
    readInput: (path, limit) => readInput(path, nothing(), limit),
    ...io,
  });

const shown = async (...argv: string[]) => (await call(argv)).out;

/** All that can be decided, decided one way and the other. */
async function everything(): Promise<void> {
  await b.call("POST", "/api/v1/groups", {
    name: "Staff",
    comment: "who works here",
    enabled: true,
    rateDown: 10_000_000,
    allowedHours: [],
    dns: ["10.0.0.53"],
    whenExceeded: "replace",
  });
  await b.call("POST", "/api/v1/users", {
    name: "=formula, really",
    group: "staff",
    comment: '-1 "quoted"',
    labels: { department: "a; b", laptop: "" },
    rateDown: null,
    rateUp: 512_000,
    allowedHours: ["mon-fri 08:00-18:00", "sat 22:00-06:00"],
    allowedDestinations: ["192.0.2.5 tcp 443,8000-8080"],
    allowedSources: [],
    dns: null,
    pool: "guests",
    validUntil: "2027-01-01T00:00:00.000Z",
    sessionTimeout: 28_800,
    maxSessions: 2,
    recoverablePassword: true,
    passwordExpiresAt: "2027-02-01T00:00:00.000Z",
  });
  await b.call("POST", "/api/v1/users", {
    name: "bert",
    enabled: false,
    staticAddress: "10.77.0.9",
    dns: [],
  });
  await b.call("POST", "/api/v1/users", { name: "carl", group: "staff" });
}

for (const form of ["yaml", "json"])
  test(`what is exported as ${form} is applied as it stands: nothing to do; elsewhere it makes the same`, async () => {
    await everything();
    const path = join(folder, `out.${form}`);
    const { code, err } = await call(["user", "export", path]);
    assert.equal(code, 0);
    assert.match(
      err.replaceAll(/\s+/g, " "),
      /3 users and 1 group are in .* \(mode 0600\)\. Passwords are not exported/,
    );
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal((await call(["apply", "-f", path, "--prune"])).out, "Nothing to do: 4 unchanged.\n");
    const text = readFileSync(path, "utf8");
    await b.app.close();
    b = await bench();
    assert.equal((await call(["apply", "-f", path, "--passwords", join(folder, "p.csv")])).code, 0);
    assert.equal(await shown("user", "export", "-o", form), text);
  });

test("what is exported as CSV is imported with --update: all unchanged; elsewhere it makes the same users", async () => {
  await everything();
  const path = join(folder, "users.csv");
  assert.equal((await call(["user", "export", path])).code, 0);
  assert.equal((await call(["user", "import", path, "--update"])).out, "Done: 3 unchanged.\n");
  const text = readFileSync(path, "utf8");
  assert.match(text, /^name,group,comment,labels,enabled,/);
  assert.match(text, /^"'=formula, really",Staff,/m);
  const groups = await shown("user", "export", "-o", "json");
  await b.app.close();
  b = await bench();
  await b.call("POST", "/api/v1/users:apply", { groups: JSON.parse(groups).groups });
  assert.equal((await call(["user", "import", path, "--passwords", join(folder, "p.csv")])).code, 0);
  assert.equal(await shown("user", "export", "-o", "csv"), text);
});

test("an export of some users, and one into a folder that there is not", async () => {
  await everything();
  const { users, groups } = JSON.parse(await shown("user", "export", "-o", "json", "--group", "staff"));
  assert.deepEqual(
    [users.map((one: { name: string }) => one.name), groups.length],
    [["=formula, really", "carl"], 1],
  );
  const { code, err } = await call(["user", "export", join(folder, "none", "x.csv")]);
  assert.equal(code, 2);
  assert.match(err, /cannot be written \(ENOENT\)/);
  assert.equal((await call(["user", "export", "-o", "wide"])).code, 2);
});
