import assert from "node:assert/strict";
import { test } from "node:test";
import { sources } from "./rules/source.ts";
import { machinePaths, tooLong, tooWide, unfinished } from "./rules/text.ts";

const FOLDERS = "{server,admin-api,pacctl,ladder,verdicts,migrations,test,bin,deploy,docs,.ci}";
const code = sources(`${FOLDERS}/**/*.{ts,c,h,sh}`);
const texts = [
  ...code,
  ...sources(`${FOLDERS}/**/*.{md,toml,json,service}`, "*.{md,json}", "bin/*", ".ci/*"),
];

test("no file is longer than 300 lines", () => {
  assert.ok(code.length > 100);
  assert.deepEqual(code.flatMap(tooLong), []);
});

test("no comment is wider than 110 characters", () => {
  assert.deepEqual(code.flatMap(tooWide), []);
});

test("nothing is marked as left to do", () => {
  assert.deepEqual(texts.flatMap(unfinished), []);
});

test("nothing names a path of one machine", () => {
  assert.deepEqual(texts.flatMap(machinePaths), []);
});

test("every property has the one seed: fast-check is used by way of test/support/fc.ts", () => {
  const users = code.filter(({ text }) => /^import .*"fast-check"/m.test(text)).map(({ path }) => path);
  assert.deepEqual(users, ["test/support/fc.ts"]);
});

test("each of these is found", () => {
  const path = "server/wire/reader.ts";
  assert.equal(tooLong({ path, text: "\n".repeat(300) }).length, 0);
  assert.equal(tooLong({ path, text: "\n".repeat(301) }).length, 1);
  const wide = "x".repeat(108);
  assert.deepEqual(tooWide({ path, text: `a;\n// ${wide}\n  // ${wide.slice(4)}\n` }), [`${path}:2`]);
  assert.equal(tooWide({ path, text: `/** ${wide} */\n * ${wide}\n` }).length, 2);
  assert.equal(tooWide({ path, text: `const text = "${wide}";\n` }).length, 0);
  const mark = `TO${"DO"}`;
  assert.deepEqual(unfinished({ path, text: `a\n// ${mark}: b\n` }), [`${path}:2: ${mark}`]);
  assert.equal(unfinished({ path, text: `const ${mark}s = mas${mark};` }).length, 0);
  const file = `../sha${"red"}/facts`;
  assert.equal(machinePaths({ path, text: `see ${file}` }).length, 1);
  assert.equal(machinePaths({ path: "test/unit/a.test.ts", text: `see ${file}` }).length, 0);
  for (const folder of [`/wo${"rk"}/main`, `/ro${"ot"}/x`, `/ho${"me"}/anna/x`]) {
    assert.equal(machinePaths({ path, text: `"${folder}"` }).length, 1, folder);
  }
  assert.equal(machinePaths({ path, text: `an artwork/${"ro"}ot/x and dev/ro${"ot"}/` }).length, 0);
});
