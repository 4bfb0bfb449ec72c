import assert from "node:assert/strict";
import { chmodSync, chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { checkCertificate } from "../../server/check-certificate.ts";
import { parseConfig } from "../../server/config/load-config.ts";
import { selfSigned } from "../../server/tls/self-signed.ts";
import { needs } from "../support/needs.ts";
import { temporaryDirectory } from "../support/temporary-store.ts";
import { MADE, writePair } from "../support/tls-pairs.ts";

const PAIR = await selfSigned(["vpn.example.com", "192.0.2.1"], 40, MADE);
const NOBODY = 65534;

function written(t: TestContext) {
  const folder = temporaryDirectory(t);
  mkdirSync(join(folder, "state"));
  const files = writePair(folder, PAIR);
  const config = parseConfig(
    `state.directory = "state"\n[admin]\ntls_certificate = "certificate.pem"\ntls_key = "key.pem"`,
    join(folder, "pacd.toml"),
  );
  return { folder, files, config };
}

test("without TLS nothing is said", async () => {
  assert.deepEqual(await checkCertificate(parseConfig("", "x"), MADE), []);
});

test("a good pair is ok, with names, days and fingerprint", async (t) => {
  const [line, ...more] = await checkCertificate(written(t).config, MADE);
  assert.equal(line?.verdict, "ok");
  assert.match(
    line.sentence,
    /^The API speaks TLS as vpn\.example\.com, 192\.0\.2\.1, for 40 more days; SHA-256 (?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/,
  );
  assert.deepEqual(more, []);
});

test("an expired one is a warning, and a key of another pair is refused", async (t) => {
  const { config, folder } = written(t);
  const later = new Date("2031-01-01");
  assert.deepEqual(
    (await checkCertificate(config, later)).map(({ verdict }) => verdict),
    ["warning"],
  );
  writePair(folder, { ...PAIR, key: (await selfSigned(["x"], 1, MADE)).key });
  const [line] = await checkCertificate(config, MADE);
  assert.equal(line?.verdict, "REFUSED");
  assert.match(line.sentence, /does not belong/);
});

test("a key that only root can read is refused where another user owns the state directory", {
  skip: needs({ root: true, programs: ["setpriv"] }),
}, async (t) => {
  const { config, folder, files } = written(t);
  chmodSync(folder, 0o755);
  chownSync(config.state.directory, NOBODY, NOBODY);
  const refused = await checkCertificate(config, MADE);
  assert.deepEqual(
    refused.map(({ verdict }) => verdict),
    ["REFUSED"],
  );
  assert.ok(refused[0]!.sentence.includes(`may not read ${files.key}: `), refused[0]!.sentence);
  assert.match(refused[0]!.sentence, /install -D -o root -g pacd -m 640/);
  chownSync(files.key, 0, NOBODY);
  chmodSync(files.key, 0o640);
  assert.deepEqual(
    (await checkCertificate(config, MADE)).map(({ verdict }) => verdict),
    ["ok"],
  );
});
