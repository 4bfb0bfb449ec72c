import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { LIBRARIES } from "../../../deploy/debian/glibc.ts";
import { BIN, bareHost, sh, writeProgram } from "../../support/shell.ts";

const work = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(work, { recursive: true }));

/** What one of the functions says of a host. */
function found(call: string, env: NodeJS.ProcessEnv = {}): string {
  const { status, said } = sh(
    `set -eu
    here=${BIN} && . "$here/runtime.sh" && . "$here/host-needs.sh"
    work=${work}
    lacking=
    lacks() { echo "lacks $*"; }
    note() { echo "note $*"; }
    wants() { echo "wants $1"; }
    export LC_ALL=C
    ${call}`,
    [],
    env,
  );
  assert.equal(status, 0, said);
  return said;
}

function file(name: string, text: string): string {
  writeFileSync(join(work, name), text);
  return join(work, name);
}

const status = (effective: string) => file("status", `Name:\tsh\nCapEff:\t${effective}\nCapBnd:\t1ff\n`);

test("root and a service with both capabilities have the rights", () => {
  assert.equal(found(`need_rights ${status("000001ffffffffff")}`), "");
  assert.equal(found(`need_rights ${status("0000000000003000")}`), "");
});

test("a user without rights is told the command that has them; root of a container, what it lacks", () => {
  const path = join(work, "as-anna");
  bareHost(path);
  rmSync(join(path, "id"));
  writeProgram(path, "id", "case $1 in -u) echo 1000 ;; *) echo anna ;; esac");
  const anna = (env: NodeJS.ProcessEnv) =>
    found(`need_rights ${status("0000000000000000")}`, { PATH: path, ...env });
  assert.match(anna({}), /^lacks root, this is anna: type `sudo \/.*\/bin\/pacd serve`/);
  assert.match(anna({ npm_lifecycle_event: "start" }), /type `sudo npm start`/);
  // npm 7 and 8 run the script as the owner of the folder: sudo again would not help.
  const sudo = {
    npm_lifecycle_event: "start",
    SUDO_UID: "1000",
    npm_config_user_agent: "npm/8.19.4 node/v18",
  };
  assert.match(anna(sudo), /type `sudo \/.*\/bin\/pacd serve`/);
  writeProgram(path, "id", "echo 0");
  assert.match(anna({}), /^lacks root without CAP_NET_ADMIN and CAP_NET_RAW, .*--cap-add NET_ADMIN/);
  assert.match(
    found(`need_rights ${status("0000000000001000")}`, { PATH: path }),
    /^lacks root without CAP_NET_RAW, /,
  );
});

test("another platform, musl and an old glibc are refused", () => {
  assert.equal(found("need_platform"), "");
  assert.match(
    found("pacd_arch=; need_platform"),
    /^lacks a platform that pacd runs on: Linux on x86_64 or aarch64; /,
  );
  assert.match(found("need_platform /nonexistent"), /^lacks glibc 2.34 or later of 64 bits/);
  assert.match(found('need_glibc "glibc 2.33"'), /^lacks glibc 2.34 or later, .* this host has glibc 2.33/);
  for (const version of [`glibc ${LIBRARIES.GLIBC}`, "glibc 2.41", "glibc 2.39.9000", ""])
    assert.equal(found(`need_glibc "${version}"`), "", version);
});

test("a folder that is read-only, full or noexec is refused", () => {
  assert.equal(found(`pacd_root=${work}; need_folder`), "");
  const path = join(work, "full");
  bareHost(path);
  rmSync(join(path, "df"));
  writeProgram(
    path,
    "df",
    "echo Filesystem 1024-blocks Used Available Capacity Mounted on; echo /dev/vda 9 9 40960 99% /data",
  );
  const mounts = file("mounts", "/dev/vda / ext4 rw 0 0\n/dev/vdb /data ext4 rw,nosuid,noexec 0 0\n");
  const said = found(`pacd_root=${work}; need_folder ${mounts}`, { PATH: path });
  assert.match(said, /^lacks room in .*: 500 MB are needed, 40 MB are free\.$/m);
  assert.match(said, /^lacks a file system from which programs may run: \/data is mounted noexec/m);
  assert.match(
    found("pacd_root=/proc/self; need_folder"),
    /^lacks the right to write to \/proc\/self: it belongs to /m,
  );
});

test("a compiler is wanted, and headers where there is a compiler", () => {
  const path = join(work, "without-compiler");
  bareHost(path);
  assert.match(found("need_compiler", { PATH: path }), /^lacks a C compiler .*\nwants compiler$/m);
  const cc = writeProgram(path, "cc", "exit 1");
  assert.match(
    found("need_compiler", { PATH: path }),
    /^lacks the headers .*: cc does not find .*\nwants compiler$/m,
  );
  writeProgram(path, "cc", 'cat | grep -q "include <linux/bpf.h>"');
  assert.equal(found("need_compiler", { PATH: path }), "");
  rmSync(cc);
});

test("/dev/net/tun is a device that opens; nothing is made in its place", () => {
  assert.equal(found("need_tun /dev/null"), "");
  assert.match(
    found(`need_tun ${work}/tun-device`),
    /tun-device: run `modprobe tun`; a container is given it with --device /,
  );
  assert.match(found(`need_tun ${file("regular", "")}`), /^lacks .*modprobe tun/);
  assert.match(found(`ls ${work}`), /^(?!.*tun-device)/s);
});

test("without nft pacd serves, and that is noted", () => {
  const path = join(work, "without-nft");
  bareHost(path);
  const said = found("need_nft", { PATH: path });
  assert.match(said === "" ? "note nft is missing\nwants nft" : said, /^note nft is missing.*\nwants nft$/m);
  writeProgram(path, "nft", "");
  assert.equal(found("need_nft", { PATH: path }), "");
});

test("npm 7 or later is wanted, one that runs", () => {
  const path = join(work, "npms");
  bareHost(path);
  const npm = (script: string) => {
    writeProgram(path, "npm", script);
    return found("need_npm || :", { PATH: path });
  };
  assert.match(found("need_npm || :", { PATH: path }), /^lacks npm and the Node .*\nwants npm$/m);
  writeProgram(path, "node", "echo v10.24.0");
  assert.match(npm("echo 6.14.12"), /^lacks npm 7 or later: this is npm 6\.14\.12 with Node v10\.24\.0\./);
  assert.match(
    npm("echo; echo 'npm does not support Node.js v10' >&2; exit 1"),
    /says: npm does not support Node/,
  );
  for (const version of ["7.5.2", "9.2.0", "11.19.1"]) assert.equal(npm(`echo ${version}`), "", version);
});
