import assert from "node:assert/strict";
import { test } from "node:test";
import { pcap, START } from "../../../support/capture/files.ts";
import { tcp } from "../../../support/capture/frames.ts";
import { ofKind, read, stream } from "../../../support/capture/read.ts";
import { fc } from "../../../support/fc.ts";

const text = fc.uint8Array({ minLength: 1, maxLength: 200 });

/** A part of the stream by where it begins and ends, and when among all it is captured. */
const part = fc.record({ from: fc.nat(200), length: fc.integer({ min: 1, max: 60 }), turn: fc.nat(1000) });

/** Every octet is in some part: pieces of any size, and more parts that overlap them. */
const plan = fc.record({
  octets: text,
  pieces: fc.array(fc.record({ length: fc.integer({ min: 1, max: 60 }), turn: fc.nat(1000) }), {
    minLength: 1,
  }),
  more: fc.array(part, { maxLength: 12 }),
  initial: fc.integer({ min: 0, max: 0xffffffff }),
});

interface Part {
  readonly from: number;
  readonly to: number;
  readonly turn: number;
}

function parts({ octets, pieces, more }: Plan): Part[] {
  const list: Part[] = [];
  for (let from = 0, i = 0; from < octets.length; i += 1) {
    const { length, turn } = pieces[i % pieces.length]!;
    list.push({ from, to: Math.min(octets.length, from + length), turn });
    from += length;
  }
  for (const { from, length, turn } of more) {
    if (from < octets.length) list.push({ from, to: Math.min(octets.length, from + length), turn });
  }
  return list.toSorted((a, b) => a.turn - b.turn);
}

interface Plan {
  readonly octets: Uint8Array;
  readonly pieces: readonly { readonly length: number; readonly turn: number }[];
  readonly more: readonly { readonly from: number; readonly length: number; readonly turn: number }[];
  readonly initial: number;
}

test("any split, order, overlap and repetition of a stream gives the stream, each octet once", () => {
  fc.assert(
    fc.property(plan, (planned) => {
      const { octets, initial } = planned;
      const segments = parts(planned).map(({ from, to }) =>
        tcp({ seq: initial + 1 + from }, octets.subarray(from, to)),
      );
      const packets = [tcp({ seq: initial, flags: "S" }), ...segments].map((packet) => ({ octets: packet }));
      const reading = read(pcap(packets, { linkType: 101 }));
      assert.deepEqual(stream(reading, "client"), octets);
      let next = 0;
      for (const { offset, octets: some } of ofKind(reading, "tcp-octets")) {
        assert.equal(offset, next);
        next += some.length;
      }
      assert.deepEqual(ofKind(reading, "tcp-hole"), []);
    }),
  );
});

test("with segments lost and damaged: octets and holes together are the stream, and what is not marked is right", () => {
  const spoilt = fc.array(fc.constantFrom("whole", "lost", "damaged", "cut"), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(plan, spoilt, fc.boolean(), (planned, fates, acknowledged) => {
      const { octets, initial } = planned;
      const packets = parts(planned).flatMap(({ from, to }, index) => {
        const fate = fates[index % fates.length];
        const right = octets.subarray(from, to);
        const seq = initial + 1 + from;
        if (fate === "lost") return [];
        if (fate === "damaged")
          return [
            {
              octets: tcp(
                { seq, checksum: "wrong" },
                right.map((octet) => octet ^ 0xff),
              ),
            },
          ];
        const packet = tcp({ seq }, right);
        return [
          {
            octets: fate === "cut" ? packet.subarray(0, packet.length - 1) : packet,
            original: packet.length,
          },
        ];
      });
      const ack = { octets: tcp({ from: "server", seq: 1, ack: initial + 1 + octets.length }) };
      const late = {
        octets: tcp({ from: "server", seq: 1, ack: initial + 1 }),
        time: START + 7_200_000_000_000n,
      };
      const file = pcap(
        [{ octets: tcp({ seq: initial, flags: "S" }) }, ...packets, ...(acknowledged ? [ack] : []), late],
        { linkType: 101 },
      );
      let next = 0;
      for (const event of read(file).events) {
        if (event.kind === "tcp-octets") {
          assert.equal(event.offset, next);
          const want = octets.subarray(next, next + event.octets.length);
          if (!event.damaged) assert.deepEqual(event.octets, want.slice());
          next += event.octets.length;
        } else if (event.kind === "tcp-hole") {
          assert.equal(event.offset, next);
          assert.ok(event.length > 0);
          next += event.length;
        }
      }
      assert.ok(next <= octets.length);
      if (acknowledged) assert.ok(next >= octets.length - 1, `${next} of ${octets.length}`);
    }),
  );
});
