import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sources } from "./rules/source.ts";
import { statesVersion } from "./rules/version.ts";

const ROOT = join(import.meta.dirname, "../..");
const json = (name: string) => JSON.parse(readFileSync(join(ROOT, name), "utf8"));
const { version } = json("package.json") as { version: string };

test("the version stands in package.json, and in package-lock.json by way of npm", () => {
  const lock = json("package-lock.json");
  assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.deepEqual([lock.version, lock.packages[""].version], [version, version]);
});

test("no source, script, unit or document states it again", () => {
  const files = sources(
    "{server,admin-api,pacctl,ladder,verdicts,migrations,bin,deploy,docs,.ci}/**/*.{ts,c,h,sh,md,toml,service,socket,timer}",
    "deploy/**/files/*",
    "bin/*",
    "{README,ARCHITECTURE,CONTRIBUTING,SECURITY}.md",
  ).filter(({ path }) => !path.startsWith("docs/decisions/")); // they tell of one day
  assert.ok(files.length > 400);
  assert.deepEqual(
    files.flatMap((file) => statesVersion(file, version)),
    [],
  );
});

for (const program of ["pacd", "pacctl"])
  test(`${program} --version says it`, () => {
    const run = spawnSync(join(ROOT, "bin", program), ["--version"], { encoding: "utf8" });
    assert.deepEqual([run.stdout, run.status], [`${version}\n`, 0]);
  });

test("a version that is stated is found; an address or a longer number is none", () => {
  const found = (text: string) => statesVersion({ path: "a.ts", text }, "0.1.0").length;
  assert.equal(found('const VERSION = "0.1.0";'), 1);
  assert.equal(found("see pacd_0.1.0_amd64.deb."), 1);
  assert.equal(found("10.0.1.0/24 0.1.0.2 0.1.01 1.0.1.0"), 0);
});
