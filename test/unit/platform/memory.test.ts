import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { collectGarbage, giveMemoryBack } from "../../../server/platform/memory.ts";

/** Has 40 MB of garbage in its old space, then says how many MB the heap has before and after. */
const PROGRAM = `
  import { collectGarbage } from ${JSON.stringify(import.meta.resolve("../../../server/platform/memory.ts"))};
  const megabytes = () => Math.round(process.memoryUsage().heapTotal / 1e6);
  let kept = Array.from({ length: 40 }, () => new Array(125_000).fill(0.5));
  gc();
  kept = [];
  const before = megabytes();
  collectGarbage();
  console.log(before - megabytes());
`;

test("what the start leaves behind leaves the heap", () => {
  const words = ["--expose-gc", "--input-type=module-typescript", "--eval", PROGRAM];
  const given = execFileSync(process.execPath, words, { encoding: "utf8" });
  assert.ok(Number(given) >= 35, `${given.trim()} MB`);
});

test("without the flag that shows the garbage collector nothing happens", () => {
  assert.equal(globalThis.gc, undefined);
  collectGarbage();
});

test("memory is given back as often as one likes", () => {
  giveMemoryBack();
  giveMemoryBack();
});
