import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Captured } from "../../../../pacctl/capture/captured.ts";
import { openCapture, readCapture } from "../../../../pacctl/capture/input.ts";
import { CaptureReader } from "../../../../pacctl/capture/reader.ts";
import { AppError } from "../../../../server/errors/app-error.ts";
import { read } from "../../../support/capture/read.ts";
import { captures } from "../../../support/capture/samples.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-input-"));
after(() => rmSync(folder, { recursive: true }));

const { file } = captures[0]!;

/** Kinds of the events that come of an input. */
async function kinds(input: Awaited<ReturnType<typeof openCapture>>): Promise<string[]> {
  const events: Captured["kind"][] = [];
  await readCapture(input, new CaptureReader({}, ({ kind }) => events.push(kind)));
  return events;
}

const WANT: readonly Captured["kind"][] = [...read(file).events.map(({ kind }) => kind), "time"];

test("a file is read to its end, and its size is known", async () => {
  const path = join(folder, "whole.pcap");
  writeFileSync(path, file);
  const input = await openCapture(path);
  assert.equal(input.size, file.length);
  const progress: number[] = [];
  const reader = new CaptureReader({}, () => {});
  await readCapture(input, reader, (octets) => progress.push(octets));
  assert.deepEqual(progress, [file.length]);
  assert.deepEqual(reader.summary(), read(file).summary);
  assert.deepEqual(await kinds(await openCapture(path)), WANT);
});

test("a named pipe is read as it is written", async () => {
  const path = join(folder, "pipe");
  assert.equal(spawnSync("mkfifo", [path]).status, 0);
  const opening = openCapture(path);
  const { open } = await import("node:fs/promises");
  const writer = await open(path, "w");
  const input = await opening;
  assert.equal(input.size, undefined);
  const reading = kinds(input);
  await writer.write(file.subarray(0, 100));
  await writer.write(file.subarray(100));
  await writer.close();
  assert.deepEqual(await reading, WANT);
});

test("standard input is any stream of chunks; behind what cannot be read, no more is asked for", async () => {
  let asked = 0;
  async function* chunks() {
    for (; asked < 10; ) {
      asked += 1;
      yield new Uint8Array(1000);
    }
  }
  assert.deepEqual(await kinds({ chunks: chunks(), size: undefined }), ["problem"]);
  assert.equal(asked, 1);
});

test("a capture that is not there, a folder: one clear sentence", async () => {
  const refused = (path: string, sentence: RegExp) =>
    assert.rejects(openCapture(path), (error: unknown) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.code, "capture-unreadable");
      assert.match(error.message, sentence);
      return true;
    });
  await refused(
    join(folder, "none.pcap"),
    /^The capture \S+none\.pcap cannot be read: no such file or directory\.$/,
  );
  await refused(folder, /^The capture \S+ cannot be read: it is a directory\.$/);
});
