import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readIdentity } from "../../../server/tls/identity-files.ts";
import { certificateName } from "../../../server/tls/self-signed.ts";
import { needs } from "../../support/needs.ts";
import { pacctl } from "../../support/pacctl.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

const SERVICE = 64_123;
const fetch = async () => assert.fail("it asks no server");

/** A configuration whose state directory belongs to us, or to a service. */
function installed(t: TestContext, owner?: number) {
  const folder = temporaryDirectory(t);
  const state = join(folder, "state");
  const config = join(folder, "pacd.toml");
  mkdirSync(state, { mode: 0o700 });
  writeFileSync(config, 'state.directory = "state"');
  if (owner !== undefined) {
    chmodSync(folder, 0o755);
    chownSync(state, owner, owner);
  }
  const init = (...argv: string[]) =>
    pacctl(["tls", "init", "--config", config, ...argv], {
      fetch,
      readFile: (path) => readFile(path, "utf8"),
    });
  return {
    folder,
    state,
    config,
    init,
    pair: { certificate: join(state, "tls/certificate.pem"), key: join(state, "tls/key.pem") },
  };
}

const access = (path: string) => {
  const { mode, uid, gid } = statSync(path);
  return [(mode & 0o777).toString(8), uid, gid];
};

test("a pair is made that pacd takes, for this host and the names that were said", async (t) => {
  const { init, pair, config } = installed(t);
  const { code, out, err } = await init("--name", "VPN.example.com", "--name", "2001:db8::1", "--days", "30");
  assert.deepEqual([code, err], [0, ""]);
  const judged = readIdentity(pair);
  assert.ok(judged.ok);
  const { facts, notes } = judged;
  assert.deepEqual(notes, []);
  assert.deepEqual(facts.names.slice(0, 2), ["vpn.example.com", "2001:db8::1"]);
  for (const name of [hostname().toLowerCase(), "localhost", "127.0.0.1", "::1"])
    assert.ok(facts.names.includes(name), `${name} in ${facts.names.join(", ")}`);
  assert.equal(facts.notAfter.toISOString(), "2026-03-31T10:00:00.000Z");
  for (const said of [
    `SHA-256 ${facts.fingerprint}\n`,
    `under [admin] in ${config}:\n  tls_certificate = "${pair.certificate}"\n  tls_key = "${pair.key}"\n`,
    "pacctl --url https://vpn.example.com:8723 --ca certificate.pem status\n",
  ])
    assert.ok(out.includes(said), out);
  assert.ok(!out.includes("PRIVATE"), "the key stays where it is");
});

test("what it prints under [admin] is what pacd reads", async (t) => {
  const { init, pair } = installed(t);
  const { out } = await init();
  const lines = /(?: {2}tls_.*\n)+/.exec(out)![0];
  const { parseConfig } = await import("../../../server/config/load-config.ts");
  assert.deepEqual(parseConfig(`[admin]\n${lines}`, "/x.toml").admin.tls, pair);
});

test("--json has the same for programs", async (t) => {
  const { init, pair } = installed(t);
  const made = JSON.parse((await init("--json")).out) as Record<string, unknown>;
  assert.deepEqual(Object.keys(made), ["certificate", "key", "names", "notAfter", "fingerprint"]);
  assert.equal(made["fingerprint"], new X509Certificate(readFileSync(pair.certificate)).fingerprint256);
});

test("only we can read the key; the certificate is for everybody", async (t) => {
  const { init, pair, state } = installed(t);
  await init();
  assert.deepEqual(access(pair.key).slice(0, 1), ["600"]);
  assert.deepEqual(access(pair.certificate).slice(0, 1), ["644"]);
  assert.deepEqual(readdirSync(join(state, "tls")), ["certificate.pem", "key.pem"]);
});

test("a pair that is there stays, and --replace makes another", async (t) => {
  const { init, pair } = installed(t);
  await init();
  const before = readFileSync(pair.key, "utf8");
  const { code, out, err } = await init();
  assert.deepEqual([code, out], [6, ""]);
  assert.match(err, /key\.pem is there already, .*--replace.*\n$/);
  assert.equal(readFileSync(pair.key, "utf8"), before);
  assert.equal((await init("--replace")).code, 0);
  assert.notEqual(readFileSync(pair.key, "utf8"), before);
  assert.ok(readIdentity(pair).ok);
});

for (const [option, value] of [
  ["--name", "a_b"],
  ["--name", "vpn.example.com:8723"],
  ["--name", "https://vpn.example.com"],
  ["--name", ""],
  ["--name", "a/b"],
  ["--name", "10.1"],
  ["--days", "0"],
  ["--days", "1.5"],
  ["--days", "99999"],
] as const)
  test(`${option} ${JSON.stringify(value)} is wrong usage`, async (t) => {
    const { init, state } = installed(t);
    assert.equal((await init(option, value)).code, 2);
    assert.deepEqual(readdirSync(state), []);
  });

test("names of other scripts and cases have one form", () => {
  assert.equal(certificateName("Büro.Example.com."), "xn--bro-hoa.example.com");
  assert.equal(certificateName("2001:DB8::0:1"), "2001:db8::1");
  assert.equal(certificateName("*.example.com"), "*.example.com");
});

const ROOT = { skip: needs({ root: true, programs: ["setpriv"] }) };

test("as root, whoever has the state directory gets the pair", ROOT, async (t) => {
  const { init, pair, state } = installed(t, SERVICE);
  assert.equal((await init()).code, 0);
  assert.deepEqual(access(join(state, "tls")), ["700", SERVICE, SERVICE]);
  assert.deepEqual(access(pair.key), ["600", SERVICE, SERVICE]);
  assert.deepEqual(access(pair.certificate), ["644", SERVICE, SERVICE]);
  assert.deepEqual([process.geteuid?.(), process.getegid?.()], [0, 0]);
});

test("in a folder of root's the service reads the key by its group", ROOT, async (t) => {
  const { init, folder } = installed(t, SERVICE);
  const etc = join(folder, "etc/tls");
  assert.equal((await init("--directory", etc)).code, 0);
  assert.deepEqual(access(join(etc, "key.pem")), ["640", 0, SERVICE]);
  const read = spawnSync(
    "setpriv",
    [`--reuid=${SERVICE}`, `--regid=${SERVICE}`, "--clear-groups", "cat", join(etc, "key.pem")],
    { encoding: "utf8" },
  );
  assert.match(read.stdout, /BEGIN PRIVATE KEY/);
});

test(
  "a link that the service has laid out leads root nowhere that the service could not go",
  ROOT,
  async (t) => {
    const { init, folder, state } = installed(t, SERVICE);
    const secret = join(folder, "roots");
    mkdirSync(secret, { mode: 0o755 });
    symlinkSync(secret, join(state, "tls"));
    const { code, err } = await init("--directory", join(state, "tls/deeper"));
    const again = await init();
    assert.deepEqual([code, again.code, readdirSync(secret)], [1, 1, []], err);
  },
);

test("who is not root is told so, in one line", ROOT, (t) => {
  const { config } = installed(t, SERVICE);
  const run = spawnSync(
    "setpriv",
    [
      "--reuid=65534",
      "--regid=65534",
      "--clear-groups",
      process.execPath,
      fileURLToPath(new URL("../../../pacctl/main.ts", import.meta.url)),
      "tls",
      "init",
      "--config",
      config,
    ],
    { encoding: "utf8" },
  );
  assert.equal(run.status, 1, run.stderr);
  assert.match(run.stderr, /^pacctl: .*(?:cannot be written|may not be looked into).*try as root\.\n$/);
});
