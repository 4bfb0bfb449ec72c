import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { constants, gzipSync, zstdCompressSync } from "node:zlib";
import { openCapture, readCapture } from "../../../../pacctl/capture/input.ts";
import { unpacked } from "../../../../pacctl/capture/packed.ts";
import { CaptureReader } from "../../../../pacctl/capture/reader.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes } from "../../../support/bytes.ts";
import { pcap } from "../../../support/capture/files.ts";
import { ethernet, gre, ipv4 } from "../../../support/capture/frames.ts";

const PACKETS = 3000;

/** Packets that do not pack too well. */
const FILE = pcap(
  Array.from({ length: PACKETS }, (_, i) => ({
    octets: ethernet(
      ipv4(
        { protocol: 47, id: i + 1 },
        gre(
          i,
          Uint8Array.from({ length: 200 }, (_, j) => (i * j * j + i) >> 3),
        ),
      ),
    ),
  })),
);

/** Made of a packed file in two members or frames, cut between packets or anywhere. */
const PACKINGS: readonly (readonly [name: string, pack: (octets: Uint8Array) => Uint8Array])[] = [
  ["gzip", (octets) => gzipSync(octets)],
  ["zstd", (octets) => zstdCompressSync(octets)],
  [
    "gzip in two members",
    (octets) => concat(gzipSync(octets.subarray(0, 77_777)), gzipSync(octets.subarray(77_777))),
  ],
  [
    "zstd in two frames, with some that are skipped",
    (octets) =>
      concat(
        bytes`502a4d18 04000000 aabbccdd`,
        zstdCompressSync(octets.subarray(0, 77_777)),
        bytes`5f2a4d18 00000000`,
        zstdCompressSync(octets.subarray(77_777)),
      ),
  ],
  ["gzip with zeros behind", (octets) => concat(gzipSync(octets), new Uint8Array(5000))],
  ["gzip in gzip", (octets) => gzipSync(gzipSync(octets))],
  ["zstd in gzip", (octets) => gzipSync(zstdCompressSync(octets))],
];

async function* inChunks(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(size);
  for (let at = 0; at < file.length; at += size) {
    const part = file.subarray(at, at + size);
    memory.set(part);
    yield memory.subarray(0, part.length);
    memory.fill(0xee); // a chunk is valid until the next one is asked for
  }
}

interface Outcome {
  readonly frames: number;
  readonly problems: readonly (readonly [code: string, detail: string])[];
}

async function read(file: Uint8Array, size = 10_000): Promise<Outcome> {
  const problems: [string, string][] = [];
  const reader = new CaptureReader({}, (event) => {
    if (event.kind === "problem") problems.push([event.code, event.detail]);
  });
  await readCapture({ chunks: unpacked(inChunks(file, size)), size: undefined }, reader);
  return { frames: reader.summary().frames, problems };
}

for (const [name, pack] of PACKINGS) {
  test(`${name}: read as the file itself, whatever the chunks`, async () => {
    const packed = pack(FILE);
    for (const size of [997, 64 * 1024, packed.length]) {
      assert.deepEqual(await read(packed, size), { frames: PACKETS, problems: [] }, `chunks of ${size}`);
    }
  });

  test(`${name}, octet by octet`, async () => {
    const few = pcap([{ octets: ethernet(ipv4({ protocol: 47 }, gre(1, new Uint8Array(4)))) }]);
    assert.deepEqual((await read(few, 1)).frames, 1);
    const packed = name.includes("two") ? pack(concat(few, few.subarray(24))) : pack(few);
    assert.deepEqual((await read(packed, 1)).problems, []);
  });
}

test("what is not packed comes through as it is, be it shorter than any mark", async () => {
  for (const length of [0, 1, 3, 4, 100]) {
    const octets = FILE.slice(0, length);
    const parts: Uint8Array[] = [];
    for await (const part of unpacked(inChunks(octets, 2))) parts.push(part.slice());
    assert.deepEqual(concat(...parts), octets);
  }
});

for (const [name, pack] of PACKINGS.slice(0, 4)) {
  test(`${name}, cut off: what was there before stands, and that it was cut is said once`, async () => {
    const packed = pack(FILE);
    const { frames, problems } = await read(packed.subarray(0, packed.length - 9));
    assert.ok(frames > 100 && frames <= PACKETS, `${frames} packets`);
    assert.equal(problems.length, 1);
    assert.equal(problems[0]![0], "packing-truncated");
    assert.match(problems[0]![1], /^(gzip|zstd), at octet \d+ of the packed file$/);
  });

  test(`${name}, damaged: the same`, async () => {
    const packed = pack(FILE).slice();
    packed.fill(0xa5, packed.length - 3000, packed.length - 2000);
    const { frames, problems } = await read(packed);
    assert.ok(frames > 100 && frames < PACKETS, `${frames} packets`);
    assert.deepEqual(
      problems.map(([code]) => code),
      ["packing-damaged"],
    );
  });
}

test("a cut between two packets is said as well, of a file whose packets are whole", async () => {
  const packed = gzipSync(FILE, { finishFlush: constants.Z_SYNC_FLUSH });
  const { frames, problems } = await read(packed);
  assert.deepEqual([frames, problems.map(([code]) => code)], [PACKETS, ["packing-truncated"]]);
});

test("rubbish behind a packed file is said", async () => {
  const { problems } = await read(concat(gzipSync(FILE), bytes`11223344 55667788`));
  assert.deepEqual(
    problems.map(([code]) => code),
    ["packing-damaged"],
  );
});

test("nothing more is unpacked than is asked for", async () => {
  const bomb = gzipSync(new Uint8Array(256 << 20), { level: 9 });
  let asked = 0;
  async function* source() {
    for await (const chunk of inChunks(bomb, 1 << 20)) {
      asked += 1;
      yield chunk;
    }
  }
  const chunks = unpacked(source());
  const before = process.memoryUsage.rss();
  let octets = 0;
  for (let i = 0; i < 100; i += 1) octets += ((await chunks.next()).value as Uint8Array).length;
  assert.equal(asked, 1);
  assert.ok(octets <= 100 * 1024 * 1024);
  assert.ok(process.memoryUsage.rss() - before < 64 << 20);
  await chunks.return(undefined);
});

test("zeros without end in a small file are no capture, and are not read on", async () => {
  const { frames, problems } = await read(gzipSync(new Uint8Array(64 << 20)));
  assert.deepEqual([frames, problems.map(([code]) => code)], [0, ["not-a-capture"]]);
});

test("a packed file on disk: the size, and how much of it was taken", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pacd-packed-"));
  after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "dial.pcap");
  const packed = gzipSync(FILE);
  writeFileSync(path, packed);
  const input = await openCapture(path);
  const reader = new CaptureReader({}, () => {});
  await readCapture(input, reader);
  assert.deepEqual(
    [input.size, input.taken?.(), reader.summary().frames],
    [packed.length, packed.length, PACKETS],
  );
});
