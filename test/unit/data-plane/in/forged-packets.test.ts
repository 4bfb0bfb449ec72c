import assert from "node:assert/strict";
import { test } from "node:test";
import type { MppeKeys } from "../../../../server/data-plane/data-plane.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes } from "../../../support/bytes.ts";
import { Bench, KEYS, SPEC } from "../../../support/data-plane/bench.ts";
import { control, numbered } from "../../../support/data-plane/disorder.ts";
import { CONTENTS, type Content, Forger } from "../../../support/data-plane/forger.ts";
import { greData } from "../../../support/data-plane/tunnel-client.ts";

const stateful = ({ send, receive }: MppeKeys): MppeKeys => ({
  send: { ...send, stateless: false },
  receive: { ...receive, stateless: false },
});

const MODES = { stateless: KEYS, stateful: stateful(KEYS), "in clear": false } as const;
type Mode = keyof typeof MODES;

/** How far ahead of the client's next number. What is ahead by more than 2^31 is behind. */
const AHEAD = [2, 31, 32, 33, 64, 65, 96, 97, 960, 5_000, 10_000, 10_001, 100_000, 2 ** 31 - 20, -5_000];

/** Ms between two of the client's packets. */
const INTERVAL = 100;

/** A client that has been sending, from this number on, and somebody who forges its packets. */
async function stage(mode: Mode, first = 100) {
  const bench = new Bench();
  const keys = MODES[mode];
  const client = await bench.client({ keys, network: { encryptionRequired: keys !== false } });
  client.sequence = first;
  const forger = new Forger(client);
  let sent = 0;
  const tick = async (what: "data" | "control" = "data"): Promise<void> => {
    if (what === "control") client.frame(control(1));
    else {
      sent += 1;
      if (keys === false) client.frame(concat(bytes`ff03 0021`, numbered(sent)));
      else client.data(numbered(sent));
    }
    await bench.clock.advance(INTERVAL);
    // Stateful MPPE has asked for a flush.
    if (bench.lost.splice(0).length > 0) client.flush();
  };
  const packets = () =>
    bench.tun.take().filter(({ bytes: packet }) => packet.length === numbered(0).length).length;
  for (let i = 0; i < 5; i += 1) await tick();
  assert.equal(packets(), 5);
  return { bench, client, forger, tick, packets, count: () => sent };
}

for (const mode of ["stateless", "stateful", "in clear"] as const)
  for (const content of CONTENTS) {
    if (mode === "in clear" && content.startsWith("counts")) continue;
    test(`${mode}: forged packets with ${content}, however many and far ahead, keep nothing of the client's for long`, async () => {
      for (const ahead of AHEAD)
        for (const burst of [1, 2, 3, 20]) {
          const { bench, forger, tick, packets, count } = await stage(mode);
          forger.send(ahead, burst, content, count());
          for (let i = 0; i < 10; i += 1) await tick();
          const early = packets();
          for (let i = 0; i < 10; i += 1) await tick();
          assert.equal(packets(), 10, `${burst} packets ${ahead} ahead: lost after a second`);
          assert.ok(early >= 8, `${burst} packets ${ahead} ahead: ${early} of 10 in the first second`);
          assert.deepEqual(bench.broken, []);
        }
    });
  }

for (const content of CONTENTS)
  test(`two forged packets a second with ${content} end no session that is idle for two minutes`, async () => {
    for (const ahead of [33, 97, 5_000, 100_000]) {
      const { bench, forger, tick, packets, count } = await stage("stateless");
      for (let second = 0; second < 120; second += 1) {
        forger.send(ahead + 10 * second, 2, content, count());
        await bench.clock.advance(1000);
        bench.control.length = 0;
      }
      assert.deepEqual(bench.broken, []);
      for (let i = 0; i < 20; i += 1) await tick();
      assert.ok(packets() >= 19, `${ahead} ahead`);
    }
  });

test("keep-alives of a client that sends nothing else bring the window back as well", async () => {
  for (const content of CONTENTS)
    for (const ahead of [2, 33, 97, 5_000]) {
      const { bench, forger, tick, count } = await stage("stateless");
      forger.send(ahead, 3, content, count());
      await bench.settle();
      await bench.clock.advance(1000);
      bench.control.length = 0;
      for (let i = 0; i < 4; i += 1) await tick("control");
      const heard = bench.control.filter(({ frame }) => frame[4] === 0x0b).length;
      assert.ok(heard >= 3, `${content}, ${ahead} ahead: ${heard} of 4`);
    }
});

for (const first of [0xffff_fff0, 0x7fff_fff0])
  test(`forged packets around number ${first} are no other`, async () => {
    for (const ahead of [33, 97, 5_000]) {
      const { forger, tick, packets, count } = await stage("stateless", first);
      for (let i = 0; i < 30; i += 1) {
        if (i % 10 === 0) forger.send(ahead, 2, "counts in a row", count());
        await tick();
      }
      assert.equal(packets(), 30, `${ahead} ahead`);
    }
  });

for (const forged of [40, 5_000, 100_000, 2 ** 31 + 5])
  test(`a forged packet ${forged} before the first one does not keep a client from dialling`, async () => {
    const bench = new Bench();
    const client = await bench.client({ keys: false, open: false });
    client.raw(greData(SPEC.callId, forged, bytes`ff03 c021 0c07 0004`));
    await bench.settle();
    bench.control.length = 0;
    for (let i = 0; i < 4; i += 1) client.frame(control(i), i);
    await bench.clock.advance(1000);
    assert.deepEqual(
      bench.control.map(({ frame }) => frame[5]),
      [0, 1, 2, 3],
    );
  });

test("a forged acknowledgement without data changes nothing", async () => {
  const { client, tick, packets } = await stage("stateless");
  client.raw(bytes`2081 880b 0000 1234 7fffffff`);
  client.raw(bytes`3081 880b 0000 1234 7fffffff 7fffffff`);
  for (let i = 0; i < 5; i += 1) await tick();
  assert.equal(packets(), 5);
});

test("what the client itself has sent behind a true loss is not taken twice", async () => {
  const { bench, client, tick, packets } = await stage("stateless");
  const late = client.sealed(concat(bytes`0021`, numbered(77)));
  const lateNumber = client.sequence++;
  for (let n = 0; n < 40; n += 1) {
    client.sequence += 1;
    client.sealed(bytes`0021`);
  }
  const twice = client.sealed(concat(bytes`0021`, numbered(78)));
  const number = client.sequence++;
  client.frame(twice, number);
  await tick();
  client.frame(twice, number);
  client.frame(late, lateNumber);
  await bench.settle();
  assert.equal(packets(), 2);
  assert.deepEqual(bench.drops(), { "gre-duplicate-or-late": 2 });
});

test("a burst of nonsense behind a jump ends no session within ten seconds, one that goes on does", async () => {
  const { bench, forger, tick, count } = await stage("stateless");
  const burst = (content: Content) => forger.send(5_000, 110, content, count());
  burst("counts in a row");
  for (let i = 0; i < 3; i += 1) await tick();
  burst("counts in a row");
  await bench.clock.advance(1000);
  assert.deepEqual(bench.broken, []);
  for (let i = 0; i < 25; i += 1) {
    forger.send(5_110 + 10 * i, 10, "counts in a row", count());
    await bench.clock.advance(450);
  }
  assert.deepEqual(bench.broken, [SPEC.callId]);
});
