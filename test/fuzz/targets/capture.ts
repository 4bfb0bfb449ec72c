import assert from "node:assert/strict";
import { gzipSync, zstdCompressSync } from "node:zlib";
import type { Problem } from "../../../pacctl/capture/captured.ts";
import { readCapture } from "../../../pacctl/capture/input.ts";
import { unpacked } from "../../../pacctl/capture/packed.ts";
import { CaptureReader } from "../../../pacctl/capture/reader.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { ascii } from "../../support/bytes.ts";
import { CARRIERS } from "../../support/capture/carriers.ts";
import { enhancedPacket, interfaceDescription, pcap, sectionHeader } from "../../support/capture/files.ts";
import { ethernet } from "../../support/capture/frames.ts";
import { MORE_LINKS } from "../../support/capture/more-links.ts";
import { read } from "../../support/capture/read.ts";
import { captures, frames } from "../../support/capture/samples.ts";
import { fc } from "../../support/fc.ts";
import { mutated, spoilt } from "../changes.ts";
import { chunks, unpack } from "../chunks.ts";
import type { Target } from "../target.ts";

/** Octets before the IP packet in a frame. */
const ETHERNET = 14;

/** Beginnings of files that are no captures. */
const FOREIGN = ["snoop\0\0\0", "GMBU", "<!doctype html>", "PK\x03\x04", "10:20:30.123456 IP "].map(ascii);

/** How far octets of one direction have been told. */
type Told = Map<string, number>;

/**
 * What holds for any capture: streams have no gap that is not told, and nothing is counted twice or not at
 * all.
 */
function sound(file: Uint8Array): ReturnType<typeof read> {
  const reading = read(file);
  const told: Told = new Map();
  let ended = 0;
  for (const event of reading.events) {
    if (event.kind === "problem") {
      assert.ok(event.offset <= file.length && event.frames <= reading.summary.frames);
      ended += Number(event.ended);
    } else assert.ok(event.when.frame >= 1 && event.when.frame <= reading.summary.frames);
    if (event.kind === "gre") assert.ok(event.octets.length <= event.length);
    if (event.kind !== "tcp-octets" && event.kind !== "tcp-hole") continue;
    const length = event.kind === "tcp-hole" ? event.length : event.octets.length;
    const key = `${event.connection.id} ${event.from}`;
    assert.equal(event.offset, told.get(key) ?? 0);
    assert.ok(length > 0);
    told.set(key, event.offset + length);
  }
  assert.ok(ended <= 1);
  const { packets, frames: count } = reading.summary;
  const sum = Object.values(packets).reduce((total, some) => total + some, 0);
  assert.ok(sum >= count, `${sum} counted of ${count}`);
  return reading;
}

/** A whole file. In chunks, the same is read. */
export const captureFile: Target = {
  name: "capture-file",
  share: 20,
  inputs: spoilt([...captures.map(({ file }) => file), ...FOREIGN]),
  run(input) {
    const whole = sound(input);
    assert.deepEqual(read(input, {}, 7), whole, "it depends on the chunks");
  },
};

/** Link types to try, by the tag of a chunk. */
const LINK_TYPES = [1, 0, 101, 105, 108, 113, 127, 276, 228, 147];

/** An IP packet, in up to three carriers, in an Ethernet frame. */
const carried = fc
  .tuple(
    fc.array(fc.constantFrom(...Object.values(CARRIERS)), { minLength: 1, maxLength: 3, size: "max" }),
    fc.constantFrom(...frames),
  )
  .map(([wraps, frame]) => ethernet(wraps.reduce((packet, wrap) => wrap(packet), frame.subarray(ETHERNET))))
  .chain((frame) => mutated([frame]));

/** Carriers in carriers, changed here and there. */
export const carriedPackets: Target = {
  name: "carried-packets",
  share: 25,
  inputs: chunks(carried, 6),
  run: (input) => void sound(pcap(unpack(input).map(({ octets }) => ({ octets })))),
};

/** Frames of all kinds of networks, each as its own kind; tags and labels among them. */
export const linkFrames: Target = {
  name: "link-frames",
  share: 15,
  inputs: fc
    .nat(MORE_LINKS.length - 1)
    .chain((i) => mutated([MORE_LINKS[i]![2]]).map((octets) => concat(Uint8Array.of(i), octets))),
  run(input) {
    const [, linkType] = MORE_LINKS[(input[0] ?? 0) % MORE_LINKS.length]!;
    sound(pcap([{ octets: input.slice(1) }], { linkType }));
  },
};

/** A packed file, spoilt: nothing is thrown, and what comes out is told of as any file. */
export const packedCapture: Target = {
  name: "packed-capture",
  share: 5,
  inputs: spoilt(captures.flatMap(({ file }) => [gzipSync(file), zstdCompressSync(file)])),
  async run(input) {
    const problems: Problem[] = [];
    const reader = new CaptureReader({}, (event) => void (event.kind === "problem" && problems.push(event)));
    async function* source() {
      yield input;
    }
    await readCapture({ chunks: unpacked(source()), size: undefined }, reader);
    assert.ok(problems.filter(({ ended }) => ended).length <= 1);
  },
};

/** Packets in a sound file: the headers of all layers, and how segments and fragments come together. */
export const capturedPackets: Target = {
  name: "captured-packets",
  share: 40,
  inputs: chunks(mutated(frames), 12),
  run(input) {
    const packets = unpack(input).map(({ tag, octets }, index) => ({
      octets,
      time: BigInt(index) * BigInt(1 + (tag >>> 4) ** 6) * 1000n,
      original: octets.length + (tag & 1),
    }));
    for (const linkType of LINK_TYPES.slice(0, 1 + ((input[0] ?? 0) % LINK_TYPES.length))) {
      sound(pcap(packets, { linkType }));
    }
  },
};

/** Octets pushed into one reader that lives on: whatever comes, it holds no more than its limits. */
export function endlessCapture(): Target {
  const head = concat(sectionHeader("little"), interfaceDescription("little"));
  let reader: CaptureReader | undefined;
  let time = 0n;
  return {
    name: "endless-capture",
    share: 20,
    inputs: chunks(fc.oneof(mutated(frames), carried), 12),
    run(input) {
      if (reader === undefined) {
        reader = new CaptureReader({}, () => {});
        reader.push(head);
      }
      for (const { octets } of unpack(input)) {
        time += 1000n;
        assert.ok(reader.push(enhancedPacket("little", time, { octets })));
      }
    },
    close: async () => reader?.end(),
  };
}
