import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutputPace } from "../../../../pacctl/io.ts";
import { inner } from "../../../simulation/dials.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";
import { manyDials } from "../../../support/decode/many-dials.ts";
import { pacctl } from "../../../support/pacctl.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { notify } from "./cases.ts";

const packet = inner("10.77.0.10", "203.0.113.5", 40);
const DIAL = new DialCapture().up().data("client", packet).data("server", packet).fin("client").fin("server");

/** 300 dials in one chunk. */
const FILE = Buffer.concat([...manyDials([DIAL], 300)]);

/** A reader of standard output who takes it in portions when the test says so. */
class SlowReader implements OutputPace {
  /** Characters that nobody has taken. */
  held = 0;
  most = 0;
  all = 0;
  gone = false;
  #wake: (() => void) | undefined;
  /** Called where the command waits. */
  readonly #onFull: (reader: SlowReader) => void;

  constructor(onFull: (reader: SlowReader) => void) {
    this.#onFull = onFull;
  }

  readonly out = (text: string): void => {
    this.held += text.length;
    this.all += text.length;
    this.most = Math.max(this.most, this.held);
  };

  closed(): boolean {
    return this.gone;
  }

  full(): Promise<void> | undefined {
    if (this.held === 0 || this.gone) return undefined;
    const waited = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    queueMicrotask(() => this.#onFull(this));
    return waited;
  }

  take(): void {
    this.held = 0;
    this.#wake?.();
  }

  leave(): void {
    this.gone = true;
    this.#wake?.();
  }
}

/** What was asked of the input. */
class Input {
  ended = false;

  async *chunks(pieces: Iterable<Uint8Array>) {
    try {
      yield* pieces;
    } finally {
      this.ended = true;
    }
  }
}

function decode(words: readonly string[], pieces: Iterable<Uint8Array>, reader: SlowReader, input: Input) {
  const chunks = { chunks: input.chunks(pieces), size: undefined };
  return pacctl(["decode", ...words], {
    fetch: () => Promise.reject(new Error("a capture needs no API")),
    readFile: async () => "alice s3cret\n",
    out: reader.out,
    pace: reader,
    openCapture: async () => chunks,
    stdinCapture: chunks,
    createFile: async () => ({ write: () => {}, close: async () => {} }),
    host: { clock: new VirtualClock() } as never,
  });
}

const FORMS = [
  ["dial.pcap"],
  ["dial.pcap", "--summary"],
  ["dial.pcap", "--fields"],
  ["dial.pcap", "--json"],
  ["dial.pcap", "--json", "--summary"],
  ["dial.pcap", "--credentials", "u", "--write-decrypted", "inside.pcap"],
  ["-"],
  ["-", "--fields"],
  ["-", "--json"],
] as const;

for (const words of FORMS) {
  test(`decode ${words.join(" ")}: reading waits until what was printed has been taken`, async () => {
    const input = new Input();
    // Whoever does not wait has read on by then.
    const reader = new SlowReader((slow) => void Promise.resolve().then(() => slow.take()));
    const { code, err } = await decode(words, [FILE], reader, input);
    assert.deepEqual([code, err], [0, ""]);
    assert.ok(reader.most * 5 < reader.all, `${reader.most} characters of ${reader.all} were held at once`);
  });

  test(`decode ${words.join(" ")}: nobody reads on, and an endless capture ends`, async () => {
    const input = new Input();
    let portions = 0;
    const reader = new SlowReader((slow) => {
      portions += 1;
      if (portions === 2) slow.leave();
      else slow.take();
    });
    const { code } = await decode(words, manyDials([DIAL], Number.POSITIVE_INFINITY), reader, input);
    assert.deepEqual([code, input.ended], [0, true]);
  });

  test(`decode ${words.join(" ")}: nobody reads from the beginning, and nothing is said`, async () => {
    const input = new Input();
    const reader = new SlowReader(() => {});
    reader.gone = true;
    const silent = function* () {
      yield* manyDials([DIAL], 1);
      for (;;) yield new Uint8Array(0);
    };
    const { code, err } = await decode(words, silent(), reader, input);
    assert.deepEqual([code, reader.all], [0, 0]);
    if (words.includes("--write-decrypted" as never))
      assert.match(
        err,
        /^pacctl: Standard output was closed, and reading ended before the end of dial\.pcap: /,
      );
    else assert.equal(err, "");
  });
}

test("what a control connection says when its call is over and told stands under the number of that call", () => {
  const capture = new DialCapture().up();
  capture.say("server", notify(4)).wait(200_000);
  for (let i = 0; i < 3; i += 1) capture.say("client", controlFixture("echo-request").message).wait(2000);
  const { calls, rows } = decodedFile(capture.file(), { ladders: true });
  assert.deepEqual(
    calls.map(({ number, rows: kept }) => [
      number,
      kept.filter(({ text }) => text.startsWith("Echo")).length,
    ]),
    [[1, 1]],
  );
  assert.deepEqual(
    rows.filter(({ text }) => text.startsWith("Echo")).map(({ call }) => call),
    [1, 1, 1],
  );
});
