import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";

const FOLDERS = ["../../../fixtures/", "../../../../../shared/captures/"].map(
  (path) => new URL(path, import.meta.url),
);

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** A little-endian pcap file without its first records, for each number of these. */
function* laterBeginnings(file: Uint8Array): Generator<readonly [number, Uint8Array]> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const header = file.subarray(0, FILE_HEADER);
  let count = 0;
  for (let at = FILE_HEADER; at < file.length; count += 1) {
    yield [count, concat(header, file.subarray(at))];
    at += RECORD_HEADER + view.getUint32(at + 8, true);
  }
}

const files = FOLDERS.flatMap((folder) => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".pcap"))
      .map((name) => [name, new URL(name, folder)] as const);
  } catch {
    return []; // what is beside the repository may be absent
  }
});

test("there are captures of real clients", () => assert.ok(files.length >= 5));

for (const [name, url] of files)
  test(`${name}, wherever it begins, is one call, and no time is negative`, () => {
    const file = readFileSync(url);
    for (const [count, rest] of laterBeginnings(file)) {
      const { calls } = decodedFile(rest);
      assert.equal(calls.length <= 1, true, `behind ${count} packets: ${calls.length} calls`);
      for (const { rows, stages } of calls) {
        assert.ok(rows.every(({ at }) => at >= 0));
        assert.ok(stages.every(({ took }) => took >= 0));
      }
    }
  });
