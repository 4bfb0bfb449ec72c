import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes } from "../../../support/bytes.ts";
import { Bench, CLIENT, INNER, KEYS, SERVER, SPEC } from "../../../support/data-plane/bench.ts";
import { greData } from "../../../support/data-plane/tunnel-client.ts";
import { fc } from "../../../support/fc.ts";
import { tcpPacket, udpPacket } from "../../../support/packets/ipv4.ts";

/** A seed, so that the test gives the same answer every time. */
const RUNS = { numRuns: 3000, seed: 2637 };

const syn = tcpPacket({ source: INNER, destination: SERVER }, 0x02, bytes`0204 05b4 0101 0402`);
const up = udpPacket({ source: INNER, destination: SERVER }, 40);
const down = udpPacket({ source: SERVER, destination: INNER, dontFragment: true }, 1500);

/** Sound octets with some of them changed, cut or lengthened. */
const mutated = (seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
      fc.nat(),
      fc.uint8Array({ maxLength: 8 }),
      fc.boolean(),
    )
    .map(([seed, changes, length, tail, cut]) => {
      const copy = seed.slice(0, cut ? length % (seed.length + 1) : seed.length);
      for (const [at, value] of changes) if (copy.length > 0) copy[at % copy.length] = value;
      return concat(copy, tail);
    });

for (const encryptionRequired of [true, false]) {
  test(`random and mutated packets never throw, encryption ${encryptionRequired ? "required" : "off"}`, async () => {
    const bench = new Bench();
    const client = await bench.client({ keys: encryptionRequired && KEYS, network: { encryptionRequired } });
    const seeds = [syn, up].flatMap((packet) => [
      concat(bytes`ff03 0021`, packet),
      concat(bytes`21`, packet),
      client.sealed(concat(bytes`0021`, packet)),
      client.sealed(concat(bytes`21`, packet), bytes`fd`),
      bytes`ff03 c021 0101 0004`,
    ]);
    const gre = fc
      .tuple(mutated(seeds), fc.nat({ max: 2000 }))
      .map(([frame, sequence]) => greData(SPEC.callId, sequence, frame));
    const fromClient = fc.oneof(
      gre,
      mutated(seeds.map((frame) => greData(SPEC.callId, 9, frame))),
      fc.uint8Array(),
    );
    const fromTun = fc.oneof(mutated([down, syn, up]), fc.uint8Array());

    let delivered = 0;
    await fc.assert(
      fc.asyncProperty(fromClient, fromTun, async (outer, inner) => {
        bench.gre.deliver(outer, CLIENT);
        bench.tun.deliver(inner);
        delivered += 2;
        await bench.clock.advance(1);
        for (const { bytes: packet } of bench.tun.take()) assert.equal(packet[0]! >>> 4, 4);
      }),
      RUNS,
    );
    const dropped = Object.values(bench.plane.drops()).reduce((sum, count) => sum + count, 0);
    assert.ok(dropped > delivered / 2);
  });
}

test("packets of every length up to the slot and past it never throw", async () => {
  const bench = new Bench();
  await bench.client();
  for (let length = 0; length < 2200; length += 1) {
    bench.gre.deliver(greData(SPEC.callId, length, new Uint8Array(length).fill(0xc1)), CLIENT);
    bench.tun.deliver(
      udpPacket({ source: SERVER, destination: INNER, dontFragment: length % 2 === 0 }, length),
    );
    await bench.clock.advance(1);
  }
  const {
    "gre-truncated": cut = 0,
    "inner-too-big": big = 0,
    "inner-malformed": malformed = 0,
  } = bench.drops();
  assert.ok(cut > 0 && big > 0 && malformed > 0);
});
