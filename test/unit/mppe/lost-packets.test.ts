import assert from "node:assert/strict";
import { test } from "node:test";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import type { MppeDirection } from "../../../server/mppe/direction.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { MAX_JUMP, MAX_LOST } from "../../../server/mppe/limits.ts";
import { ascii } from "../../support/bytes.ts";

const TEXT = ascii("!E an inner packet");

/** One end that seals TEXT, one that opens it. */
function tunnel(stateless = true) {
  const direction: MppeDirection = { key: new Uint8Array(16).fill(7), strength: 128, stateless };
  const [encryptor, decryptor] = [new Encryptor(direction), new Decryptor(direction)];
  const next = (): Uint8Array => {
    const frame = new Uint8Array(2 + TEXT.length);
    frame.set(TEXT, 2);
    encryptor.seal(frame, 0, frame.length);
    return frame;
  };
  return {
    next,
    lose(count: number) {
      for (let i = 0; i < count; i += 1) next();
    },
    /** `lost`: how many packets GRE has missed before this one. */
    receive(frame: Uint8Array, lost = 0) {
      const opened = decryptor.open(frame, 0, frame.length, lost);
      if (opened === "ok") assert.deepEqual(frame.subarray(2), TEXT);
      return opened;
    },
  };
}

for (const lost of [0, 1, MAX_JUMP + 1, 2048, 3000, 4095, 4096, 5000, 20_000]) {
  for (const control of [0, 7]) {
    test(`${lost} packets that GRE has missed, and ${control} of control, are bridged`, () => {
      const { next, lose, receive } = tunnel();
      assert.equal(receive(next()), "ok");
      lose(lost);
      assert.equal(receive(next(), lost + control), "ok");
      assert.equal(receive(next()), "ok");
    });
  }
}

test("packets lost before GRE numbered them are bridged beside those that GRE has missed", () => {
  const { next, lose, receive } = tunnel();
  lose(30);
  assert.equal(receive(next(), 10), "ok");
  assert.equal(receive(next()), "ok");
});

test("more packets than MAX_LOST are refused, whoever has missed them", () => {
  const { next, lose, receive } = tunnel();
  const first = next();
  lose(MAX_LOST);
  assert.equal(receive(next(), MAX_LOST + 1), "jump");
  assert.equal(receive(first), "ok");
});

test("stateful: after any loss that GRE tells of, a flag packet finds the key again", () => {
  for (const lost of [100, 3000, 4096, 5000]) {
    const { next, lose, receive } = tunnel(false);
    assert.equal(receive(next()), "ok");
    lose(lost);
    // Up to the next flag packet nothing can be read.
    let opened = receive(next(), lost);
    for (let i = 0; opened === "unsynchronised" && i < 256; i += 1) opened = receive(next());
    assert.equal(opened, "ok", `${lost}`);
    assert.equal(receive(next()), "ok");
  }
});
