import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { everyField } from "../../../support/decode/every-field.ts";
import { compareWithTshark } from "../../../support/decode/tshark.ts";
import { ALL_NAMES } from "../../../support/decode/tshark-names.ts";
import { needs } from "../../../support/needs.ts";

const FIXTURES = fileURLToPath(new URL("../../../fixtures/", import.meta.url));
const SHARED = fileURLToPath(new URL("../../../../../shared/captures/", import.meta.url));
const skip = needs({ programs: ["tshark"] });

const folder = mkdtempSync(join(tmpdir(), "pacd-fields-"));
after(() => rmSync(folder, { recursive: true }));

for (const path of [FIXTURES, SHARED]) {
  const missing = existsSync(path) ? false : "the captures are not beside the repository";
  const files = missing === false ? readdirSync(path).filter((name) => name.endsWith(".pcap")) : ["captures"];
  for (const name of files)
    test(`${name}: every field of every packet is as tshark has it`, { skip: skip || missing }, () => {
      assert.ok(compareWithTshark(join(path, name)).values > 30);
    });
}

test("each message and each option: every field is as tshark has it, and none is left out", { skip }, () => {
  const file = join(folder, "every-field.pcap");
  writeFileSync(file, everyField());
  const { names } = compareWithTshark(file);
  assert.deepEqual(
    ALL_NAMES.filter((name) => !names.has(name)),
    [],
  );
});
