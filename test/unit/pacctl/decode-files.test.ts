import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { concat } from "../../../server/wire/bytes.ts";
import { DialCapture } from "../../support/decode/dial-capture.ts";

const MAIN = fileURLToPath(new URL("../../../pacctl/main.ts", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "pacd-files-"));
after(() => rmSync(folder, { recursive: true }));

/** Decodes a file, or standard input where its path is `-`. */
function decode(path: string, input: Uint8Array = new Uint8Array(0)) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, "decode", path, "--summary"], {
    input,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr.replaceAll(folder, "") };
}

function written(name: string, octets: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, octets);
  return path;
}

const DIAL = new DialCapture().up().file();
const CONNECTED = /^1 .* alice .* connected: The client is connected\.$/m;

for (const [name, packed] of [
  ["dial.pcap.gz", gzipSync(DIAL)],
  ["dial.zst", zstdCompressSync(DIAL)],
  ["gzip-under-another-name.pcap", gzipSync(DIAL)],
  ["members.gz", concat(gzipSync(DIAL.subarray(0, 1000)), gzipSync(DIAL.subarray(1000)))],
] as const) {
  test(`${name}: read as it is, from a file and from standard input`, () => {
    for (const { code, out, err } of [decode(written(name, packed)), decode("-", packed)]) {
      assert.deepEqual([code, err], [0, ""]);
      assert.match(out, CONNECTED);
    }
  });
}

test("a packed file that is cut off: what was read stands, that it was cut is said, 2", () => {
  const packed = gzipSync(DIAL);
  const { code, out, err } = decode(written("cut.gz", packed.subarray(0, packed.length - 8)));
  assert.equal(code, 2);
  assert.match(out, CONNECTED);
  assert.match(
    err,
    /^pacctl: \/cut\.gz: The packed file ends in the middle; what it holds up to there was read: gzip, /,
  );
  assert.equal(err.trimEnd().split("\n").length, 1);
});

/** Inputs without anything in them, and what is said. */
const EMPTY: readonly (readonly [name: string, code: number, said: RegExp, octets: Uint8Array])[] = [
  ["an empty file", 2, /It is empty: not a single octet came\.$/m, new Uint8Array(0)],
  ["an empty file, packed", 2, /It is empty: not a single octet came\.$/m, gzipSync(new Uint8Array(0))],
  ["a header alone", 0, /^There are no packets in it/, DIAL.subarray(0, 24)],
  ["zeros", 2, /neither pcap nor pcapng: nothing but zeros/, new Uint8Array(10_000)],
];

for (const [name, wanted, said, octets] of EMPTY) {
  test(`${name}: said so, ${wanted}`, () => {
    for (const { code, out, err } of [decode(written("empty", octets)), decode("-", octets)]) {
      assert.equal(code, wanted);
      assert.match(out + err, said);
      assert.doesNotMatch(out + err, /no PPTP/);
    }
  });
}

test("no file at all, a folder, a device, a pipe that nobody writes into", () => {
  assert.match(
    decode(join(folder, "none")).err,
    /^pacctl: The capture \/none cannot be read: no such file or directory\.\n$/,
  );
  assert.match(decode(folder).err, /cannot be read: it is a directory\.\n$/);
  assert.match(decode("/dev/null").err, /^pacctl: \/dev\/null: It is empty: not a single octet came\.\n$/);
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const script = `: >"$0" & exec "$1" "$2" decode "$0"`;
  const { status, stderr } = spawnSync("sh", ["-c", script, pipe, process.execPath, MAIN], {
    encoding: "utf8",
  });
  assert.equal(status, 2);
  assert.match(stderr, /It is empty: not a single octet came\.\n$/);
});

test("another format is named with the command that converts it, 2", () => {
  const { code, out, err } = decode(written("trace.snoop", Buffer.from("snoop\0\0\0\0\0\0\x02\0\0\0\x04")));
  assert.deepEqual([code, out], [2, ""]);
  assert.equal(
    err,
    "pacctl: /trace.snoop: A format of captures that is to be converted first: snoop of Solaris: editcap -F pcapng FILE OUT.\n",
  );
  assert.match(
    decode(written("NetTrace.etl", Buffer.alloc(5000, 1))).err,
    /event trace of Windows: etl2pcapng FILE OUT/,
  );
});
