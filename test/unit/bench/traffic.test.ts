import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { needs } from "../../support/needs.ts";

/**
 * The traffic tool of the benchmarks, on loopback. Receivers and senders of other seeds do not understand
 * each other.
 */
const skip = needs({ programs: ["cc"] });
const folder = mkdtempSync(join(tmpdir(), "pacd-ut-"));
const program = join(folder, "traffic");
const COMPILER = "cc";

after(() => rmSync(folder, { recursive: true }));

/**
 * Starts one; `next` gives its next line, nothing where it ended without: who sends to a receiver that has
 * heard enough.
 */
function traffic(...words: readonly string[]) {
  const child: ChildProcess = spawn(program, words, { stdio: ["ignore", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    child,
    async next(): Promise<Record<string, number>> {
      const line = await lines.next();
      return line.done === true ? {} : JSON.parse(line.value);
    },
  };
}

/** The kernel chooses a port. */
const ANY = "0";

/** A sender of one seed and a receiver of another; returns what both found. */
async function exchange(kind: "tcp" | "udp", seeds: readonly [string, string], ...more: string[]) {
  const receiver = traffic(`${kind}-receive`, ANY, seeds[1]);
  const { port } = await receiver.next();
  const sent = await traffic(`${kind}-send`, "127.0.0.1", `${port}`, seeds[0], "0", "0.05", ...more).next();
  if (kind === "udp") receiver.child.kill("SIGTERM");
  return { sent, received: await receiver.next() };
}

describe("the traffic tool", { skip }, () => {
  before(() => {
    const sources = globSync(fileURLToPath(new URL("../../bench/traffic/*.c", import.meta.url)));
    execFileSync(COMPILER, [
      "-std=gnu11",
      "-D_GNU_SOURCE",
      "-O1",
      "-Wall",
      "-Wextra",
      "-Werror",
      ...sources,
      "-o",
      program,
    ]);
  });

  test("a TCP stream that arrives as it was sent is right to its last octet", async () => {
    const { sent, received } = await exchange("tcp", ["7", "7"]);
    assert.ok(sent["bytes"]! > 0);
    assert.equal(received["bytes"], sent["bytes"]);
    assert.equal(received["mismatch"], -1);
  });

  test("a TCP stream of other octets is found at its first octet", async () => {
    const { received } = await exchange("tcp", ["7", "8"]);
    assert.equal(received["mismatch"], 0);
  });

  test("datagrams that arrive as they were sent are neither changed, doubled nor out of order", async () => {
    const { sent, received } = await exchange("udp", ["7", "7"], "1000", "2000");
    assert.ok(received["received"]! > 0);
    assert.equal(received["received"]! + received["socketDrops"]!, sent["sent"]);
    const { corrupt, duplicates, disorder } = received;
    assert.deepEqual({ corrupt, duplicates, disorder }, { corrupt: 0, duplicates: 0, disorder: 0 });
  });

  test("datagrams of other octets are all found", async () => {
    const { received } = await exchange("udp", ["7", "8"], "1000", "2000");
    assert.ok(received["received"]! > 0);
    assert.equal(received["corrupt"], received["received"]);
  });

  test("answers come back to whom they belong", async () => {
    const echo = traffic("echo", ANY);
    const { port } = await echo.next();
    const found = await traffic("round-trips", "127.0.0.1", `${port}`, "7", "50", "100").next();
    echo.child.kill("SIGKILL");
    assert.equal(found["sent"], 50);
    assert.equal(found["received"]! + found["corrupt"]!, 50);
    assert.equal(found["corrupt"], 0);
    assert.ok(found["min"]! > 0 && found["min"]! <= found["p50"]! && found["p50"]! <= found["max"]!);
  });
});
