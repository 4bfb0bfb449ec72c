import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fromElsewhere, type Lockfile, withoutIntegrity } from "../../deploy/release/lockfile.ts";

const lock: Lockfile = JSON.parse(readFileSync(join(import.meta.dirname, "../../package-lock.json"), "utf8"));

test("package-lock.json has the SHA-512 of every package", () => {
  assert.ok(Object.keys(lock.packages).length > 100);
  assert.deepEqual(withoutIntegrity(lock), []);
});

test("package-lock.json names no registry but the public one", () => {
  assert.deepEqual(fromElsewhere(lock), []);
});

test("each of these is found", () => {
  const integrity = `sha512-${"A".repeat(86)}==`;
  const found = (entry: object, path = "node_modules/a/node_modules/@b/c") =>
    withoutIntegrity({ packages: { [path]: { version: "1.2.3", ...entry } } });
  assert.deepEqual(found({ integrity }), []);
  assert.deepEqual(found({}), ["@b/c@1.2.3: npm view @b/c@1.2.3 dist.integrity"]);
  assert.equal(found({ integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" }).length, 1);
  assert.deepEqual(found({ link: true }), []);
  assert.deepEqual(found({}, ""), []);
  const from = (resolved: string) => fromElsewhere({ packages: { "node_modules/a": { resolved } } }).length;
  assert.equal(from("https://registry.npmjs.org/a/-/a-1.0.0.tgz"), 0);
  assert.equal(from("https://npm.example.com/a/-/a-1.0.0.tgz"), 1);
  assert.equal(from("https://registry.npmjs.org.example.com/a.tgz"), 1);
});
