import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../../server/config/load-config.ts";
import { weakOptions } from "../../../server/config/weak-options.ts";

const weak = (toml: string, names: readonly string[] = [], total = names.length) =>
  weakOptions(parseConfig(`[security]\n${toml}`, "/x.toml"), { names, total });

test("nothing is weak by default", () => assert.deepEqual(weak(""), []));

for (const [toml, says] of [
  ['authentication = ["ms-chap-v2", "ms-chap-v1"]', "MS-CHAPv1"],
  ['authentication = ["ms-chap-v2", "chap-md5"]', "CHAP-MD5"],
  ['authentication = ["ms-chap-v2", "pap"]', "PAP"],
  ["mppe_strengths = [128, 56]", "MPPE with 56 bits"],
  ["mppe_strengths = [40]", "MPPE with 40 bits"],
  ["mppe_stateful = true", "Stateful MPPE"],
] as const)
  test(`${toml} is weak, and told in one sentence`, () => {
    const [sentence, ...more] = weak(toml);
    assert.deepEqual(more, []);
    assert.ok(sentence?.startsWith(`${says} is allowed: `), sentence);
  });

test("each weak setting has a sentence of its own", () => {
  const sentences = weak(
    'authentication = ["pap", "chap-md5", "ms-chap-v1"]\nmppe_strengths = [40, 56]\nmppe_stateful = true',
  );
  assert.equal(new Set(sentences).size, 6);
});

test("methods that give no keys alone let in nobody whose encryption is required, and that is said", () => {
  const sentences = weak('authentication = ["pap", "chap-md5"]');
  assert.equal(sentences.length, 3);
  assert.match(sentences.at(-1)!, /^No method that gives keys is allowed: .* cannot connect at all/);
});

test("users who may go without encryption are named, as far as there is room", () => {
  assert.deepEqual(weak("", ["printer"]), ["One user may connect without encryption: printer."]);
  assert.deepEqual(weak("", ["camera", "printer"], 5), [
    "5 users may connect without encryption: camera, printer and 3 more.",
  ]);
});

test("an admin API that other hosts reach in clear is weak, and the first to be told", () => {
  const [sentence, ...more] = weak(
    'mppe_stateful = true\n[admin]\nlisten = "0.0.0.0:8723"\nallow_plain = true',
  );
  assert.match(sentence!, /^The admin API listens on 0\.0\.0\.0:8723, /);
  assert.equal(more.length, 1);
});

const proxies = (admin: string) => weak(`mppe_stateful = false\n[admin]\n${admin}`);

test("trusting every address, or none that comes, is told; a proxy on this host or another is not", () => {
  assert.match(proxies('trusted_proxies = ["127.0.0.1", "0.0.0.0/0"]')[0]!, /trusts every address: /);
  assert.match(
    proxies('trusted_proxies = ["192.0.2.1"]')[0]!,
    /names no address of the loopback, on which alone the admin API listens \(127\.0\.0\.1:8723\)/,
  );
  const open = 'listen = "192.0.2.5:8723"\nallow_plain = true\n';
  const told = proxies(`${open}trusted_proxies = ["192.0.0.0/16"]`);
  assert.match(told.at(-1)!, /trusts a large network while the admin API speaks plain HTTP there/);
  assert.equal(proxies(`${open}trusted_proxies = ["192.0.2.1"]`).length, 1);
  for (const good of ['"127.0.0.1"', '"127.0.0.0/8"', '"::1"'])
    assert.deepEqual(proxies(`trusted_proxies = [${good}]`), []);
});
