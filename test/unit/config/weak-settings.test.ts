import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../../server/config/load-config.ts";
import { weakSettings } from "../../../server/config/weak-settings.ts";

const weak = (toml: string) =>
  weakSettings(parseConfig(`[security]\n${toml}`, "/x.toml")).map(({ key, says }) => `${key}: ${says}`);

test("nothing is weak by default", () => assert.deepEqual(weak(""), []));

for (const [toml, key, says] of [
  ['authentication = ["ms-chap-v2", "ms-chap-v1"]', "authentication", "MS-CHAPv1"],
  ['authentication = ["chap-md5"]', "authentication", "CHAP-MD5"],
  ['authentication = ["ms-chap-v2", "pap"]', "authentication", "PAP"],
  ["mppe_strengths = [128, 56]", "mppe_strengths", "keys of 56 bits"],
  ["mppe_strengths = [40]", "mppe_strengths", "keys of 40 bits"],
  ["mppe_stateful = true", "mppe_stateful", "stateful MPPE"],
] as const)
  test(`${toml} is weak, and told in one sentence`, () => {
    const [line, ...more] = weak(toml);
    assert.deepEqual(more, []);
    assert.match(line!, new RegExp(`^security\\.${key}: clients may .*${says}`));
  });

test("each weak setting has a sentence of its own", () => {
  const lines = weak(
    'authentication = ["pap", "chap-md5", "ms-chap-v1"]\nmppe_strengths = [40, 56]\nmppe_stateful = true',
  );
  assert.equal(new Set(lines).size, 6);
});
