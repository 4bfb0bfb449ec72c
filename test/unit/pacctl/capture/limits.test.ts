import assert from "node:assert/strict";
import { test } from "node:test";
import type { Captured } from "../../../../pacctl/capture/captured.ts";
import { MAX_CONNECTIONS, MAX_INTERFACES } from "../../../../pacctl/capture/limits.ts";
import { CaptureReader } from "../../../../pacctl/capture/reader.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { heapInUse } from "../../../fuzz/heap.ts";
import { interfaceDescription, pcap, pcapHeader, sectionHeader } from "../../../support/capture/files.ts";
import { ipv4, tcp } from "../../../support/capture/frames.ts";
import { ofKind, problems, read, tcpLines } from "../../../support/capture/read.ts";

const MEBIBYTE = 1024 * 1024;

interface Flooded {
  readonly counts: Readonly<Partial<Record<Captured["kind"], number>>>;
  /** Octets that the reader holds at the end of the flood, before `end`. */
  readonly held: number;
  readonly reader: CaptureReader;
}

/** Reads so many packets, none of which is kept here. */
function flood(count: number, packet: (index: number) => Uint8Array): Flooded {
  const counts: Partial<Record<Captured["kind"], number>> = {};
  const before = heapInUse();
  const reader = new CaptureReader({ live: true }, ({ kind }) => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  });
  const header = pcapHeader("little", false, 101);
  reader.push(header);
  for (let i = 0; i < count; i += 1) {
    reader.push(pcap([{ octets: packet(i) }], { linkType: 101 }).subarray(header.length));
  }
  return { counts, held: heapInUse() - before, reader };
}

const OCTETS = new Uint8Array(1400);

test("connections beyond the limit: those that were silent longest are forgotten, and that is told", () => {
  const half = MAX_CONNECTIONS / 2;
  const { counts, held, reader } = flood(2 * half + 1, (i) =>
    // The first one is heard of again, when half as many as there may be were heard of after it.
    i === half + 1 ? tcp({ seq: 1001, clientPort: 1 }) : tcp({ seq: 1000, clientPort: i + 1, flags: "S" }),
  );
  assert.equal(counts["tcp-forgotten"], half - 1, "the first half but for that one");
  assert.equal(counts["tcp-seen"], 2 * half);
  assert.ok(held < 32 * MEBIBYTE, `${held} octets`);
  reader.end();
});

test("segments that wait in many connections are given up when they are too many in all", () => {
  const { counts, held, reader } = flood(30_000, (i) =>
    tcp({ seq: 100_000 + 3000 * Math.floor(i / 5000), clientPort: 1 + (i % 5000) }, OCTETS),
  );
  assert.ok((counts["tcp-hole"] ?? 0) > 1000);
  assert.ok(held < 24 * MEBIBYTE, `${held} octets`);
  reader.end();
});

test("what waits in one direction is given up when it is more than a window, or in too many pieces", () => {
  const packets = Array.from({ length: 60 }, (_, i) => tcp({ seq: 2000 + 1400 * i }, OCTETS));
  const file = (list: readonly Uint8Array[]) =>
    pcap(
      list.map((octets) => ({ octets })),
      { linkType: 101 },
    );
  const large = read(file([tcp({ seq: 1000, flags: "S" }), ...packets]));
  assert.equal(tcpLines(large)[2], "2 hole client 0+999 lost");
  const [hole] = ofKind(large, "tcp-hole");
  assert.equal(hole?.when.frame, 2, "of the oldest that waited");
  const crumbs = Array.from({ length: 300 }, (_, i) => tcp({ seq: 2000 + 2 * i }, Uint8Array.of(i)));
  const small = read(file([tcp({ seq: 1000, flags: "S" }), ...crumbs]));
  assert.equal(ofKind(small, "tcp-hole").length, 300);
});

test("fragments whose datagrams never become whole are given up, the oldest first", () => {
  const { held, reader } = flood(30_000, (i) =>
    ipv4({ protocol: 47, id: i & 0xffff, moreFragments: true, fragmentOffset: 8 }, OCTETS),
  );
  assert.ok(held < 16 * MEBIBYTE, `${held} octets`);
  reader.end();
  const { notes, packets } = reader.summary();
  assert.equal(notes["incomplete-datagrams"], 30_000);
  assert.equal(packets.fragment, 30_000);
});

test("one datagram in ever more pieces is given up", () => {
  const { reader } = flood(600, (i) =>
    ipv4({ protocol: 47, id: 1, moreFragments: true, fragmentOffset: 16 * (i + 1) }, new Uint8Array(8)),
  );
  reader.end();
  assert.equal(reader.summary().notes["incomplete-datagrams"], 3);
});

test("interfaces without end are kept up to a limit, and that is told", () => {
  const one = interfaceDescription("little");
  const file = concat(sectionHeader("little"), ...Array.from({ length: MAX_INTERFACES + 30 }, () => one));
  const reading = read(file);
  assert.equal(reading.summary.interfaces.length, MAX_INTERFACES);
  assert.equal(problems(reading).length, 20);
  assert.equal(problems(reading)[0]?.code, "too-many-interfaces");
});
