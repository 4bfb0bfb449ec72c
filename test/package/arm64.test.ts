import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { BuiltPackage } from "../support/debian/built-package.ts";
import { foreignRoot } from "../support/debian/cached-root.ts";
import { attempt, run } from "../support/lab/processes.ts";
import { needs } from "../support/needs.ts";

const PROGRAMS = ["qemu-aarch64-static", "aarch64-linux-gnu-gcc", "debootstrap", "dpkg-deb", "unshare"];

/** Only in the long form: it wants a compiler for another machine, and an emulator. */
if (process.env["PACD_PACKAGE_TEST"] === "all")
  describe("the package for arm64, in an emulator", {
    skip: needs({ root: true, programs: PROGRAMS }),
  }, () => {
    let built: BuiltPackage;
    let libraries: string;
    let lib: string;

    before(async () => {
      built = await BuiltPackage.build({ architecture: "arm64" });
      libraries = await foreignRoot("bookworm", "arm64");
      await run("dpkg-deb", "-x", join(built.folder, built.name()), join(built.folder, "x"));
      lib = join(built.folder, "x/usr/lib/pacd");
    });
    after(() => built?.remove());

    const pacd = (...words: readonly string[]) =>
      attempt(
        "unshare",
        "--net",
        "qemu-aarch64-static",
        "-L",
        libraries,
        join(lib, "node"),
        join(lib, "app/pacd.js"),
        ...words,
      );

    test("its programs are for that machine, and say their version", async () => {
      for (const file of ["node", "app/pacd.node", "node_modules/better-sqlite3/prebuilds/linux-arm64.node"])
        assert.match(await run("readelf", "-h", join(lib, file)), /Machine: +AArch64/, file);
      const { code, output } = await pacd("--version");
      assert.deepEqual([code, /^\d+\.\d+\.\d+\n$/.test(output)], [0, true], output);
    });

    test("pacd check loads the addon, and asks the kernel with it", async () => {
      const { output } = await pacd("check", "--config", join(built.folder, "x/etc/pacd/pacd.toml"));
      assert.match(output, /^ok +The native addon is built\.$/m);
      assert.match(output, /^ok +A raw socket for GRE can be opened\.$/m);
    });

    test("SQLite runs", async () => {
      const script =
        'const D = require("better-sqlite3"); console.log(new D(":memory:").prepare("SELECT 6 * 7 AS x").get().x)';
      const words = ["-L", libraries, join(lib, "node"), "-e", script];
      const { code, output } = await attempt("env", "-C", lib, "qemu-aarch64-static", ...words);
      assert.deepEqual([code, output], [0, "42\n"]);
    });
  });
