import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { DialCapture } from "../../support/decode/dial-capture.ts";
import { manyDials } from "../../support/decode/many-dials.ts";

const MAIN = fileURLToPath(new URL("../../../pacctl/main.ts", import.meta.url));

/** More dials than anybody waits for. */
const endless = () =>
  manyDials([new DialCapture().up().fin("client").fin("server")], Number.POSITIVE_INFINITY);

/** `pacctl decode - WORDS`, its output led to where `shell` says; what standard error got. */
async function decode(
  words: string,
  shell: string,
  input: Iterable<Uint8Array> | undefined,
): Promise<string> {
  const line = `{ "$0" "${MAIN}" decode - ${words}; echo "ends with $?" >&2; } ${shell}`;
  const child = spawn("sh", ["-c", line, process.execPath], { stdio: ["pipe", "ignore", "pipe"] });
  // Whoever reads no more closes the pipe.
  if (input !== undefined) pipeline(Readable.from(input), child.stdin).catch(() => {});
  const [said] = await Promise.all([text(child.stderr), once(child, "exit")]);
  child.stdin.destroy();
  return said;
}

for (const words of ["", "--summary", "--fields", "--json", "--json --summary"])
  test(`decode - ${words} | head -1: an endless capture ends, and that is no error`, async () => {
    assert.equal(await decode(words, "| head -1", endless()), "ends with 0\n");
  });

test("decode - --summary | true: the output is closed before the first line", async () => {
  const silent = function* () {
    yield* manyDials([new DialCapture().up()], 1);
    const other = new DialCapture();
    other.add(new Uint8Array(20).fill(0x45));
    for (;;) yield other.file().subarray(24);
  };
  assert.equal(await decode("--summary", "| true", silent()), "ends with 0\n");
});

test("decode - | true: while no packet comes it ends as well", async () => {
  assert.equal(await decode("", "| true", undefined), "ends with 0\n");
});

test("decode - > /dev/full: one sentence, and 2", async () => {
  assert.match(
    await decode("--json", "> /dev/full", endless()),
    /^pacctl: Standard output cannot be written: [^\n]*no space left on device[^\n]*\nends with 2\n$/i,
  );
});
