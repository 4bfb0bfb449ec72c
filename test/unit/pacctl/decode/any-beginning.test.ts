import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { type FilePacket, pcap } from "../../../support/capture/files.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";

const FOLDERS = ["../../../fixtures/", "../../../../../shared/captures/"].map(
  (path) => new URL(path, import.meta.url),
);

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const ETHERNET = 14;
const GRE = 47;

/** A little-endian pcap file without its first records, for each number of these. */
function* laterBeginnings(file: Uint8Array): Generator<readonly [number, Uint8Array]> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const header = file.subarray(0, FILE_HEADER);
  let count = 0;
  for (let at = FILE_HEADER; at < file.length; count += 1) {
    yield [count, concat(header, file.subarray(at))];
    at += RECORD_HEADER + view.getUint32(at + 8, true);
  }
}

const files = FOLDERS.flatMap((folder) => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".pcap"))
      .map((name) => [name, new URL(name, folder)] as const);
  } catch {
    return []; // what is beside the repository may be absent
  }
});

test("there are captures of real clients", () => assert.ok(files.length >= 5));

for (const [name, url] of files)
  test(`${name}, wherever it begins, is one call, and no time is negative`, () => {
    const file = readFileSync(url);
    for (const [count, rest] of laterBeginnings(file)) {
      const { calls } = decodedFile(rest);
      assert.equal(calls.length <= 1, true, `behind ${count} packets: ${calls.length} calls`);
      for (const { rows, stages } of calls) {
        assert.ok(rows.every(({ at }) => at >= 0));
        assert.ok(stages.every(({ took }) => took >= 0));
      }
    }
  });

/** The packets of a little-endian pcap file; times in nanoseconds since the first. */
function packetsOf(file: Uint8Array): FilePacket[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const packets: FilePacket[] = [];
  for (let at = FILE_HEADER; at < file.length; ) {
    const [length, original] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
    const time =
      BigInt(view.getUint32(at, true)) * 1_000_000_000n + BigInt(view.getUint32(at + 4, true)) * 1000n;
    const octets = file.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length);
    packets.push({ octets, original, time });
    at += RECORD_HEADER + length;
  }
  return packets.map((packet) => ({ ...packet, time: packet.time! - packets[0]!.time! }));
}

/** Dials of clients at one address to one server, as its tests recorded them. */
const behindOne = files
  .filter(([name]) => name.startsWith("pptp-linux-"))
  .map(([name, url]) => {
    const file = readFileSync(url);
    return { name, packets: packetsOf(file), ids: decodedFile(file).calls[0]!.callIds };
  });

/** One of a direction alone may be left: an ID that was not seen is any. */
const fits = (seen: number | undefined, is: number | undefined) => seen === undefined || seen === is;

const EACH = behindOne.flatMap((one) => behindOne.map((other) => [one, other] as const));

/** Where the server's segments are missing, no reply gives its call ID. */
const isSeen = (octets: Uint8Array, server: boolean): boolean =>
  server ||
  octets[ETHERNET + 9] === GRE ||
  new DataView(octets.buffer, octets.byteOffset).getUint16(ETHERNET + 20) !== 1723;

for (const [apart, server] of [
  [4n, true],
  [1000n, true],
  [4n, false],
] as const)
  test(`two dials behind one address, ${apart} ms apart, are two wherever the capture begins${server ? "" : ", without the server's segments"}`, () => {
    assert.equal(EACH.length, 25);
    for (const [one, other] of EACH.filter(([a, b]) => a !== b)) {
      const [first, second] = [one, other].map(({ packets }, i) =>
        packets
          .filter(({ octets }) => isSeen(octets, server))
          .map((packet) => ({ ...packet, time: packet.time! + BigInt(i) * apart * 1_000_000n })),
      ) as [FilePacket[], FilePacket[]];
      const all = [...first, ...second].toSorted((a, b) => Number(a.time! - b.time!));
      for (const count of all.keys()) {
        const rest = all.slice(count);
        const left = [first, second].filter((packets) => packets.some((packet) => rest.includes(packet)));
        const { calls, decoder } = decodedFile(pcap(rest, { linkType: 1, nanoseconds: true }));
        const where = `${one.name} and ${other.name} behind ${count} packets`;
        assert.equal(calls.length, left.length, where);
        assert.equal(decoder.leftOver.unexplained, 0, where);
        for (const { callIds, findings } of calls)
          assert.ok(
            [one, other].some(
              ({ ids }) => fits(callIds.client, ids.client) && fits(callIds.server, ids.server),
            ) ||
              (!server && findings.some((finding) => /nothing shows which GRE packets/.test(finding))),
            `${where}: ${callIds.client} with ${callIds.server}`,
          );
      }
    }
  });
