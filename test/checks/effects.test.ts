import assert from "node:assert/strict";
import { test } from "node:test";
import { impurities, sleeps, strayEffects } from "./rules/effects.ts";
import { codeOnly, sources } from "./rules/source.ts";

const code = sources("{server,admin-api,pacctl,ladder,verdicts,migrations}/**/*.ts");

test("sockets, timers, clocks, randomness and the addon stay in server/platform", () => {
  assert.deepEqual(code.flatMap(strayEffects), []);
});

test("the machines import nothing of Node", () => {
  assert.deepEqual(code.flatMap(impurities), []);
});

test("no test waits for real time, but for the real client", () => {
  assert.deepEqual(sources("test/**/*.ts").flatMap(sleeps), []);
});

test("each kind of stray effect is found", () => {
  const found = (text: string, path = "server/concentrator/calls/call.ts") =>
    strayEffects({ path, text }).length;
  for (const bad of [
    'import { connect } from "node:net";',
    'import type { Socket } from "node:net";',
    'import { setTimeout as sleep } from "node:timers/promises";',
    'import { execFile } from "node:child_process";',
    "setTimeout(end, 10);",
    "const timer = globalThis.setInterval;",
    "const now = Date.now();",
    "const now = new Date();",
    "const now = performance.now();",
    "const id = Math.random();",
    `const text = \`at $\{Date.now()}\`;`,
    'console.log("here");',
    "const require = createRequire(import.meta.url);",
  ]) {
    assert.ok(found(bad) > 0, bad);
    assert.equal(found(bad, "server/platform/clock.ts"), 0, bad);
  }
  for (const good of [
    'import { randomUUID } from "node:crypto";',
    "const then = new Date(record.startedAt);",
    "// setTimeout would do as well",
    'const text = "Date.now()";',
    "const pattern = /setTimeout|Date.now/;",
    "clock.after(millis(10), end);",
  ]) {
    assert.equal(found(good), 0, good);
  }
});

test("a machine that reads a file is found; a cipher is none", () => {
  const found = (text: string, path: string) => impurities({ path, text }).length;
  assert.equal(found('import { readFileSync } from "node:fs";', "server/ppp/lcp/mru.ts"), 1);
  assert.equal(found('import { createHash } from "node:crypto";', "server/ppp/auth/chap.ts"), 1);
  assert.equal(found('import { readFileSync } from "node:fs";', "pacctl/client/link/link.ts"), 1);
  assert.equal(found('import { createHash } from "node:crypto";', "server/crypto/sha1.ts"), 0);
  assert.equal(found('import { readFileSync } from "node:fs";', "server/store/open.ts"), 0);
});

test("a sleep in a test is found, a mocked timer is none", () => {
  const found = (text: string, path = "test/unit/gre/window.test.ts") => sleeps({ path, text }).length;
  assert.equal(found("await new Promise((resolve) => setTimeout(resolve, 50));"), 1);
  assert.equal(found('import { setTimeout as sleep } from "node:timers/promises";'), 1);
  assert.equal(found('t.mock.timers.enable({ apis: ["setTimeout"] });'), 0);
  assert.equal(found("await sleep(20); setTimeout(end, 1);", "test/support/lab/until.ts"), 0);
});

test("comments, strings, templates and regular expressions are no code", () => {
  const text = `a; // b\n/* c\n d */ e('f\\'g'); h(/[/'"]/); \`i $\{j} k\`; l = m / n / o;`;
  assert.equal(codeOnly(text).replaceAll(/\s+/g, " ").trim(), "a; e( ); h( ); j ; l = m / n / o;");
});
