import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { plainRequest } from "../../../admin-api/plugins/client-error.ts";
import { httpRequest } from "../../../server/platform/http-request.ts";
import { TlsGate } from "../../../server/platform/tls-gate.ts";
import { selfSigned } from "../../../server/tls/self-signed.ts";
import { bench, listen, TOKEN } from "../../support/admin-api.ts";
import { pacctl } from "../../support/pacctl.ts";
import { chain, localPair } from "../../support/tls-pairs.ts";

const PAIR = await localPair();
const OTHER = await localPair();
const CHAIN = await chain("localhost");
const CHAINED = { certificate: CHAIN.leaf + CHAIN.between, key: CHAIN.key };
const STATE = "/var/lib/pacd/admin-api.json";

/** The API over TLS on the loopback, and its port. */
async function api(t: TestContext, pair: typeof PAIR): Promise<string> {
  const b = await bench();
  const gate = new TlsGate(plainRequest);
  gate.use(pair);
  const cutOff = gate.guard(b.app.server);
  t.after(async () => {
    cutOff();
    b.app.server.closeAllConnections();
    await b.app.close();
  });
  return new URL(await listen(b.app)).port;
}

/** pacctl with real requests, and these files. */
const run = (argv: readonly string[], files: Readonly<Record<string, string>> = {}, env = {}) =>
  pacctl(argv, {
    fetch: httpRequest,
    env: { PACD_TOKEN: TOKEN, ...env },
    readFile: async (path) => {
      if (path in files) return files[path]!;
      throw Object.assign(new Error(`no such file: ${path}`), { code: "ENOENT" });
    },
  });

/** Where a pacd of this host says that it is. */
const left = (url: string, certificate: string | null) => ({ [STATE]: JSON.stringify({ url, certificate }) });

for (const [what, pair, authority] of [
  ["the server's own certificate", PAIR, PAIR.certificate],
  ["its authority", CHAINED, CHAIN.root],
  ["the certificate between it and its authority", CHAINED, CHAIN.between],
  ["its certificate, though others have signed it", CHAINED, CHAIN.leaf],
  ["several, of which one has signed it", CHAINED, OTHER.certificate + CHAIN.root],
] as const)
  test(`--ca with ${what} is believed`, async (t) => {
    const port = await api(t, pair);
    const argv = ["--url", `https://localhost:${port}`, "--ca", "/ca.pem", "user", "list"];
    assert.deepEqual(await run(argv, { "/ca.pem": authority }), {
      code: 0,
      out: "There are no users yet: pacctl user add NAME\n",
      err: "",
    });
  });

test("PACD_URL and PACD_CA say the same, also for an address", async (t) => {
  const port = await api(t, PAIR);
  const env = { PACD_URL: `https://127.0.0.1:${port}/`, PACD_CA: "/ca.pem" };
  assert.equal((await run(["user", "list"], { "/ca.pem": PAIR.certificate }, env)).code, 0);
});

const expired = await selfSigned(["localhost", "127.0.0.1"], 1, new Date("2020-01-01"));
const future = await selfSigned(["localhost"], 1, new Date("2101-01-01"));
const elsewhere = await selfSigned(["vpn.example.com", "192.0.2.1"], 36_500, new Date("2020-01-01"));

for (const [what, pair, authority, says] of [
  [
    "is known to nobody",
    PAIR,
    undefined,
    /\(its certificate is signed by nobody whom this host trusts\)\. Copy .*--ca FILE, or PACD_CA=FILE\.\n$/,
  ],
  [
    "is of an authority that is known to nobody",
    CHAINED,
    undefined,
    /signed by nobody whom this host trusts/,
  ],
  [
    "is not of the authority of --ca",
    PAIR,
    OTHER.certificate,
    /\(its certificate is not signed by what \/ca\.pem holds\)\. Has the server got a new one\?/,
  ],
  ["has expired", expired, expired.certificate, /\(its certificate has expired\)\. Renew it on the server/],
  ["is of tomorrow", future, future.certificate, /\(its certificate is not valid yet\)\. Compare the clocks/],
  [
    "is for other names",
    elsewhere,
    elsewhere.certificate,
    /\(its certificate is not for localhost but for vpn\.example\.com, 192\.0\.2\.1\)\. .*--name NAME/,
  ],
] as const)
  test(`a certificate that ${what}: exit code 3, and words that say what to do`, async (t) => {
    const port = await api(t, pair);
    const files: Record<string, string> = authority === undefined ? {} : { "/ca.pem": authority };
    const ca = authority === undefined ? [] : ["--ca", "/ca.pem"];
    const { code, out, err } = await run(["--url", `https://localhost:${port}`, ...ca, "status"], files);
    assert.deepEqual([code, out], [3, ""]);
    assert.ok(err.startsWith(`pacctl: pacd does not answer at https://localhost:${port} (`), err);
    assert.match(err, says);
  });

test("http:// where pacd speaks TLS: exit code 3, and the right beginning", async (t) => {
  const port = await api(t, PAIR);
  const { code, err } = await run(["--url", `http://localhost:${port}`, "status"]);
  assert.equal(err, `pacctl: pacd speaks TLS at http://localhost:${port}: the URL begins with https://.\n`);
  assert.equal(code, 3);
});

test("https:// where pacd speaks none: exit code 3, and the right beginning", async (t) => {
  const b = await bench();
  t.after(() => b.app.close());
  const { port } = new URL(await listen(b.app));
  const { code, err } = await run(["--url", `https://localhost:${port}`, "status"]);
  assert.equal(code, 3);
  assert.match(
    err,
    /\(what answers there does not speak TLS\)\. Where pacd has no certificate, the URL begins with http:\/\//,
  );
});

test("a server of TLS that refuses what pacctl offers is told with the code", async (t) => {
  const old = createTlsServer({
    cert: PAIR.certificate,
    key: PAIR.key,
    maxVersion: "TLSv1.1",
    minVersion: "TLSv1.1",
    ciphers: "DEFAULT:@SECLEVEL=0",
  });
  t.after(() => old.close());
  old.listen(0, "127.0.0.1");
  await once(old, "listening");
  const { code, err } = await run([
    "--url",
    `https://localhost:${(old.address() as AddressInfo).port}`,
    "status",
  ]);
  assert.equal(code, 3);
  assert.match(err, /\(TLS failed: \w+\)/);
});

for (const [what, pair] of [
  ["signed by itself", PAIR],
  ["expired", expired],
  ["for other names", elsewhere],
  ["of an authority that is known to nobody", CHAINED],
] as const)
  test(`on the host itself a certificate that is ${what} is believed, since pacd has left it there`, async (t) => {
    const url = `https://127.0.0.1:${await api(t, pair)}`;
    assert.deepEqual(await run(["user", "list"], left(url, pair.certificate)), {
      code: 0,
      out: "There are no users yet: pacctl user add NAME\n",
      err: "",
    });
    assert.equal((await run(["--url", `${url}/`, "user", "list"], left(url, pair.certificate))).code, 0);
  });

test("another certificate than the one that pacd has left is not believed, and hears no token", async (t) => {
  const url = `https://127.0.0.1:${await api(t, OTHER)}`;
  const { code, err } = await run(["user", "list"], left(url, PAIR.certificate));
  assert.equal(code, 3);
  assert.match(err, /\(it shows another certificate than the one that pacd of this host has left\)/);
});

test("the address that pacd of this host has left is asked, with the token beside it", async (t) => {
  const b = await bench();
  t.after(() => b.app.close());
  const url = await listen(b.app);
  const files = { ...left(url, null), "/var/lib/pacd/admin-token": TOKEN };
  assert.equal((await run(["user", "list"], files, { PACD_TOKEN: "" })).code, 0);
});

test("--config FILE finds the state directory of that pacd, whatever else is wrong in the file", async (t) => {
  const b = await bench();
  t.after(() => b.app.close());
  const files = {
    "/srv/my.toml": 'state.directory = "state"\n[tunnel]\nmtu = "wrong"',
    "/srv/state/admin-api.json": JSON.stringify({ url: await listen(b.app), certificate: null }),
    "/srv/state/admin-token": TOKEN,
    ...left("http://127.0.0.1:1", null),
    "/var/lib/pacd/admin-token": "another",
  };
  assert.equal((await run(["--config", "/srv/my.toml", "user", "list"], files, { PACD_TOKEN: "" })).code, 0);
});

for (const [what, argv, files, says] of [
  [
    "a --config that is not there",
    ["--config", "/x.toml"],
    {},
    /^pacctl: The configuration \/x\.toml cannot be read: /,
  ],
  ["a --config that is no TOML", ["--config", "/x.toml"], { "/x.toml": "[[" }, /^pacctl: \/x\.toml:1: /],
  [
    "a --ca that is not there",
    ["--ca", "/ca.pem"],
    {},
    /^pacctl: The certificates in \/ca\.pem cannot be read: /,
  ],
  [
    "a --ca that holds a key",
    ["--ca", "/ca.pem"],
    { "/ca.pem": PAIR.key },
    /^pacctl: \/ca\.pem holds no certificate in PEM/,
  ],
  [
    "a --url without http",
    ["--url", "host:8723"],
    {},
    /^pacctl: --url is not an http or https URL: host:8723\n$/,
  ],
] as const)
  test(`${what} is wrong usage, in one line`, async () => {
    const { code, err } = await run([...argv, "status"], files);
    assert.equal(code, 2);
    assert.match(err, says);
    assert.equal(err.split("\n").length, 2);
  });

test("a file of pacd's that is spoilt is passed over", async () => {
  for (const text of ["", "{", "null", '{"url":1}', '{"url":"http://127.0.0.1:1"}']) {
    const { err } = await run(["status"], { [STATE]: text });
    assert.doesNotMatch(err, /127\.0\.0\.1:1 /, text);
  }
});

test("a server that accepts and says nothing is told after the time of a request", async (t) => {
  const silent = createServer(() => {});
  t.after(() => silent.closeAllConnections());
  t.after(() => silent.close());
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const asked = once(silent, "request");
  const abort = new AbortController();
  const answer = httpRequest(url, { signal: abort.signal });
  await asked;
  abort.abort(new DOMException("late", "TimeoutError"));
  await assert.rejects(answer, { name: "TimeoutError" });
});
