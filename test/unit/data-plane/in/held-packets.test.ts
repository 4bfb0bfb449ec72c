import assert from "node:assert/strict";
import { test } from "node:test";
import { BUFFERED_FRAMES } from "../../../../server/data-plane/limits.ts";
import { MAX_BELIEVED_JUMP } from "../../../../server/gre/jumps.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { Bench, KEYS, REORDER, SPEC } from "../../../support/data-plane/bench.ts";
import { control, numbered, stage } from "../../../support/data-plane/disorder.ts";
import { greData, readPacket } from "../../../support/data-plane/tunnel-client.ts";

const DELAY = REORDER.delay;

test("a removed tunnel delivers nothing of what was held", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2, 3, 50_000);
  out();
  bench.plane.remove(SPEC.callId);
  await bench.clock.advance(1000);
  assert.deepEqual([out(), bench.clock.pending()], [[], 0]);
  assert.deepEqual(bench.drops(), {});
});

test("a tunnel that is removed in the midst of its own queue delivers no more", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: false, open: false });
  const seen: number[] = [];
  bench.control.push = (news) => {
    seen.push(news.frame[5]!);
    if (news.frame[5] === 2) bench.plane.remove(SPEC.callId);
    return 0;
  };
  for (const n of [0, 3, 2, 4, 1]) client.frame(control(n), n);
  await bench.clock.advance(1000);
  assert.deepEqual(seen, [0, 1, 2]);
});

test("a call ID that is used again inherits nothing of what was held", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2);
  bench.plane.remove(SPEC.callId);
  out();
  const second = await bench.client();
  for (let i = 0; i < 3; i += 1) second.data(numbered(100 + i));
  await bench.clock.advance(1000);
  assert.deepEqual(out(), [100, 101, 102]);
});

test("what was held when the network closed is dropped as any packet then, and control frames pass", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: false, network: { encryptionRequired: false } });
  client.frame(control(0), 0);
  client.frame(concat(bytes`21`, numbered(2)), 2);
  client.frame(control(3), 3);
  await bench.settle();
  bench.plane.closeNetwork(SPEC.callId);
  await bench.clock.advance(DELAY);
  assert.deepEqual([bench.tun.take(), bench.control.length], [[], 2]);
  assert.deepEqual(bench.drops(), { "network-not-open": 1 });
});

test("keys that come while packets are held are used for them", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: false });
  client.frame(control(0), 0);
  client.frame(client.sealed(concat(bytes`0021`, numbered(2))), 2);
  await bench.settle();
  bench.plane.setKeys(SPEC.callId, KEYS);
  client.frame(control(1), 1);
  await bench.settle();
  assert.equal(bench.tun.take().length, 1);
});

test("closing leaves no timer behind", async () => {
  const { bench, arrive } = await stage();
  await arrive(0, 2);
  assert.ok(bench.clock.pending() > 0);
  await bench.plane.close();
  assert.equal(bench.clock.pending(), 0);
});

test("the timer stops when nothing is held any more", async () => {
  const { bench, arrive } = await stage();
  await arrive(0, 2, 1);
  await bench.clock.advance(1000);
  assert.equal(bench.clock.pending(), 0);
});

test(`all tunnels together hold ${BUFFERED_FRAMES} packets and no more; then gaps are given up at once`, async () => {
  const packets = 256;
  const bench = new Bench({ packets, delay: DELAY });
  /** A tunnel that has lost its packet 1. Returns how many packets come out of the TUN. */
  const fill = async (id: number): Promise<number> => {
    const spec = { callId: toCallId(id), peerCallId: toPeerCallId(id) };
    const client = await bench.client({ spec, keys: false, network: { encryptionRequired: false } });
    for (let n = 0; n < 2 + packets; n += 1) if (n !== 1) client.frame(concat(bytes`21`, numbered(n)), n);
    await bench.settle();
    return bench.tun.take().length;
  };
  const full = BUFFERED_FRAMES / packets;
  for (let id = 1; id <= full; id += 1) assert.equal(await fill(id), 1);
  assert.equal(await fill(full + 1), 1 + packets);
  // A tunnel that goes makes room for one that comes.
  bench.plane.remove(toCallId(1));
  assert.equal(await fill(full + 2), 1);
  await bench.clock.advance(DELAY);
  assert.equal(bench.tun.take().length, BUFFERED_FRAMES);
  assert.equal(await fill(full + 3), 1);
  assert.deepEqual(bench.drops(), {});
});

test("clients that nobody has let in fill one half of the room, and the order of others is kept", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 1);
  for (let id = 1; id <= BUFFERED_FRAMES / REORDER.packets; id += 1) {
    const stranger = await bench.client({
      spec: { callId: toCallId(id), peerCallId: toPeerCallId(id) },
      keys: false,
      open: false,
    });
    for (let n = 0; n < 2 + REORDER.packets; n += 1) if (n !== 1) stranger.frame(control(n), n);
    await bench.settle();
  }
  await arrive(3, 2, 5, 4);
  assert.deepEqual(out(), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(bench.drops(), {});
});

test("a forged number far ahead is dropped, and the client goes on", async () => {
  const { bench, client, arrive, out } = await stage();
  await arrive(0, 1);
  client.raw(greData(SPEC.callId, 2 + MAX_BELIEVED_JUMP + 1, control(66)));
  await arrive(2, 4, 3);
  await bench.clock.advance(DELAY);
  assert.deepEqual(out(), [0, 1, 2, 3, 4]);
  assert.deepEqual(bench.control, []);
  assert.deepEqual(bench.drops(), { "gre-duplicate-or-late": 1 });
});

test("a true jump far ahead costs nothing: the packet after it proves it", async () => {
  const { bench, client, out } = await stage();
  const frames = Array.from({ length: 20_002 }, (_, n) => client.sealed(concat(bytes`0021`, numbered(n))));
  for (const n of [5, 7, 20_000, 20_001]) client.raw(greData(SPEC.callId, n, frames[n]!));
  await bench.settle();
  assert.deepEqual(out(), [5, 7, 20_000, 20_001]);
  assert.deepEqual(bench.drops(), {});
  await bench.clock.advance(1000);
  assert.equal(readPacket(bench.gre.take()[0]!).acknowledgement, 20_001);
  assert.equal(bench.clock.pending(), 0);
});

test("a jump that nothing proves waits as long as any packet, and is dropped then", async () => {
  const { bench, client, arrive } = await stage();
  const dropped = (): number | undefined => bench.drops()["gre-duplicate-or-late"];
  await arrive(0, 2);
  await bench.clock.advance(30);
  client.raw(greData(SPEC.callId, 50_000, control(1)));
  await bench.clock.advance(DELAY - 1);
  assert.equal(dropped(), undefined);
  await bench.clock.advance(1);
  assert.equal(dropped(), 1);
});

test("jumps that nothing proves take one place a tunnel, and give it back with the tunnel", async () => {
  const bench = new Bench();
  const held = async (): Promise<boolean> => {
    const client = await bench.client({ keys: false, open: false });
    for (const n of [0, 2]) client.frame(control(n), n);
    await bench.settle();
    bench.plane.remove(SPEC.callId);
    return bench.control.splice(0).length === 1;
  };
  const ids = Array.from({ length: BUFFERED_FRAMES }, (_, i) => SPEC.callId + 1 + i);
  for (let round = 1; round <= 2; round += 1) {
    for (const callId of ids) {
      const forger = await bench.client({
        spec: { callId: toCallId(callId), peerCallId: toPeerCallId(callId) },
        keys: false,
      });
      for (const sequence of [0, 20_000, 40_000]) forger.frame(control(1), sequence);
      if (callId % 100 === 0) await bench.settle();
    }
    await bench.settle();
    bench.control.length = 0;
    assert.equal(await held(), false);
    for (const callId of ids) bench.plane.remove(toCallId(callId));
    assert.equal(await held(), true);
    assert.deepEqual(bench.drops(), { "gre-duplicate-or-late": round * BUFFERED_FRAMES });
  }
});

for (const forged of [100, MAX_BELIEVED_JUMP]) {
  test(`a forged number ${forged} ahead does not make the client's packets look late`, async () => {
    const { bench, client, arrive, out } = await stage();
    await arrive(0, 1);
    for (let n = 2; n < 40; n += 1) {
      client.raw(greData(SPEC.callId, n + forged, bytes`ff03 00fd 9fff 00`));
      await arrive(n);
    }
    assert.deepEqual(
      out(),
      Array.from({ length: 40 }, (_, n) => n),
    );
    assert.equal(bench.plane.counters(SPEC.callId).rxPackets, 40);
  });
}

test("a client that has lost many packets and sends one more is believed once that one has waited", async () => {
  const { bench, client, out } = await stage();
  const frames = Array.from({ length: 3003 }, (_, n) => client.sealed(concat(bytes`0021`, numbered(n))));
  for (const n of [0, 1, 3001]) client.raw(greData(SPEC.callId, n, frames[n]!));
  await bench.settle();
  assert.deepEqual(out(), [0, 1]);
  await bench.clock.advance(DELAY);
  assert.deepEqual(out(), [3001]);
  client.raw(greData(SPEC.callId, 3002, frames[3002]!));
  await bench.settle();
  assert.deepEqual(out(), [3002]);
  assert.deepEqual(bench.drops(), {});
});

test("MPPE follows a loss of many thousand packets, LCP among them, when the next two come", async () => {
  const { bench, client, out } = await stage();
  const frames = Array.from({ length: 20_002 }, (_, n) => client.sealed(concat(bytes`0021`, numbered(n))));
  const lcp = 5;
  client.raw(greData(SPEC.callId, 0, frames[0]!));
  for (const n of [20_000, 20_001]) client.raw(greData(SPEC.callId, n + lcp, frames[n]!));
  await bench.settle();
  assert.deepEqual(out(), [0, 20_000, 20_001]);
  assert.deepEqual(bench.drops(), {});
});

test("the proof may come later than any packet is held", async () => {
  const { bench, client, out } = await stage();
  const frames = Array.from({ length: 20_002 }, (_, n) => client.sealed(concat(bytes`0021`, numbered(n))));
  for (const n of [0, 20_000, 20_001]) {
    client.raw(greData(SPEC.callId, n, frames[n]!));
    await bench.clock.advance(1000);
  }
  assert.deepEqual(out(), [0, 20_001]);
  assert.deepEqual(bench.drops(), { "gre-duplicate-or-late": 1 });
});
