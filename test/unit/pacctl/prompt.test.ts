import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import type { ReadStream } from "node:tty";
import { askHidden, askLine } from "../../../pacctl/prompt.ts";

/** A terminal on which somebody types; what was asked of it, in order. */
class Terminal extends EventEmitter {
  readonly did: string[] = [];
  setRawMode(raw: boolean): void {
    this.did.push(raw ? "raw" : "cooked");
  }
  setEncoding(): void {}
  resume(): void {}
  pause(): void {
    this.did.push("pause");
  }
}

async function typed(...keys: readonly string[]) {
  const terminal = new Terminal();
  let shown = "";
  const asked = askHidden("Password: ", terminal as unknown as ReadStream, (text) => {
    terminal.did.push(`shows ${JSON.stringify(text)}`);
    shown += text;
  });
  for (const key of keys) terminal.emit("data", key);
  const answer = await asked;
  return { answer, shown, did: terminal.did, listeners: terminal.listenerCount("data") };
}

test("what is typed is not shown, and the terminal is afterwards as it was", async () => {
  assert.deepEqual(await typed("s", "ecret", "\r"), {
    answer: "secret",
    shown: "Password: \n",
    did: ["raw", 'shows "Password: "', "cooked", "pause", 'shows "\\n"'],
    listeners: 0,
  });
});

for (const [what, keys, answer] of [
  ["a line that is pasted ends at its first end", ["one\ntwo\n"], "one"],
  ["backspace takes a letter back, however many units it has", ["a🔑b", "\u007f", "\u007f", "c\r"], "ac"],
  ["Ctrl-U takes all back", ["wrong\u0015right\r"], "right"],
  ["Ctrl-C is no answer", ["sec\u0003"], undefined],
  ["Ctrl-D at the beginning is no answer", ["\u0004"], undefined],
  ["other control characters count for nothing", ["a\u001b\tb\r"], "ab"],
] as const)
  test(what, async () => assert.equal((await typed(...keys)).answer, answer));

test("a question is answered with a line; nothing more to read is no answer", async () => {
  const asked = async (typed: string) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answer = askLine("Remove 1 user? [y/N] ", input, output);
    input.end(typed);
    return [await answer, String(output.read())];
  };
  assert.deepEqual(await asked("y\n"), ["y", "Remove 1 user? [y/N] "]);
  assert.deepEqual(await asked(""), [undefined, "Remove 1 user? [y/N] "]);
});
