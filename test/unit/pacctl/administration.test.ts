import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { Io } from "../../../pacctl/io.ts";
import { type Bench, bench, TOKEN } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

let b: Bench;
let files: Map<string, string>;
let io: Partial<Io> & Pick<Io, "fetch">;
beforeEach(async () => {
  b = await bench();
  files = new Map();
  io = {
    fetch: injected(b.app),
    env: { PACD_TOKEN: TOKEN, HOME: "/h", USER: "anna" },
    stdin: async () => "correct horse battery\n",
    readFile: async (path) => {
      const text = files.get(path);
      if (text === undefined) throw Object.assign(new Error("none"), { code: "ENOENT" });
      return text;
    },
    writePrivate: async (path, text) => void files.set(path, text),
  };
});
afterEach(() => b.app.close());

const run = async (...argv: readonly string[]) => {
  const { code, out, err } = await pacctl(argv, io);
  assert.equal(err, "");
  assert.equal(code, 0);
  return out;
};

test("an administrator is added, listed, shown, changed, gets a password and is removed", async () => {
  assert.equal(
    await run("admin", "list"),
    "No administrators. pacctl admin add NAME --role admin adds one.\n",
  );
  assert.equal(
    await run("admin", "add", "anna", "--role", "admin", "--password-stdin"),
    "Added administrator anna, admin.\n",
  );
  assert.match(
    await run("admin", "add", "bert", "--role", "viewer", "--disabled"),
    /^Added administrator bert, viewer\.\nPassword: [2-9A-Za-z]{20}\n$/,
  );
  assert.equal(
    await run("admin", "list"),
    "NAME  ROLE    ENABLED  LAST LOG-IN  FROM\n" +
      "anna  admin   yes      -            -\n" +
      "bert  viewer  no       -            -\n",
  );
  assert.match(
    await run("admin", "set", "bert", "--enable", "--role", "operator"),
    /Role {10}operator\nLog-ins {7}taken\n/,
  );
  assert.match(await run("admin", "set", "bert", "--rename", "Bertram"), /^Name {10}Bertram\n/);
  assert.match(await run("admin", "show", "bertram"), /Added {9}2026-03-01 10:00:00Z by token admin\n/);
  io = {
    ...io,
    askHidden: async (question) => (question === "New password of anna: " ? "another password" : ""),
  };
  assert.equal(
    await run("admin", "password", "anna"),
    "anna has the new password; log-ins with the old one are over.\n",
  );
  const refused = await pacctl(["admin", "remove", "anna"], io);
  assert.match(refused.err, /last administrator who is enabled/);
  assert.notEqual(refused.code, 0);
  assert.equal(await run("admin", "remove", "anna", "--last"), "Removed administrator anna.\n");
});

test("a token is made, listed, shown and revoked; what is sent is printed once, alone", async () => {
  const token = await run(
    "token",
    "create",
    "prometheus",
    "--role",
    "viewer",
    "--source",
    "10.0.0.5",
    "10.1.0.0/16",
    "--expires",
    "2027-01-01T00:00Z",
  );
  assert.match(token, /^pacd_[A-Za-z0-9_-]{49}\n$/);
  assert.match(
    await run("token", "show", "prometheus"),
    /Expires {5}2027-01-01 00:00:00Z\nTaken from {2}10\.0\.0\.5, 10\.1\.0\.0\/16\nLast used {3}never\n/,
  );
  const list = await run("token", "list");
  assert.match(list, /^NAME {8}KIND {3}ROLE {6}EXPIRES/);
  assert.match(list, /\nprometheus {2}token {2}viewer/);
  assert.ok(!list.includes("pacd_"));
  assert.equal(await run("token", "revoke", "prometheus"), "Revoked prometheus.\n");
  const gone = await pacctl(["token", "show", "prometheus"], io);
  assert.match(gone.err, /There is no token "prometheus"/);
});

test("several are shown and revoked at once; one that is not there is told, and the others are done", async () => {
  for (const name of ["a", "b"]) await run("token", "create", name, "--role", "viewer");
  assert.match(await run("tokens", "show", "a", "b"), /^Name {8}a\n.*\n\nName {8}b\n/s);
  const { code, out, err } = await pacctl(["token", "revoke", "a", "none", "b"], io);
  assert.deepEqual([code, out], [9, "Revoked a.\nRevoked b.\n"]);
  assert.match(err, /There is no token "none"/);
});

test("the token of the file alone is rotated", async () => {
  const { code, err } = await pacctl(["token", "rotate", "prometheus"], io);
  assert.equal(code, 2);
  assert.match(err, /only admin is rotated/);
});

const LOG_INS = "/h/.config/pacd/log-ins.json";

test("a log-in is kept for this user and server, used from then on, and forgotten at the log-out", async () => {
  await run("admin", "add", "anna", "--role", "operator", "--password-stdin");
  io = { ...io, env: { HOME: "/h", USER: "anna" } };
  assert.equal(
    await run("log-in", "--password-stdin"),
    "anna is logged in with the role operator until 2026-03-01 22:00:00Z.\n",
  );
  const kept = JSON.parse(files.get(LOG_INS)!)["http://127.0.0.1:8723"];
  assert.deepEqual([kept.name, kept.expiresAt], ["anna", "2026-03-01T22:00:00.000Z"]);
  assert.match(await run("status"), /./);
  assert.match((await pacctl(["token", "list"], io)).err, /the administrator "anna" has the role operator/);
  const later = await pacctl(["status"], { ...io, now: () => new Date("2026-03-01T22:00:00Z") });
  assert.match(later.err, /No API token/);
  assert.equal(await run("log-out"), "anna is logged out.\n");
  assert.equal(files.get(LOG_INS), "{}\n");
  assert.match((await pacctl(["log-out"], io)).err, /Nobody is logged in at http:\/\/127\.0\.0\.1:8723/);
  assert.equal((await b.call("GET", "/api/v1/tokens")).body.includes("log-in"), false);
});

test("a wrong password keeps nothing, and without a terminal the password has to come by standard input", async () => {
  await run("admin", "add", "anna", "--role", "viewer", "--password-stdin");
  const wrong = await pacctl(["log-in", "--password-stdin"], { ...io, stdin: async () => "wrong password" });
  assert.match(wrong.err, /No administrator has this name and this password/);
  assert.match(
    (await pacctl(["log-in"], io)).err,
    /no terminal to ask at: give the password with --password-stdin/,
  );
  assert.equal(files.size, 0);
});

test("the socket of the pacd of this host comes first, where it lets this user in and nothing else is said", async () => {
  const asked: unknown[] = [];
  const socket = "/run/pacd/admin.sock";
  const seen: Io["fetch"] = async (url, init, trust) => {
    asked.push([url, new Headers(init.headers).has("authorization"), trust]);
    return injected(b.app)(url, { ...init, headers: { authorization: `Bearer ${TOKEN}` } });
  };
  const open = { ...io, env: {}, fetch: seen, canConnect: async (path: string) => path === socket };
  for (const argv of [["status"], ["--url", "http://127.0.0.1:9", "--socket", "/x.sock", "status"]])
    await pacctl(argv, open);
  await pacctl(["status"], { ...open, env: { PACD_TOKEN: TOKEN } });
  assert.deepEqual(asked, [
    ["http://localhost/api/v1/status", false, { socket }],
    ["http://localhost/api/v1/status", false, { socket: "/x.sock" }],
    ["http://127.0.0.1:8723/api/v1/status", true, undefined],
  ]);
  const refused = Object.assign(new Error("x"), { code: "EACCES" });
  const closed = await pacctl(["--socket", socket, "status"], {
    ...open,
    fetch: () => Promise.reject(refused),
  });
  assert.match(
    closed.err,
    /pacd does not answer at \/run\/pacd\/admin\.sock \(permission denied\)\. Root, and the group/,
  );
});
