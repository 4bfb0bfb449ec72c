import assert from "node:assert/strict";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkout, debianPackage, installation } from "../../../server/installation/installation.ts";

const ROOT = join(import.meta.dirname, "../../..");
const WORKER = new URL("../../../server/data-plane/workers/worker.ts", import.meta.url);

test("the sources are a checkout, with its commands, its state and the version of package.json", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  assert.equal(installation.kind, "checkout");
  assert.equal(installation.version, version);
  assert.equal(installation.configFile, undefined);
  assert.equal(installation.stateDirectory, join(ROOT, "var"));
  for (const command of Object.values(installation.commands)) accessSync(command, constants.X_OK);
  assert.ok(existsSync(installation.addonRemedy.replace(/^sh /, "")));
});

test("in a checkout a thread runs its source", () => {
  assert.ok(existsSync(installation.program(WORKER)));
});

test("a package has its programs and its addon in one folder, all else where Debian keeps it", () => {
  const installed = debianPackage("/usr/lib/pacd/app", "1.2.3");
  // What a bundle makes of `new URL("./worker.ts", import.meta.url)`, and of a path among the sources.
  for (const url of ["file:///usr/lib/pacd/app/worker.ts", WORKER.href])
    assert.equal(installed.program(new URL(url)).href, "file:///usr/lib/pacd/app/worker.js");
  assert.deepEqual(
    { ...installed, program: undefined },
    {
      kind: "package",
      version: "1.2.3",
      configFile: "/etc/pacd/pacd.toml",
      exampleFile: "/usr/share/doc/pacd/examples/pacd.toml",
      stateDirectory: "/var/lib/pacd",
      addon: "/usr/lib/pacd/app/pacd.node",
      addonRemedy: "apt-get install --reinstall pacd",
      commands: { pacd: "pacd", pacctl: "pacctl" },
      program: undefined,
    },
  );
});

test("a checkout is told by its folder alone", () => {
  assert.equal(checkout("/srv/pacd", "1.2.3").commands.pacctl, "/srv/pacd/bin/pacctl");
});
