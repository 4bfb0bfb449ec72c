import assert from "node:assert/strict";
import { test } from "node:test";
import { circles } from "./rules/circles.ts";
import { importsOf } from "./rules/imports.ts";
import { declaredLayers, forbiddenImports, layerOf } from "./rules/layers.ts";
import { type Source, sources } from "./rules/source.ts";

const code = sources("{server,pacctl,ladder,verdicts,admin-api,migrations}/**/*.ts");
const READMES = "{server,pacctl,ladder,verdicts,admin-api}/**/README.md";
const layers = declaredLayers(sources(READMES));

test("each top-level folder of code, and of server: a README says what it may import", () => {
  const folders = new Set(
    code
      .map(({ path }) => path.split("/"))
      .map(([top, folder, file]) => (top === "server" && file !== undefined ? folder! : top!)),
  );
  folders.delete("server");
  assert.deepEqual(
    [...folders].filter((folder) => !layers.has(folder)),
    [],
  );
  assert.ok(folders.size > 10);
});

test("no README says it twice", () => {
  const twice = sources(READMES).filter(({ text }) => (text.match(/^Imports: /gm)?.length ?? 0) > 1);
  assert.deepEqual(
    twice.map(({ path }) => path),
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

const files = (some: readonly Source[]) =>
  new Map(some.map((source) => [source.path, new Set(importsOf(source).map(({ target }) => target))]));

test("no files import each other in a circle, types included", () => {
  assert.deepEqual(circles(files(code)), []);
});

test("the sentence in a README is read name by name", () => {
  const readme = (path: string, text: string) => ({ path, text });
  const read = declaredLayers([
    readme("server/wire/README.md", "# wire\n\nImports: nothing.\n"),
    readme("server/pptp/README.md", "# pptp, not ppp\n\nImports: wire, and the steps in `migrations/`.\n"),
    readme("server/ppp/README.md", "# ppp\n\nImports: nothing.\n"),
    readme("server/ppp/link/README.md", "# link\n\nImports: ppp, wire.\n"),
    readme("server/host/README.md", "# host\n\nImports: ppp/link.\n"),
    readme("server/gre/README.md", "# gre\n\nNo sentence.\n"),
    readme("admin-api/README.md", "# API\n\nImports: server/wire, server/pptp, server/ppp/link.\n"),
  ]);
  assert.deepEqual([...read.get("wire")!], []);
  assert.deepEqual([...read.get("pptp")!], ["wire", "migrations"]);
  assert.deepEqual([...read.get("ppp")!], []);
  assert.deepEqual([...read.get("ppp/link")!], ["wire", "ppp"]);
  assert.deepEqual([...read.get("host")!], ["ppp/link"]);
  assert.equal(read.get("gre"), undefined);
  assert.deepEqual([...read.get("admin-api")!], ["wire", "pptp", "ppp/link"]);
});

test("a file belongs to the innermost folder that is a layer", () => {
  const some = new Map([
    ["ppp", new Set<string>()],
    ["ppp/link", new Set<string>()],
  ]);
  assert.equal(layerOf("server/ppp/link/phases/open.ts", some), "ppp/link");
  assert.equal(layerOf("server/ppp/lcp/mru.ts", some), "ppp");
  assert.equal(layerOf("server/serve.ts", some), "server");
  assert.equal(layerOf("admin-api/app.ts", some), "admin-api");
});

test("an import upward is found, whichever way it is written", () => {
  const allowed = new Map([
    ["ppp", new Set(["wire"])],
    ["ppp/link", new Set(["ppp"])],
    ["wire", new Set<string>()],
    ["store", new Set<string>()],
    ["pptp", new Set<string>()],
    ["mppe", new Set<string>()],
    ["data-plane", new Set<string>()],
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
  // A layer inside another may import it where it says so, and is not imported by it.
  assert.equal(bad('import { a } from "../frame.ts";', "server/ppp/link/link.ts"), 0);
  assert.equal(bad('import { a } from "../../wire/units.ts";', "server/ppp/link/link.ts"), 1);
  assert.equal(bad('import { a } from "../link/link.ts";'), 1);
});

test("a circle is found, of layers and of files", () => {
  const circle = new Map([
    ["a", new Set(["b"])],
    ["b", new Set(["c"])],
    ["c", new Set(["d", "b"])],
    ["d", new Set<string>()],
    ["e", new Set(["e"])],
  ]);
  assert.deepEqual(circles(circle), [["b", "c"], ["e"]]);
  const bad = files([
    { path: "server/ppp/a.ts", text: 'import type { B } from "./lcp/b.ts";' },
    { path: "server/ppp/lcp/b.ts", text: 'import { a } from "../a.ts";' },
    { path: "server/ppp/c.ts", text: 'import { a } from "./a.ts";' },
  ]);
  assert.deepEqual(circles(bad), [["server/ppp/a.ts", "server/ppp/lcp/b.ts"]]);
});
