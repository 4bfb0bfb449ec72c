import assert from "node:assert/strict";
import { test } from "node:test";
import { circles, declaredLayers, forbiddenImports, layerOf } from "./rules/layers.ts";
import { sources } from "./rules/source.ts";

const code = sources("{server,client,capture,decode,ladder,admin-api,migrations}/**/*.ts");
const READMES = ["server/*/README.md", "{client,capture,decode,ladder,admin-api}/README.md"];
const layers = declaredLayers(sources(...READMES));

test("each top-level folder of code, and of server: a README says what it may import", () => {
  const folders = new Set(code.map(({ path }) => layerOf(path)));
  for (const folder of ["server", "migrations"]) folders.delete(folder);
  assert.deepEqual(
    [...folders].filter((folder) => !layers.has(folder)),
    [],
  );
  assert.ok(folders.size > 10);
  const readmes = sources(...READMES);
  assert.deepEqual(
    readmes.filter(({ text }) => text.match(/^Imports: /gm)?.length !== 1).map(({ path }) => path),
    [],
  );
});

test("imports only point to where the README says", () => {
  assert.deepEqual(
    code.flatMap((source) => forbiddenImports(source, layers)),
    [],
  );
});

test("no layer reaches itself by what it may import", () => {
  assert.deepEqual(circles(layers), []);
});

test("the sentence in a README is read name by name", () => {
  const readme = (path: string, text: string) => ({ path, text });
  const read = declaredLayers([
    readme("server/wire/README.md", "# wire\n\nImports: nothing.\n"),
    readme("server/pptp/README.md", "# pptp, not ppp\n\nImports: wire, and the steps in `migrations/`.\n"),
    readme("server/ppp/README.md", "# ppp\n\nNo sentence.\n"),
    readme("admin-api/README.md", "# API\n\nImports: server/wire, server/pptp.\n"),
  ]);
  assert.deepEqual([...read.get("wire")!], []);
  assert.deepEqual([...read.get("pptp")!], ["wire", "migrations"]);
  assert.deepEqual([...read.get("ppp")!], []);
  assert.deepEqual([...read.get("admin-api")!], ["wire", "pptp"]);
});

test("an import upward is found, whichever way it is written", () => {
  const allowed = new Map([
    ["ppp", new Set(["wire"])],
    ["wire", new Set<string>()],
  ]);
  const bad = (text: string, path = "server/ppp/lcp/mru.ts") =>
    forbiddenImports({ path, text }, allowed).length;
  assert.equal(bad('import { a } from "../../wire/units.ts";'), 0);
  assert.equal(bad('import { a } from "../frame.ts";'), 0);
  assert.equal(bad('// import { a } from "../../store/user.ts";'), 0);
  assert.equal(bad('import type { A } from "../../store/user.ts";'), 1);
  assert.equal(bad('import {\n  a,\n  b,\n} from "../../pptp/framer.ts";'), 1);
  assert.equal(bad('export * from "../../mppe/encryptor.ts";'), 1);
  assert.equal(bad('import "../../../admin-api/app.ts";'), 1);
  assert.equal(bad('const { a } = await import("../../store/user.ts");'), 1);
  assert.equal(bad('new Worker(new URL("../../data-plane/loop.ts", import.meta.url));'), 1);
  assert.equal(bad('import { serve } from "../../serve.ts";'), 1);
  assert.equal(bad('import { a } from "../../wire/units.ts";', "server/serve.ts"), 0);
});

test("a circle is found", () => {
  const circle = new Map([
    ["a", new Set(["b"])],
    ["b", new Set(["c"])],
    ["c", new Set(["b"])],
  ]);
  assert.deepEqual(circles(circle), ["b", "c"]);
});
