import assert from "node:assert/strict";
import { test } from "node:test";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import type { MppeDirection } from "../../../server/mppe/direction.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { MAX_LOST_FLUSHES, MAX_REFUSED_IN_A_ROW } from "../../../server/mppe/limits.ts";
import type { Opened } from "../../../server/mppe/mppe-types.ts";
import { bytes, fromHex } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import { keyChains } from "../crypto/vectors/key-chains.ts";
import { FREEBSD, type Habits, LINUX, ModelSender, RFC } from "./stateful-peers.ts";

const START: MppeDirection = { key: fromHex(keyChains[2]!.startKey), strength: 128, stateless: false };
/** The beginning of an IPv4 packet. */
const TEXT = bytes`0021 45000054 00004000 4001`;

/** Ours, as the others are seen. */
class OwnSender {
  readonly #encryptor = new Encryptor(START);
  flush(): void {
    this.#encryptor.flush();
  }
  next(plain: Uint8Array): Uint8Array {
    const frame = new Uint8Array([0, 0, ...plain]);
    this.#encryptor.seal(frame, 0, frame.length);
    return frame;
  }
}

interface Sender {
  flush(): void;
  next(plain: Uint8Array): Uint8Array;
}

const senderOf = (habits: Habits) => (): Sender => new ModelSender(START, habits);
const SENDERS: readonly (readonly [string, () => Sender])[] = [
  ["a sender by the RFC", senderOf(RFC)],
  ["Linux", senderOf(LINUX)],
  ["FreeBSD", senderOf(FREEBSD)],
  ["our own encryptor", () => new OwnSender()],
];

/** Opens a copy; on "ok" the plaintext must be TEXT, otherwise the frame must be as it was. */
function receive(decryptor: Decryptor, frame: Uint8Array, plain = TEXT): Opened {
  const copy = frame.slice();
  const opened = decryptor.open(copy, 0, copy.length);
  assert.deepEqual(copy.subarray(2), opened === "ok" ? plain : frame.subarray(2));
  return opened;
}

const lose = (sender: Sender, count: number): void => {
  for (let lost = 0; lost < count; lost++) sender.next(TEXT);
};

/** A flushed packet that arrives, or a flag packet, must do: nothing else brings the place back. */
function assertLostUntilFlush(decryptor: Decryptor, sender: Sender): void {
  for (let n = 0; n < 3; n++) assert.equal(receive(decryptor, sender.next(TEXT)), "unsynchronised");
  sender.flush();
  for (let n = 0; n < 600; n++) assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
}

for (const { bits, startKey } of keyChains) {
  test(`${bits} bits: every packet of a link that loses none is decrypted, past the wrap of the count`, () => {
    const direction = { key: fromHex(startKey), strength: bits, stateless: false };
    const [sender, decryptor] = [new ModelSender(direction, RFC), new Decryptor(direction)];
    for (let packet = 0; packet < 2 * 4096 + 3; packet++) {
      assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
    }
  });
}

for (const [name, create] of SENDERS) {
  for (const lost of [1, 2, 100, 250]) {
    test(`${name}: after ${lost} lost packets nothing is decrypted until a flush`, () => {
      const [sender, decryptor] = [create(), new Decryptor(START)];
      assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
      lose(sender, lost);
      assertLostUntilFlush(decryptor, sender);
    });
  }

  for (const lost of [256, 300, 512, 1000, 1700]) {
    test(`${name}: ${lost} lost packets with their key changes are made good by a flush`, () => {
      const [sender, decryptor] = [create(), new Decryptor(START)];
      for (let packet = 0; packet < 10; packet++) receive(decryptor, sender.next(TEXT));
      lose(sender, lost);
      sender.flush();
      for (let n = 0; n < 600; n++) assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
    });
  }

  test(`${name}: the first packet of all may be lost`, () => {
    const [sender, decryptor] = [create(), new Decryptor(START)];
    lose(sender, 1);
    assertLostUntilFlush(decryptor, sender);
  });

  test(`${name}: a lost flag packet is made good`, () => {
    const [sender, decryptor] = [create(), new Decryptor(START)];
    for (let packet = 0; packet < 255; packet++) receive(decryptor, sender.next(TEXT));
    lose(sender, 1);
    assertLostUntilFlush(decryptor, sender);
  });

  test(`${name}: a flag packet brings the place back of its own`, () => {
    const [sender, decryptor] = [create(), new Decryptor(START)];
    lose(sender, 1);
    for (let packet = 1; packet < 255; packet++) {
      assert.equal(receive(decryptor, sender.next(TEXT)), "unsynchronised");
    }
    for (let packet = 255; packet < 1000; packet++) assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
  });

  test(`${name}: a flush that nobody needed does no harm`, () => {
    const [sender, decryptor] = [create(), new Decryptor(START)];
    for (let n = 0; n < 20; n++) {
      sender.flush();
      for (let packet = 0; packet < 40; packet++) assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
    }
  });

  // Ours takes up to 256 counts for a flush: more of them look late.
  const flushesLost = name === "our own encryptor" ? 6 : MAX_LOST_FLUSHES;
  test(`${name}: ${flushesLost} flushed packets that are lost themselves are made good by the next`, () => {
    const [sender, decryptor] = [create(), new Decryptor(START)];
    for (let flushes = 0; flushes < flushesLost; flushes++) {
      sender.flush();
      lose(sender, 1);
    }
    sender.flush();
    for (let n = 0; n < 600; n++) assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
  });

  test(`${name}: whatever is lost, late or twice, nothing is decrypted wrongly or twice, and a flush always helps`, () => {
    // Positive: so many are lost; negative: the packet so far back comes again. Then the peer flushes, or
    // not.
    const step = fc.tuple(fc.integer({ min: -30, max: 30 }), fc.boolean(), fc.nat({ max: 40 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const [sender, decryptor] = [create(), new Decryptor(START)];
        const sent: Uint8Array[] = [];
        const packet = (): Uint8Array => {
          const frame = sender.next(TEXT);
          sent.push(frame);
          return frame;
        };
        packet();
        for (const [lost, flush, packets] of steps) {
          for (let n = 0; n < lost; n++) packet();
          const again = sent.at(lost - 1);
          // Late or twice; where it was lost, it counts as the newest and may be read, once.
          if (lost < 0 && again !== undefined) receive(decryptor, again);
          if (flush) sender.flush();
          for (let n = 0; n < packets; n++) {
            const opened = receive(decryptor, packet());
            if (flush) assert.equal(opened, "ok");
            assert.equal(receive(decryptor, sent.at(-1)!) === "ok", false);
          }
        }
      }),
      { seed: 3078 },
    );
  });
}

test("a late packet and a duplicate never reach the cipher", () => {
  const [sender, decryptor] = [new ModelSender(START, RFC), new Decryptor(START)];
  const frames = Array.from({ length: 10 }, () => sender.next(TEXT));
  for (const frame of frames) assert.equal(receive(decryptor, frame), "ok");
  for (const frame of frames) assert.equal(receive(decryptor, frame), "late");
  assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
});

test("a sender 3,000 packets ahead is found out", () => {
  const [sender, decryptor] = [new ModelSender(START, RFC), new Decryptor(START)];
  lose(sender, 3000);
  for (let n = 0; n < MAX_REFUSED_IN_A_ROW; n++) {
    assert.equal(receive(decryptor, sender.next(TEXT)), "late");
  }
  assert.equal(receive(decryptor, sender.next(TEXT)), "desynchronised");
});

test("packets that wait for a flush are not refused, however many they are", () => {
  const [sender, decryptor] = [new ModelSender(START, { ...RFC, flagIsFlushed: true }), new Decryptor(START)];
  lose(sender, 1);
  // Flag packets are lost, so that nothing but the count goes on.
  for (let packet = 1; packet < 9000; packet++) {
    const frame = sender.next(TEXT);
    if (packet % 256 !== 255) assert.equal(receive(decryptor, frame), "unsynchronised");
  }
  sender.flush();
  assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
});

test("what is distrusted waits for a flush", () => {
  const [sender, decryptor] = [new ModelSender(START, LINUX), new Decryptor(START)];
  assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
  decryptor.distrust();
  assertLostUntilFlush(decryptor, sender);
});

test("a forged packet that took another's place is made good by a flush", () => {
  const [sender, decryptor] = [new ModelSender(START, LINUX), new Decryptor(START)];
  assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
  const forged = bytes`1001 0000000000000000`;
  assert.equal(decryptor.open(forged, 0, forged.length), "ok");
  const forgedFlush = bytes`9002 0000000000000000`;
  assert.equal(decryptor.open(forgedFlush, 0, forgedFlush.length), "ok");
  decryptor.distrust();
  lose(sender, 2);
  assertLostUntilFlush(decryptor, sender);
});

test("in stateless mode there is nothing to distrust", () => {
  const direction = { ...START, stateless: true };
  const [encryptor, decryptor] = [new Encryptor(direction), new Decryptor(direction)];
  decryptor.distrust();
  const frame = new Uint8Array([0, 0, ...TEXT]);
  encryptor.seal(frame, 0, frame.length);
  assert.equal(receive(decryptor, frame), "ok");
});

for (const length of [0, 1, 2, 3]) {
  test(`a flushed packet of ${length} octets of plaintext keeps its place in the chain of keys`, () => {
    const [sender, decryptor] = [new ModelSender(START, RFC), new Decryptor(START)];
    lose(sender, 1);
    sender.flush();
    const short = TEXT.slice(0, length);
    assert.equal(receive(decryptor, sender.next(short), short), "ok");
    assert.equal(receive(decryptor, sender.next(TEXT)), "ok");
  });
}

test("any octets at all never throw", () => {
  const decryptor = new Decryptor(START);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (frame) => {
      decryptor.open(frame, 0, frame.length);
    }),
  );
});
