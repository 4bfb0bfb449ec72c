import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Bind, DebianRoot } from "../support/debian/debian-root.ts";
import { needs } from "../support/needs.ts";

const ROOT = join(import.meta.dirname, "../..");
const skip = needs({
  root: true,
  namespaces: true,
  programs: ["debootstrap", "nsenter", "ip", "git", "tar", "openssl"],
});

/** What README.md has an administrator install for a clone. */
const README_PACKAGES = /^ {4}apt-get install --no-install-recommends (.*)$/m
  .exec(readFileSync(join(ROOT, "README.md"), "utf8"))![1]!
  .split(" ");

/**
 * Where this network has an authority of its own, the host inside is told of it as an administrator would.
 */
const OWN_AUTHORITY = process.env["NODE_EXTRA_CA_CERTS"];
const BINDS: readonly Bind[] =
  OWN_AUTHORITY === undefined ? [] : [{ from: dirname(OWN_AUTHORITY), to: "/mnt/authority" }];
const TRUST =
  OWN_AUTHORITY === undefined ? "" : `export NODE_EXTRA_CA_CERTS=/mnt/authority/${basename(OWN_AUTHORITY)};`;

/** A clone in /opt/pacd of a fresh Debian: what git knows, and nothing that was installed or built. */
async function freshClone(packages: readonly string[]): Promise<DebianRoot> {
  // With iproute2 loopback is brought up.
  const root = await DebianRoot.open({ packages: [...packages, "iproute2"], binds: BINDS });
  const clone = root.path("/opt/pacd");
  mkdirSync(clone, { recursive: true });
  const files = execFileSync("git", ["-C", ROOT, "ls-files", "-z"]);
  const archive = execFileSync("tar", ["-C", ROOT, "--null", "--files-from=-", "-c"], {
    input: files,
    maxBuffer: 1 << 28,
  });
  execFileSync("tar", ["-C", clone, "--no-same-owner", "-x"], { input: archive });
  return root;
}

describe("a fresh Debian with npm alone, and no network", { skip }, () => {
  let root: DebianRoot;
  before(async () => {
    root = await freshClone(["nodejs", "npm"]);
  });
  after(() => root?.close());

  test("npm start names everything that is missing at once, and installs nothing", async () => {
    const { code, output } = await root.run("rm /dev/net/tun; cd /opt/pacd && npm start 2>&1");
    assert.equal(code, 1);
    assert.match(output, /^pacd: This host lacks:\n {2}- a C compiler /m);
    assert.match(
      output,
      /^ {2}- \/dev\/net\/tun: run `modprobe tun`; a container is given it with --device /m,
    );
    assert.match(output, /^ {2}- npm's registry https?:\S+: a name is not found \(E\w+\)\. Does DNS work/m);
    assert.match(output, /^pacd: Worth knowing:\n {2}- nft is missing\. /m);
    assert.match(output, /^ {4}apt-get install --no-install-recommends gcc libc6-dev nftables$/m);
    assert.equal(existsSync(root.path("/opt/pacd/node_modules")), false);
  });

  test("without root that is named as well, with the command", async () => {
    const { code, output } = await root.run(
      "chown -R nobody /opt/pacd && cd /opt/pacd && exec setpriv --reuid=65534 --regid=65534 --clear-groups npm start",
    );
    assert.equal(code, 1);
    assert.match(
      output,
      /^ {2}- root, this is nobody: type `sudo npm start` \(or give pacd CAP_NET_ADMIN and CAP_NET_RAW\)/m,
    );
    assert.match(output, /^ {2}- a C compiler /m);
  });

  test("an authority that npm does not trust is named, with both settings that trust it", async () => {
    const registry = `
      const { createServer } = require("node:https");
      const { readFileSync, writeFileSync } = require("node:fs");
      createServer({ key: readFileSync("/tmp/key"), cert: readFileSync("/tmp/cert") }, (_, response) => response.end("{}"))
        .listen(4873, "127.0.0.1", () => writeFileSync("/tmp/listens", ""));`;
    const subject = '-subj /CN=registry -addext "subjectAltName=IP:127.0.0.1"';
    execFileSync("sh", [
      "-c",
      `cd '${root.path("/tmp")}' && openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert ${subject} 2>&1`,
    ]);
    const { output } = await root.run(`
      ip link set lo up
      node -e '${registry}' & until [ -e /tmp/listens ]; do sleep 0.2; done
      cd /opt/pacd && npm config set registry https://127.0.0.1:4873/ && npm start`);
    assert.match(
      output,
      /^ {2}- trust in the certificate of npm's registry https:\/\/127\.0\.0\.1:4873\/ \(\w*SELF_SIGNED\w*\)/m,
    );
    assert.match(output, /npm config set cafile \/PATH\/ca\.pem`, or NODE_EXTRA_CA_CERTS=\/PATH\/ca\.pem/);
  });
});

describe("a fresh Debian with what README.md names", { skip }, () => {
  let root: DebianRoot;
  before(async () => {
    root = await freshClone(README_PACKAGES);
  });
  after(() => root?.close());

  test("the first start installs with progress, builds, and is ready for the first user", async () => {
    const installed = await root.run(`${TRUST} cd /opt/pacd && bin/pacd check`, "host");
    assert.equal(installed.code, 0, installed.output);
    assert.match(installed.output, /^pacd: Installing (\d+) packages into \/opt\/pacd\/node_modules, /m);
    assert.match(
      installed.output,
      /^pacd: (\d+) of \1 packages\npacd: Building the native part with cc \.\.\.$/m,
    );
    assert.match(installed.output, /^The configuration is right and pacd can run here\.$/m);
    assert.match(installed.output, /^note {5}Clients are given no name server/m);

    const { output } = await root.run(`cd /opt/pacd && ip link set lo up
      npm start >/tmp/said 2>&1 & pid=$!
      until grep -q "^Add the first user" /tmp/said; do kill -0 $pid && sleep 0.2 || break; done
      cat /tmp/said
      $(sed -n 's/^Add the first user: //p' /tmp/said)`);
    assert.match(output, /^Configuration: built-in defaults .*; state: \/opt\/pacd\/var$/m);
    assert.match(output, /token in \/opt\/pacd\/var\/admin-token/);
    assert.match(output, /^Add the first user: \/opt\/pacd\/bin\/pacctl user add alice$/m);
    assert.match(output, /^Added user alice\.$/m);
  });

  test("with a configuration file its users are not left behind", async () => {
    const { code, output } = await root.run(`cd /opt/pacd && ip link set lo up
      echo '[nat]
      mode = "off"' >/tmp/pacd.toml
      timeout 60 bin/pacd serve --config /tmp/pacd.toml >/tmp/said 2>&1 && exit 9
      cat /tmp/said
      sh -ec "$(sed -n 's/^pacd: To move it here: //p' /tmp/said)"
      bin/pacd check --config /tmp/pacd.toml`);
    assert.equal(code, 0, output);
    assert.match(
      output,
      /\/var\/lib\/pacd has no database yet, and \/opt\/pacd\/var has a database with 1 user,/,
    );
    assert.doesNotMatch(output, /REFUSED/);
  });

  test("a registry that is gone does not take what is installed along", async () => {
    const { output } = await root.run(
      "cd /opt/pacd && rm -r ~/.npm && echo >>package-lock.json && bin/pacctl --version",
    );
    assert.match(output, /^ {2}- npm's registry /m);
    assert.ok(existsSync(root.path("/opt/pacd/node_modules/fastify")));
  });
});
