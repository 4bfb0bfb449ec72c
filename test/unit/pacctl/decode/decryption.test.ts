import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { UNDECRYPTED } from "../../../../pacctl/decode/data/decryption.ts";
import { concat, hex } from "../../../../server/wire/bytes.ts";
import { inner } from "../../../simulation/dials.ts";
import { fromHex } from "../../../support/bytes.ts";
import { decodedFile, password } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";
import { fc } from "../../../support/fc.ts";

const ALICE = { credentials: password("alice", "s3cret") };

const packet = (size: number): Uint8Array => inner("10.77.0.10", "203.0.113.5", size);

/** So many packets of the client, sealed in order and sent as `send` likes. */
function sent(
  capture: DialCapture,
  count: number,
  send: (frames: readonly { frame: Uint8Array; sequence: number; size: number }[]) => void,
): Uint8Array {
  const first = capture.sequence.client;
  send(
    Array.from({ length: count }, (_, i) => ({
      frame: capture.sealed("client", packet(i % 900)),
      sequence: first + i,
      size: i % 900,
    })),
  );
  return capture.file();
}

const found = (file: Uint8Array) => {
  const { calls, inner: packets } = decodedFile(file, ALICE);
  assert.equal(calls.length, 1);
  return { data: calls[0]!.data, texts: packets.map(({ octets }) => hex(octets)) };
};

for (const strength of [128, 56, 40] as const)
  for (const stateless of [true, false])
    test(`${strength} bits ${stateless ? "stateless" : "stateful"}: 600 packets each way`, () => {
      const capture = new DialCapture().up({ strength, stateless });
      for (let i = 0; i < 600; i += 1) capture.data("client", packet(i)).data("server", packet(i + 1));
      const { data, texts } = found(capture.file());
      assert.deepEqual([data.encrypted, data.decrypted, data.undecrypted], [1200, 1200, {}]);
      assert.equal(texts[1198], hex(packet(599)));
      assert.equal(texts[1199], hex(packet(600)));
    });

test("stateless: packets in any order within reach, doubled and lost, are found each once", () => {
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.nat(9)),
      fc.infiniteStream(fc.integer({ min: 0, max: 25 })),
      (fates, delays) => {
        const capture = new DialCapture().up();
        let arrived = 0;
        const file = sent(capture, 120, (frames) => {
          const line: { at: number; frame: Uint8Array; sequence: number }[] = [];
          for (const [i, { frame, sequence }] of frames.entries()) {
            const fate = fates.next().value as number;
            if (fate === 0 && i > 0) continue;
            arrived += 1;
            // The first one tells where the count begins, as it does on the wire.
            const delay = i === 0 ? 0 : (delays.next().value as number);
            line.push({ at: i + delay, frame, sequence });
            if (fate === 1) line.push({ at: i + delay + 1, frame, sequence });
          }
          line.sort((a, b) => a.at - b.at);
          for (const { frame, sequence } of line) capture.ppp("client", frame, { sequence });
        });
        const { data, texts } = found(file);
        assert.deepEqual([data.encrypted, data.decrypted, data.undecrypted], [arrived, arrived, {}]);
        assert.equal(new Set(texts).size, texts.length);
      },
    ),
    { numRuns: 40 },
  );
});

for (const lost of [899, 900, 901, 961, 4095, 4096, 5000, 9000])
  test(`stateless: ${lost} packets that are missing in a row are stepped over`, () => {
    const capture = new DialCapture().up();
    const file = sent(capture, lost + 20, (frames) => {
      for (const [i, { frame, sequence }] of frames.entries())
        if (i < 10 || i >= lost + 10) capture.ppp("client", frame, { sequence });
    });
    const { data, texts } = found(file);
    assert.deepEqual([data.decrypted, data.undecrypted], [20, {}]);
    assert.equal(texts.at(-1), hex(packet((lost + 19) % 900)));
    assert.equal(data.missing.client, lost);
  });

test("stateful: after a loss nothing can be read until a flushed packet comes, and that is said", () => {
  const capture = new DialCapture().up({ stateless: false });
  const file = sent(capture, 300, (frames) => {
    for (const [i, { frame, sequence }] of frames.entries())
      if (i !== 5) capture.ppp("client", frame, { sequence });
  });
  const { data } = found(file);
  // Packets 0 to 4, and from the flag packet 255 on, where the key changes.
  assert.deepEqual([data.encrypted, data.decrypted, data.undecrypted], [299, 50, { "out-of-step": 249 }]);
});

test("the capture keeps the beginning of each packet alone: that much is decrypted, and the stream kept", () => {
  for (const stateless of [true, false]) {
    const capture = new DialCapture().up({ stateless });
    const before = capture.packets.length;
    for (let i = 0; i < 5; i += 1) capture.data("client", packet(500));
    for (const [i, { octets, time }] of capture.packets.entries())
      if (i >= before)
        capture.packets[i] = { octets: octets.subarray(0, 100), original: octets.length, time: time! };
    const { calls, inner: packets } = decodedFile(capture.file(), ALICE);
    assert.equal(calls[0]!.data.decrypted, 5);
    for (const { octets, length } of packets) {
      assert.equal(length, packet(500).length);
      assert.equal(hex(octets), hex(packet(500).subarray(0, octets.length)));
      assert.ok(octets.length > 40 && octets.length < 100);
    }
  }
});

test("the log-in is not in the capture: the packets stay closed, with the reason", () => {
  const whole = new DialCapture().up();
  whole.data("client", packet(1));
  const rest = new DialCapture();
  rest.packets.push(...whole.packets.slice(-1));
  const { data } = decodedFile(rest.file(), ALICE).calls[0]!;
  assert.deepEqual(data.undecrypted, { "no-log-in": 1 });
});

test("what decrypts to no packet is counted as such, and the next one is read", () => {
  const capture = new DialCapture().up();
  const frame = capture.sealed("client", packet(50));
  frame[5]! ^= 0xff;
  capture.ppp("client", frame).data("client", packet(51));
  const { data } = found(capture.file());
  assert.deepEqual([data.decrypted, data.undecrypted], [1, { senseless: 1 }]);
});

test("who logs in once more in mid-session goes on with the keys of before, until CCP opens anew", () => {
  const capture = new DialCapture().up().data("client", packet(1)).data("server", packet(2));
  // Another spelling of the name makes another response, and so other keys.
  capture.logIn("ALICE").accept();
  capture.data("client", packet(3)).data("server", packet(4));
  capture.logIn("alice", "wrong").accept("S=00");
  capture.data("client", packet(5));
  capture.logIn("ALICE").accept().ccp();
  capture.data("client", packet(6)).data("server", packet(7));
  const { data } = found(capture.file());
  assert.deepEqual([data.encrypted, data.decrypted, data.undecrypted], [7, 7, {}]);
});

test("a Response without its Challenge is no log-in that gives keys", () => {
  const whole = new DialCapture().up().data("client", packet(1));
  const rest = new DialCapture();
  rest.packets.push(
    ...whole.packets.filter(({ octets }) => !Buffer.from(octets).includes("c1c1c1c1c1c1", "hex")),
  );
  assert.equal(rest.packets.length, whole.packets.length - 1);
  assert.deepEqual(decodedFile(rest.file(), ALICE).calls[0]!.data.undecrypted, { "no-log-in": 1 });
});

test("docs/decode.md has each reason why a packet stays encrypted, and no other", () => {
  const document = readFileSync(new URL("../../../../docs/decode.md", import.meta.url), "utf8");
  const [, table = ""] = /\| Reason \| Words \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(document) ?? [];
  const rows = [...table.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, why, words]) => [why, words]);
  assert.deepEqual(rows, Object.entries(UNDECRYPTED));
});

test("too short for MPPE, and not marked as encrypted", () => {
  const capture = new DialCapture().up();
  capture.ppp("client", fromHex("fd 90")).ppp("client", concat(fromHex("fd 8000 0021"), packet(1)));
  assert.deepEqual(found(capture.file()).data.undecrypted, { malformed: 1, "not-encrypted": 1 });
});

test("a forged packet far ahead changes nothing for those that follow", () => {
  const capture = new DialCapture().up();
  capture.data("client", packet(1));
  capture.ppp("client", fromHex("fd 9fff aabbccdd"), { sequence: 500_000 });
  for (let i = 0; i < 5; i += 1) capture.data("client", packet(i));
  assert.deepEqual(found(capture.file()).data.decrypted, 6);
});
