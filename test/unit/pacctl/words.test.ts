import assert from "node:assert/strict";
import { test } from "node:test";
import { Command } from "commander";
import { ALIASES, addAliases } from "../../../pacctl/aliases.ts";
import { bench } from "../../support/admin-api.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

const never = async () => assert.fail("no request expected");

test("several users at once, by other words of the commands", async () => {
  const b = await bench();
  const call = (line: string) => pacctl(line.split(" "), { fetch: injected(b.app) });
  try {
    for (const name of ["anna", "bob", "carl"]) await call(`users add ${name}`);
    assert.match((await call("user show anna bob")).out, /^Name +anna\n[\s\S]*\n\nName +bob\n/);
    assert.equal(
      (await call("user disable anna bob")).out,
      "User anna is disabled.\nUser bob is disabled.\n",
    );
    assert.equal((await call("user unlock anna bob")).out.split("\n").length, 3);
    assert.equal((await call("users ls -o name")).out, "anna\nbob\ncarl\n");
    const { code, out, err } = await call("user rm anna nobody bob");
    assert.deepEqual([code, out], [9, "Removed user anna.\nRemoved user bob.\n"]);
    assert.equal(err, 'pacctl: There is no user "nobody".\npacctl: 2 of 3 were done.\n');
    const json = JSON.parse((await call("user show carl nobody --json")).err).error;
    assert.deepEqual([json.code, json.exitCode, json.errors[0].name], ["partly-done", 9, "nobody"]);
  } finally {
    await b.app.close();
  }
});

test("no two words of one command are the same", () => {
  const words = Object.entries(ALIASES).flatMap(([name, aliases]) => [name, ...aliases]);
  assert.equal(new Set(words).size, words.length);
});

test("a command of its own keeps its word", () => {
  const program = new Command();
  program.command("user");
  program.command("users");
  addAliases(program);
  assert.deepEqual(
    program.commands.map((one) => one.aliases()),
    [[], []],
  );
});

test("help user add is the help of that command, and needs no server", async () => {
  const { code, out } = await pacctl(["help", "user", "add"], { fetch: never, env: {} });
  assert.deepEqual([code, /^Usage: pacctl users?\|?\w* add /.test(out)], [0, true], out);
  assert.equal(
    (await pacctl(["help"], { fetch: never })).out,
    (await pacctl(["--help"], { fetch: never })).out,
  );
});

test("help of a command that is not there names those that are", async () => {
  const { code, err } = await pacctl(["help", "user", "nonsense"], { fetch: never });
  assert.equal(code, 2);
  assert.match(err, /There is no command "nonsense": pacctl user has add, list, show, /);
});
