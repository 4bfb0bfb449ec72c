import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { BIN, bareHost, sh, writeProgram } from "../../support/shell.ts";

const work = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(work, { recursive: true }));

/** A clone in which nothing is installed, on a host with few programs. */
function clone(name: string): { root: string; path: string } {
  const [root, path] = [join(work, name), join(work, name, "path")];
  mkdirSync(root);
  cpSync(BIN, join(root, "bin"), { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(BIN, "..", file), join(root, file));
  bareHost(path);
  writeProgram(path, "apt-get", "exit 1");
  return { root, path };
}

test("everything that is missing is named at once, with one line of packages", () => {
  const { root, path } = clone("bare");
  const { status, said } = sh(`exec ${root}/bin/pacctl --version`, [], { PATH: path });
  assert.equal(status, 1);
  assert.match(said, /^pacd: This host lacks:\n {2}- npm and the Node that it runs on/m);
  assert.match(said, /^ {4}(sudo )?apt-get install --no-install-recommends nodejs npm$/m);
  assert.doesNotMatch(said, /compiler|nft|root/);
  const serve = sh(`exec ${root}/bin/pacd serve`, [], { PATH: path });
  assert.equal(serve.status, 1);
  assert.match(serve.said, /^ {2}- a C compiler [\s\S]*^ {2}- npm and the Node/m);
  // Where this host's nft is in /usr/sbin, it is found there.
  assert.match(
    serve.said,
    /^ {4}(sudo )?apt-get install --no-install-recommends gcc libc6-dev( nftables)? nodejs npm$/m,
  );
  assert.match(serve.said, /^pacd: Nothing was installed or changed\. Start again when that is mended\.$/m);
});

test("other systems' packages have their own names", () => {
  const { root, path } = clone("fedora");
  rmSync(join(path, "apt-get"));
  writeProgram(path, "dnf", "exit 1");
  const { said } = sh(`exec ${root}/bin/pacd check`, [], { PATH: path });
  assert.match(said, /^ {4}(sudo )?dnf install gcc glibc-devel nodejs npm$/m);
});

test("an install says how many packages it has, and npm's own words where it fails", () => {
  const { root, path } = clone("install");
  writeProgram(path, "node", "echo 50");
  const fetched = Array.from(
    { length: 50 },
    (_, n) => `npm http fetch GET 200 https://registry/a/-/a-${n}.tgz 9ms (cache miss)`,
  );
  writeFileSync(join(work, "said"), `npm http fetch GET 200 https://registry/a 9ms\n${fetched.join("\n")}\n`);
  const npm = (end: string) =>
    writeProgram(
      path,
      "npm",
      `case $1 in --version) echo 9.2.0 ;; view) ;; ci) cat ${work}/said; ${end} ;; esac`,
    );
  npm("echo 'npm ERR! code ENOSPC'; exit 1");
  const failed = sh(`exec ${root}/bin/pacctl --version`, [], { PATH: path });
  assert.equal(failed.status, 1);
  assert.match(failed.said, /^pacd: Installing 50 packages into \/.*\/node_modules, /m);
  assert.match(
    failed.said,
    /^pacd: 25 of 50 packages\npacd: 50 of 50 packages\nnpm ERR! code ENOSPC\npacd: npm could not/m,
  );
  npm("exit 0");
  assert.match(
    sh(`exec ${root}/bin/pacctl --version`, [], { PATH: path }).said,
    /^pacd: npm left out node-linux-/m,
  );
});
