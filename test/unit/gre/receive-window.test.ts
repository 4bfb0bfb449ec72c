import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_BELIEVED_JUMP, MAX_UNDOUBTED_JUMP } from "../../../server/gre/jumps.ts";
import { type Acceptance, NOT_HELD, ReceiveWindow } from "../../../server/gre/receive-window.ts";
import { fc } from "../../support/fc.ts";

/**
 * Does with packets what the window says; the numbers that went on stand in `order`. Place and number are the
 * same here.
 */
class Receiver {
  readonly window: ReceiveWindow;
  readonly order: number[] = [];
  /** Numbers of the packets held, by place. */
  readonly places: number[] = [];
  readonly #ordered: boolean;

  constructor(reach: number, ordered = true) {
    this.window = new ReceiveWindow(reach);
    this.#ordered = ordered;
  }

  /** What the window said first. */
  take(sequence: number): Acceptance {
    const first = this.window.accept(sequence, this.#ordered);
    let said = first;
    while (said === "beyond") {
      this.window.skip(sequence);
      this.release();
      said = this.window.accept(sequence, true);
    }
    if (said === "early") {
      this.window.hold(sequence, this.places.length);
      this.places.push(sequence);
    }
    if (said === "next") this.order.push(sequence);
    this.release();
    return first;
  }

  release(): void {
    for (let place = this.window.takeNext(); place !== NOT_HELD; place = this.window.takeNext()) {
      this.order.push(this.places[place]!);
    }
  }

  giveUp(): void {
    while (this.window.held > 0) {
      this.window.skipToHeld();
      this.release();
    }
  }
}

/** The numbers that go on, in order, where `reach` packets may be held. */
function pass(reach: number, ...sequences: readonly number[]): number[] {
  const receiver = new Receiver(reach);
  for (const sequence of sequences) receiver.take(sequence);
  return receiver.order;
}

const said = (reach: number, ...sequences: readonly number[]): Acceptance[] => {
  const receiver = new Receiver(reach);
  return sequences.map((sequence) => receiver.take(sequence));
};

for (const first of [0, 1, 0x7fffffff, 0x80000000, 0xffffffff])
  test(`the first number may be ${first}`, () => {
    assert.deepEqual(said(32, first, first + 1), ["next", "next"]);
  });

for (const reach of [0, 32]) {
  test(`reach ${reach}: a number seen last is a duplicate, the first as well`, () => {
    assert.deepEqual(said(reach, 5, 5, 6, 6), ["next", "duplicate", "next", "duplicate"]);
    assert.deepEqual(said(reach, 0, 0), ["next", "duplicate"]);
  });

  test(`reach ${reach}: a packet from before the wrap is late after it`, () => {
    assert.deepEqual(said(reach, 0xfffffffe, 0xffffffff, 0, 0xfffffffe), ["next", "next", "next", "late"]);
  });

  test(`reach ${reach}: a tunnel goes on across 2^31 and 2^32`, () => {
    assert.deepEqual(pass(reach, 0x7fffffff, 0x80000000), [0x7fffffff, 0x80000000]);
    assert.deepEqual(pass(reach, 0xfffffffe, 0xffffffff, 0, 1), [0xfffffffe, 0xffffffff, 0, 1]);
  });
}

test("without a queue packet 3 after packet 4 is late, and packet 5 goes on (RFC 2637 §4.3)", () => {
  assert.deepEqual(said(0, 0, 1, 2, 4, 3, 5), ["next", "next", "next", "beyond", "late", "next"]);
});

test("with a queue packet 4 waits for packet 3", () => {
  assert.deepEqual(said(1, 0, 1, 2, 4, 3, 5), ["next", "next", "next", "early", "next", "next"]);
  assert.deepEqual(pass(1, 0, 1, 2, 4, 3, 5), [0, 1, 2, 3, 4, 5]);
});

test("a packet that is held already is a duplicate", () => {
  assert.deepEqual(said(8, 0, 3, 3, 2, 3), ["next", "early", "duplicate", "early", "duplicate"]);
});

test("the queue reaches as far as it may and no further", () => {
  assert.deepEqual(said(4, 0, 5), ["next", "early"]);
  assert.deepEqual(said(4, 0, 6), ["next", "beyond"]);
});

test("a packet beyond the queue gives up no more than it must", () => {
  // 1 is given up, 4 is still waited for.
  assert.deepEqual(pass(4, 0, 2, 3, 5, 6, 4), [0, 2, 3, 4, 5, 6]);
  assert.deepEqual(pass(4, 0, 2, 9), [0, 2, 9]);
});

test("the queue works across 2^32", () => {
  assert.deepEqual(
    pass(8, 0xfffffffc, 0, 0xffffffff, 0xfffffffd, 2, 0xfffffffe, 0xffffffff, 1),
    [0xfffffffc, 0xfffffffd, 0xfffffffe, 0xffffffff, 0, 1, 2],
  );
});

test("what is given up comes too late", () => {
  const receiver = new Receiver(8);
  for (const sequence of [0, 4, 2]) receiver.take(sequence);
  receiver.giveUp();
  assert.deepEqual(receiver.order, [0, 2, 4]);
  assert.equal(receiver.take(1), "late");
  assert.equal(receiver.take(3), "late");
  assert.equal(receiver.take(5), "next");
});

test("the least of the packets held is found wherever it is", () => {
  const receiver = new Receiver(64);
  receiver.take(0xfffffff0);
  assert.equal(receiver.window.least(new Float64Array(8)), Number.POSITIVE_INFINITY);
  for (const ahead of [9, 3, 30]) receiver.take(0xfffffff0 + ahead);
  assert.equal(receiver.window.least(Float64Array.of(7, 5, 6)), 5);
  assert.equal(receiver.window.least(Float64Array.of(1, 5, 6)), 1);
});

for (const reach of [1, 7, 32, 256]) {
  test(`reach ${reach}: any disorder within the queue comes out in order, each packet once`, () => {
    const shift = fc.array(fc.integer({ min: 0, max: reach }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(shift, fc.integer(), (delays, start) => {
        // Number n is sent at time n and arrives up to `reach` later; a later one never overtakes by more.
        const arrivals = delays
          .map((delay, n) => ({ n, at: n === 0 ? -1 : n + delay }))
          .sort((a, b) => a.at - b.at || b.n - a.n)
          .map(({ n }) => (start + n) | 0);
        assert.deepEqual(
          pass(reach, ...arrivals),
          delays.map((_, n) => (start + n) | 0),
        );
      }),
      { seed: 2637 },
    );
  });

  test(`reach ${reach}: whatever numbers come, what goes on rises, and no more is held than may be`, () => {
    const step = fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -12_000, max: 12_000 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), fc.integer(), (steps, start) => {
        const receiver = new Receiver(reach);
        let sequence = start;
        for (const distance of steps) {
          sequence = (sequence + distance) | 0;
          receiver.take(sequence);
          assert.ok(receiver.window.held <= reach);
        }
        receiver.giveUp();
        const { order } = receiver;
        for (let i = 1; i < order.length; i += 1) assert.ok(((order[i]! - order[i - 1]!) | 0) > 0);
      }),
      { seed: 2637 },
    );
  });
}

test("of the very first two packets the overtaken one still goes on, once", () => {
  const receiver = new Receiver(32, false);
  assert.deepEqual(
    [8, 7, 7, 9].map((sequence) => receiver.take(sequence)),
    ["next", "next", "late", "next"],
  );
  assert.deepEqual(receiver.order, [8, 7, 9]);
});

for (const [name, ordered, sequences] of [
  ["once MPPE is armed", true, [8, 7]],
  ["after a third", false, [8, 9, 7]],
  ["after a duplicate", false, [8, 8, 7]],
  ["that is further behind", false, [8, 6]],
] as const) {
  test(`an overtaken packet ${name} is late`, () => {
    const receiver = new Receiver(32, ordered);
    assert.equal(sequences.map((sequence) => receiver.take(sequence)).at(-1), "late");
  });
}

for (const [reach, most] of [
  [32, 32 + MAX_UNDOUBTED_JUMP],
  [256, 256 + MAX_UNDOUBTED_JUMP],
  [0, MAX_BELIEVED_JUMP],
] as const) {
  test(`with a reach of ${reach}, a jump of ${most} is not doubted, and one more is`, () => {
    assert.equal(said(reach, 0, 1 + most).at(-1), "beyond");
    assert.equal(said(reach, 0, 2 + most).at(-1), "suspect");
  });
}

test("a doubtful jump is believed when nothing comes after it, one that is too far is not", () => {
  const after = (...sequences: readonly number[]) => {
    const receiver = new Receiver(32);
    for (const sequence of sequences) receiver.take(sequence);
    return receiver.window.believe();
  };
  assert.equal(after(0, 1 + MAX_BELIEVED_JUMP), 1 + MAX_BELIEVED_JUMP);
  assert.equal(after(0, 2 + MAX_BELIEVED_JUMP), undefined);
  assert.equal(after(0, 500, 1), undefined);
  assert.equal(after(0, 500, 500), 500);
  assert.equal(after(0, 1), undefined);
});

test("a jump too far changes nothing, however often it comes", () => {
  const receiver = new Receiver(32);
  for (const sequence of [5, 2_000_000, 6, 2_000_000, 2_000_000, 7, 9, 2_000_001, 8]) receiver.take(sequence);
  assert.deepEqual(receiver.order, [5, 6, 7, 8, 9]);
});

test("a jump too far is believed when the very next packet follows it", () => {
  assert.deepEqual(said(32, 0, 20_000, 20_001), ["next", "suspect", "confirms"]);
  assert.deepEqual(said(32, 0, 20_000, 1, 20_001), ["next", "suspect", "next", "suspect"]);
  assert.deepEqual(said(32, 5, 6 - 2 ** 31, 7 - 2 ** 31), ["next", "late", "late"]);
});

test("nothing is owed before the first packet", () => assert.equal(new ReceiveWindow(32).ackOwed, false));

test("several packets are acknowledged by one number, the last that went on", () => {
  const { window } = new Receiver(32);
  for (const sequence of [7, 8, 9]) window.accept(sequence, true);
  assert.equal(window.ackOwed, true);
  assert.equal(window.takeAcknowledgement(), 9);
  assert.equal(window.ackOwed, false);
});

test("a packet that is held is not acknowledged before it goes on", () => {
  const receiver = new Receiver(32);
  receiver.take(7);
  receiver.window.takeAcknowledgement();
  receiver.take(9);
  receiver.take(10);
  assert.equal(receiver.window.ackOwed, false);
  receiver.take(8);
  assert.equal(receiver.window.ackOwed, true);
  assert.equal(receiver.window.takeAcknowledgement(), 10);
});

test("what is given up is acknowledged with what goes on", () => {
  const receiver = new Receiver(32);
  receiver.take(7);
  receiver.take(12);
  receiver.giveUp();
  assert.equal(receiver.window.takeAcknowledgement(), 12);
});

test("a dropped packet owes nothing", () => {
  const receiver = new Receiver(32);
  receiver.take(10);
  receiver.window.takeAcknowledgement();
  for (const sequence of [9, 10, 50_000]) receiver.take(sequence);
  assert.equal(receiver.window.ackOwed, false);
});
