import assert from "node:assert/strict";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { createLogger } from "../../../server/platform/log.ts";

test("a line is JSON with its level, time and text, written when the call returns", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "pacd-log-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "log");
  const descriptor = openSync(path, "w");
  createLogger("info", descriptor).info({ user: "a\u001b[2Jb" }, "one\ntwo");
  closeSync(descriptor);
  const text = readFileSync(path, "utf8");
  assert.equal(text.trimEnd().split("\n").length, 1);
  assert.ok(!text.includes("\u001b"), "a client could paint on the terminal");
  const { level, user, msg } = JSON.parse(text);
  assert.deepEqual([level, user, msg], [30, "a\u001b[2Jb", "one\ntwo"]);
});

test("a full disk under the log ends nothing, and does not fill the memory", async () => {
  // In a thread of its own: what nobody caught would end it with an error.
  const worker = new Worker(
    `const { openSync } = await import("node:fs");
     const { createLogger } = await import(${JSON.stringify(import.meta.resolve("../../../server/platform/log.ts"))});
     const log = createLogger("info", openSync("/dev/full", "w"));
     await new Promise(setImmediate);
     const line = "x".repeat(10_000);
     for (let i = 0; i < 10_000; i++) log.info({}, line);
     await new Promise(setImmediate);`,
    { eval: true, execArgv: ["--input-type=module"], resourceLimits: { maxOldGenerationSizeMb: 64 } },
  );
  const [code] = await once(worker, "exit");
  assert.equal(code, 0);
});
