import assert from "node:assert/strict";
import { test } from "node:test";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import type { MppeDirection } from "../../../server/mppe/direction.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { MAX_JUMP, MAX_REFUSED_IN_A_ROW } from "../../../server/mppe/limits.ts";
import type { Opened } from "../../../server/mppe/mppe-types.ts";
import { equalOctets, hex } from "../../../server/wire/bytes.ts";
import { ascii, fromHex } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import { win7FirstFrame } from "../crypto/vectors/win7.ts";

const stateless = (key: Uint8Array): MppeDirection => ({ key, strength: 128, stateless: true });

const START = stateless(fromHex("8b7cdc149b993a1ba118cb153f56dccb")); // RFC 3079 §3.5.3
const TEXT = ascii("!E an inner packet");
const HEADER = 2;

/** Sends packets that all say TEXT. */
class Sender {
  readonly #encryptor = new Encryptor(START);

  next(text = TEXT): Uint8Array {
    const frame = new Uint8Array(HEADER + text.length);
    frame.set(text, HEADER);
    this.#encryptor.seal(frame, 0, frame.length);
    return frame;
  }

  /** The frame after `count` others. */
  after(count: number): Uint8Array {
    for (let lost = 0; lost < count; lost++) this.next();
    return this.next();
  }
}

/** Opens a copy; on "ok" the plaintext must be TEXT, otherwise the frame must be as it was. */
function receive(decryptor: Decryptor, frame: Uint8Array): Opened {
  const copy = frame.slice();
  const opened = decryptor.open(copy, 0, copy.length);
  assert.deepEqual(copy.subarray(HEADER), opened === "ok" ? TEXT : frame.subarray(HEADER));
  assert.deepEqual(copy.subarray(0, HEADER), frame.subarray(0, HEADER));
  return opened;
}

test("Windows 7 capture: the first encrypted frame decrypts", () => {
  const frame = fromHex(`9000${win7FirstFrame.firstCipherHex}`);
  const decryptor = new Decryptor(stateless(fromHex(win7FirstFrame.startKey)));
  assert.equal(decryptor.open(frame, 0, frame.length), "ok");
  assert.equal(hex(frame.subarray(HEADER)), win7FirstFrame.firstPlainHex);
});

test("Windows 7 capture: our encryptor makes the same frame", () => {
  const frame = fromHex(`0000${win7FirstFrame.firstPlainHex}`);
  new Encryptor(stateless(fromHex(win7FirstFrame.startKey))).seal(frame, 0, frame.length);
  assert.equal(hex(frame), `9000${win7FirstFrame.firstCipherHex}`);
});

test("headers say flushed, encrypted, and count from 0", () => {
  const sender = new Sender();
  const headers = Array.from({ length: 3 }, () => hex(sender.next().subarray(0, HEADER)));
  assert.deepEqual(headers, ["9000", "9001", "9002"]);
  assert.equal(hex(sender.after(252).subarray(0, HEADER)), "90ff");
  assert.equal(hex(sender.next().subarray(0, HEADER)), "9100");
});

test("the count goes from 4095 to 0 many times, and keys go on", () => {
  const [sender, decryptor] = [new Sender(), new Decryptor(START)];
  const ciphertexts = new Set<string>();
  for (let packet = 0; packet < 5 * 4096 + 3; packet++) {
    const frame = sender.next();
    assert.equal(((frame[0]! & 0x0f) << 8) | frame[1]!, packet % 4096);
    if (packet % 4096 === 0) ciphertexts.add(hex(frame));
    assert.equal(receive(decryptor, frame), "ok");
  }
  assert.equal(ciphertexts.size, 6);
});

test("sealing and opening stay within the range given", () => {
  const bytes = new Uint8Array(20).fill(0xaa);
  new Encryptor(START).seal(bytes, 5, 15);
  assert.equal(hex(bytes.subarray(0, 5)) + hex(bytes.subarray(15)), "aa".repeat(10));
  assert.equal(new Decryptor(START).open(bytes, 5, 15), "ok");
  assert.equal(hex(bytes), `${"aa".repeat(5)}9000${"aa".repeat(13)}`);
});

test("start keys stay the caller's, even in a Buffer", () => {
  const start = Buffer.from(START.key);
  const [encryptor, decryptor] = [new Encryptor(stateless(start)), new Decryptor(stateless(start))];
  start.fill(0);
  const frame = new Uint8Array([0, 0, ...TEXT]);
  encryptor.seal(frame, 0, frame.length);
  assert.equal(receive(decryptor, frame), "ok");
  assert.equal(receive(new Decryptor(START), frame), "ok");
});

for (const length of [0, 8, 15, 17]) {
  test(`a start key of ${length} octets is our bug`, () => {
    assert.throws(() => new Encryptor(stateless(new Uint8Array(length))), RangeError);
    assert.throws(() => new Decryptor(stateless(new Uint8Array(length))), RangeError);
  });
}

for (const lost of [1, 2, 255, MAX_JUMP - 1, MAX_JUMP]) {
  test(`${lost} lost packets are bridged`, () => {
    const [sender, decryptor] = [new Sender(), new Decryptor(START)];
    assert.equal(receive(decryptor, sender.next()), "ok");
    assert.equal(receive(decryptor, sender.after(lost)), "ok");
    assert.equal(receive(decryptor, sender.next()), "ok");
  });
}

test("lost packets are bridged across the wrap", () => {
  const [sender, decryptor] = [new Sender(), new Decryptor(START)];
  for (let packet = 0; packet < 4090; packet++) receive(decryptor, sender.next());
  assert.equal(receive(decryptor, sender.after(20)), "ok");
});

for (const lost of [MAX_JUMP + 1, 2000, 2048]) {
  test(`a jump over ${lost} packets is refused and changes nothing`, () => {
    const [sender, decryptor] = [new Sender(), new Decryptor(START)];
    assert.equal(receive(decryptor, sender.next()), "ok");
    const next = sender.next();
    assert.equal(receive(decryptor, sender.after(lost - 1)), "jump");
    assert.equal(receive(decryptor, next), "ok");
  });
}

for (const lost of [2049, 3000, 4094]) {
  test(`a jump over ${lost} packets looks late and changes nothing`, () => {
    const [sender, decryptor] = [new Sender(), new Decryptor(START)];
    assert.equal(receive(decryptor, sender.next()), "ok");
    const next = sender.next();
    assert.equal(receive(decryptor, sender.after(lost - 1)), "late");
    assert.equal(receive(decryptor, next), "ok");
  });
}

test("a duplicate is late", () => {
  const [sender, decryptor] = [new Sender(), new Decryptor(START)];
  const frame = sender.next();
  assert.equal(receive(decryptor, frame), "ok");
  assert.equal(receive(decryptor, frame), "late");
  assert.equal(receive(decryptor, sender.next()), "ok");
});

for (const behind of [1, 2, 100, 2046]) {
  test(`a packet that ${behind} others overtook is late, and the next is not harmed`, () => {
    const [sender, decryptor] = [new Sender(), new Decryptor(START)];
    const overtaken = sender.next();
    for (let packet = 0; packet < behind; packet++) assert.equal(receive(decryptor, sender.next()), "ok");
    assert.equal(receive(decryptor, overtaken), "late");
    assert.equal(receive(decryptor, sender.next()), "ok");
  });
}

/** A refused frame `ahead` counts from the expected count of a fresh decryptor. */
const forged = (ahead: number): Uint8Array => Uint8Array.of(0x90 | ((ahead >> 8) & 0x0f), ahead & 0xff, 1, 2);

for (const [kind, ahead] of [
  ["jump", 1500],
  ["late", 4000],
] as const) {
  test(`more than ${MAX_REFUSED_IN_A_ROW} times ${kind} in a row is desynchronised`, () => {
    const decryptor = new Decryptor(START);
    for (let n = 0; n < MAX_REFUSED_IN_A_ROW; n++) assert.equal(receive(decryptor, forged(ahead)), kind);
    assert.equal(receive(decryptor, forged(ahead)), "desynchronised");
    assert.equal(receive(decryptor, forged(ahead)), "desynchronised");
  });
}

test("one accepted packet forgives what was refused before", () => {
  const [sender, decryptor] = [new Sender(), new Decryptor(START)];
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < MAX_REFUSED_IN_A_ROW; n++) assert.equal(receive(decryptor, forged(2000)), "jump");
    assert.equal(receive(decryptor, sender.next()), "ok");
  }
});

test("a sender 3,000 packets ahead is found out, not decrypted to garbage", () => {
  const [sender, decryptor] = [new Sender(), new Decryptor(START)];
  assert.equal(receive(decryptor, sender.next()), "ok");
  let frame = sender.after(3000);
  for (let n = 0; n < MAX_REFUSED_IN_A_ROW; n++, frame = sender.next()) {
    assert.equal(receive(decryptor, frame), "late");
  }
  assert.equal(receive(decryptor, frame), "desynchronised");
});

for (const [header, opened] of [
  [0x8000, "not-encrypted"],
  [0x0000, "not-encrypted"],
  [0xe000, "not-encrypted"],
  [0x1000, "not-stateless"],
  [0x7000, "not-stateless"],
] as const) {
  test(`the header ${header.toString(16).padStart(4, "0")} is ${opened} and changes nothing`, () => {
    const [sender, decryptor] = [new Sender(), new Decryptor(START)];
    for (let n = 0; n <= 2 * MAX_REFUSED_IN_A_ROW; n++) {
      assert.equal(receive(decryptor, Uint8Array.of(header >> 8, header & 0xff, 7, 7)), opened);
    }
    assert.equal(receive(decryptor, sender.next()), "ok");
  });
}

test("bits B and C mean nothing to MPPE", () => {
  const frame = new Sender().next();
  frame[0]! |= 0x60;
  assert.equal(receive(new Decryptor(START), frame), "ok");
});

test("a frame without room for a header is truncated", () => {
  const [sender, decryptor] = [new Sender(), new Decryptor(START)];
  const frame = sender.next();
  assert.equal(decryptor.open(frame, 0, 0), "truncated");
  assert.equal(decryptor.open(frame, 0, 1), "truncated");
  assert.equal(decryptor.open(frame, 3, 2), "truncated");
  assert.equal(decryptor.open(frame, 0, frame.length + 1), "truncated");
  assert.equal(receive(decryptor, frame), "ok");
});

test("a header with nothing behind it takes its count", () => {
  const [sender, decryptor] = [new Sender(), new Decryptor(START)];
  const empty = sender.next(new Uint8Array(0));
  assert.equal(decryptor.open(empty, 0, empty.length), "ok");
  assert.equal(receive(decryptor, sender.next()), "ok");
});

test("any lossy, reordering, duplicating link: nothing is decrypted wrongly or twice", () => {
  const sender = new Sender();
  const frames = Array.from({ length: 400 }, () => sender.next());
  // Each step forward loses some; each step back replays.
  const walk = fc.array(fc.integer({ min: -20, max: 12 }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(walk, (steps) => {
      const decryptor = new Decryptor(START);
      let at = 0;
      let highest = -1;
      for (const step of steps) {
        at = Math.min(Math.max(at + step, 0), frames.length - 1);
        // receive() checks the plaintext: a key used for another packet would not give TEXT.
        assert.equal(receive(decryptor, frames[at]!), at > highest ? "ok" : "late");
        highest = Math.max(highest, at);
      }
    }),
  );
});

test("whatever counts arrive, no RC4 key ever decrypts twice", () => {
  const count = fc.oneof(fc.integer({ min: 0, max: 4095 }), fc.integer({ min: 0, max: 30 }));
  fc.assert(
    fc.property(fc.array(count, { maxLength: 60 }), (counts) => {
      const decryptor = new Decryptor(START);
      // Zeros decrypt to the keystream itself: the same one twice would be the same key twice.
      const keystreams = new Set<string>();
      for (const n of counts) {
        const frame = new Uint8Array(HEADER + 16);
        frame.set(forged(n).subarray(0, HEADER));
        if (decryptor.open(frame, 0, frame.length) !== "ok") {
          assert.ok(equalOctets(frame.subarray(HEADER), new Uint8Array(16)));
          continue;
        }
        const keystream = hex(frame.subarray(HEADER));
        assert.ok(!keystreams.has(keystream));
        keystreams.add(keystream);
      }
    }),
  );
});

test("any octets at all never throw", () => {
  const decryptor = new Decryptor(START);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (frame) => {
      decryptor.open(frame, 0, frame.length);
    }),
  );
});
