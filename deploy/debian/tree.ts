import { chmodSync, copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { NOT_BUNDLED } from "./bundle.ts";
import { debianChangelog } from "./changelog.ts";
import { configurationFile } from "./configuration.ts";
import { CONFFILES, checksums, control, MAINTAINER } from "./control.ts";
import { copyright } from "./copyright.ts";
import { tooNew } from "./glibc.ts";
import { closure, copyModules, withNode } from "./modules.ts";
import { type Architecture, ran, toolchain } from "./tools.ts";

/** What one package is made of. */
export interface Contents {
  /** The repository. */
  readonly root: string;
  /** The bundles, and the npm packages that are in them. */
  readonly bundles: { readonly folder: string; readonly packages: readonly string[] };
  /** Manual pages and completions, by their path in the package. */
  readonly texts: ReadonlyMap<string, string>;
  readonly architecture: Architecture;
  readonly version: string;
  readonly built: Date;
}

const FILES = join(import.meta.dirname, "files");

/** Lays out the tree of a package in the empty folder `tree`. */
export function layOut(tree: string, contents: Contents): void {
  const { root, bundles, architecture, version, built } = contents;
  const write = (path: string, text: string | Uint8Array, mode = 0o644) => {
    const file = join(tree, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
  };
  const copy = (from: string, path: string, mode = 0o644) => write(path, readFileSync(from), mode);
  const packed = (path: string, text: string | Uint8Array) => write(path, gzipSync(text, { level: 9 }));

  copy(join(FILES, "pacd"), "usr/sbin/pacd", 0o755);
  copy(join(FILES, "pacctl"), "usr/bin/pacctl", 0o755);
  for (const file of ["run-node.sh", "pacd-flags.sh", "pacctl-flags.sh", "chosen-node.sh"])
    copy(join(root, "bin", file), `usr/lib/pacd/${file}`);
  write("usr/lib/pacd/package.json", `${JSON.stringify({ type: "module" })}\n`);
  for (const file of globSync("*.js", { cwd: bundles.folder }))
    copy(join(bundles.folder, file), `usr/lib/pacd/app/${file}`);
  const modules = closure(root, NOT_BUNDLED);
  copyModules(root, modules, architecture, join(tree, "usr/lib/pacd"));
  programs(tree, contents);

  const example = readFileSync(join(root, "deploy/pacd.example.toml"), "utf8");
  write("etc/pacd/pacd.toml", configurationFile(example), 0o640);
  write("usr/share/doc/pacd/examples/pacd.toml", example);
  for (const said of ["installed.txt", "left-behind.txt"]) copy(join(FILES, said), `usr/share/pacd/${said}`);
  for (const [path, text] of systemFiles(root)) write(path, text);
  for (const [path, text] of contents.texts)
    if (path.startsWith("usr/share/man/")) packed(`${path}.gz`, text);
    else write(path, text);

  write("usr/share/doc/pacd/copyright", copyright(root, [...bundles.packages, ...modules]));
  const markdown = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  packed(
    "usr/share/doc/pacd/changelog.gz",
    debianChangelog(markdown, { version, maintainer: MAINTAINER, built }),
  );
  for (const file of globSync(["README.md", "docs/*.md"], { cwd: root }))
    copy(join(root, file), `usr/share/doc/pacd/${basename(file)}`);
  for (const file of ["grafana/pacd.json", "prometheus/pacd-alerts.yml"])
    copy(join(root, "deploy", file), `usr/share/pacd/monitoring/${basename(file)}`);
  copy(join(FILES, "lintian-overrides"), "usr/share/lintian/overrides/pacd");

  write("DEBIAN/md5sums", checksums(tree));
  write("DEBIAN/control", control(tree, architecture, version));
  write("DEBIAN/conffiles", `${CONFFILES.join("\n")}\n`);
  for (const script of ["postinst", "prerm", "postrm"]) copy(join(FILES, script), `DEBIAN/${script}`, 0o755);
}

/**
 * Node, the addon and that of better-sqlite3: without symbols, and with no more than the libraries
 * demanded.
 */
function programs(tree: string, { root, architecture }: Contents): void {
  const { compiler, strip } = toolchain(architecture);
  const lib = join(tree, "usr/lib/pacd");
  withNode(root, architecture, (folder) => {
    copyFileSync(join(folder, "bin/node"), join(lib, "node"));
    writeFile(join(tree, "usr/share/doc/pacd/node-LICENSE.gz"), readFileSync(join(folder, "LICENSE")));
  });
  chmodSync(join(lib, "node"), 0o755);
  const addon = join(lib, "app/pacd.node");
  ran("sh", [join(root, "server/platform/native/build.sh"), "--into", addon], {
    env: { ...process.env, CC: compiler, CFLAGS: "-Werror -Wl,-z,relro,-z,now", LC_ALL: "C" },
  });
  const addons = globSync("**/*.node", { cwd: lib }).map((file) => join(lib, file));
  for (const file of addons) {
    chmodSync(file, 0o644);
    ran(strip, ["--strip-unneeded", "--remove-section=.comment", "--remove-section=.note", file]);
  }
  ran(strip, ["--remove-section=.comment", "--remove-section=.note", join(lib, "node")]);
  for (const file of [...addons, join(lib, "node")]) {
    const wanted = tooNew(file);
    if (wanted.length > 0)
      throw new Error(`${file} needs ${wanted.join(", ")}: raise LIBRARIES in deploy/debian/glibc.ts.`);
  }
}

function writeFile(file: string, text: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(text, { level: 9 }));
}

/** What systemd reads, by path in the package. */
function systemFiles(root: string): ReadonlyMap<string, string> {
  const found = new Map([
    ["usr/lib/sysusers.d/pacd.conf", readFileSync(join(FILES, "sysusers.conf"), "utf8")],
  ]);
  const folder = join(root, "deploy/systemd");
  for (const unit of globSync("*.{service,socket,timer}", { cwd: folder }))
    found.set(`usr/lib/systemd/system/${unit}`, readFileSync(join(folder, unit), "utf8"));
  for (const file of globSync("*-pacd.conf", { cwd: folder }))
    found.set(`usr/lib/sysctl.d/${file}`, readFileSync(join(folder, file), "utf8"));
  return found;
}
