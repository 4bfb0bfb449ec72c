import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { decodedFile, password } from "../../../support/decode/decoded.ts";
import { ALICE } from "../../../support/lab/scene.ts";

const FOLDER = fileURLToPath(new URL("../../../fixtures/", import.meta.url));
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".pcap"));

test("there are captures of a real client", () => assert.ok(FILES.length >= 5));

for (const name of FILES) {
  test(`${name}: the log-in is checked, and all that is encrypted is decrypted`, () => {
    const file = readFileSync(`${FOLDER}${name}`);
    const { calls, inner } = decodedFile(file, { credentials: password(ALICE.user, ALICE.password) });
    assert.equal(calls.length, 1);
    const [call] = calls;
    if (name.includes("wrong-password")) {
      assert.equal(call!.verdict.code, "bad-credentials");
      return;
    }
    assert.equal(call!.verdict.code, "client-hung-up");
    const [, strength, mode] = /(\d+)-(state\w+)/.exec(name) ?? ["", "128", "stateless"];
    assert.equal(call!.encryption, `MPPE ${strength} bits ${mode}`);
    assert.deepEqual([call!.data.decrypted, call!.data.undecrypted], [call!.data.encrypted, {}]);
    assert.equal(inner.length, call!.data.encrypted);
    assert.ok(inner.length >= 8);
  });
}
