import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { concat } from "../../../../server/wire/bytes.ts";
import { ascii, bytes } from "../../../support/bytes.ts";
import { pcap, pcapHeader, pcapng, START } from "../../../support/capture/files.ts";
import { problems, read } from "../../../support/capture/read.ts";
import { captures, frames } from "../../../support/capture/samples.ts";
import { needs } from "../../../support/needs.ts";

/** What is said of a file. */
function said(file: Uint8Array, name?: string): string {
  const [problem, ...more] = problems(read(file, name === undefined ? {} : { name }));
  assert.equal(more.length, 0);
  assert.ok(problem?.ended);
  return `${problem.code}: ${problem.detail}`;
}

const zeros = (count: number) => new Uint8Array(count);

/** The beginning of an event trace: its first buffer and, behind 72 octets, the header of an event. */
const EVENT_TRACE = concat(
  bytes`00000100 48020000 48020000 01000000`,
  zeros(56),
  bytes`0200 02 c0 2001 0000`,
  zeros(400),
);

const FILES: readonly (readonly [name: string, file: Uint8Array, says: RegExp])[] = [
  [
    "snoop",
    bytes`736e6f6f70000000 00000002 00000004`,
    /^foreign-format: snoop of Solaris: editcap -F pcapng FILE OUT$/,
  ],
  [
    "Network Monitor 2",
    bytes`474d4255 0002 0100`,
    /^foreign-format: Microsoft Network Monitor 2: editcap -F pcapng/,
  ],
  ["Network Monitor 1", bytes`52545353 0101 0100`, /^foreign-format: Microsoft Network Monitor 1: editcap/],
  [
    "an event trace",
    EVENT_TRACE,
    /^foreign-format: event trace of Windows: etl2pcapng FILE OUT; .*pktmon etl2pcap/,
  ],
  ["iptrace", ascii("iptrace 2.0"), /^foreign-format: iptrace of AIX: editcap/],
  ["ERF", bytes`00000000 3bc48650 02 04 005e 0000 004e 0000`, /^foreign-format: ERF of Endace: editcap/],
  ["CommView NCFX", bytes`4e000000 dc07 0a 17 10 16 13 893e0500 0000`, /^foreign-format: CommView: editcap/],
  ["Observer", ascii("ObserverPktBufferVersion=15.00"), /^foreign-format: Observer: editcap/],
  ["OmniPeek", bytes`7f766572 0000`, /^foreign-format: OmniPeek/],
  ["xz", bytes`fd377a585a00 0000`, /^compressed: xz: xz -dc FILE \| pacctl decode -$/],
  ["bzip2", ascii("BZh91AY"), /^compressed: bzip2: bzip2 -dc FILE/],
  ["LZ4", bytes`04224d18 6440`, /^compressed: LZ4: lz4 -dc FILE/],
  ["zip", bytes`504b0304 1400`, /^compressed: zip archive: unzip -p FILE/],
  [
    "tar",
    concat(ascii("dial.pcap"), zeros(248), ascii("ustar"), zeros(300)),
    /^compressed: tar archive: tar -xOf FILE/,
  ],
  ["a page", ascii('\n<!DOCTYPE html>\n<html lang="en"><title>Sign in'), /^not-a-capture: an HTML page/],
  [
    "what tcpdump printed",
    ascii("10:20:30.123456 IP 192.0.2.1.1723 > 198.51.100.7.40000: Flags [S]\n"),
    /^not-a-capture: text .* -w FILE/,
  ],
  [
    "what tcpdump -r printed",
    ascii("reading from file dial.pcap, link-type EN10MB\n"),
    /^not-a-capture: text .* -w FILE/,
  ],
  [
    "what tshark printed",
    ascii("    1   0.000000 198.51.100.7 → 192.0.2.1 TCP 74 40000 → 1723 [SYN]\n"),
    /text that tells of packets/,
  ],
  [
    "what Wireshark printed",
    ascii("No.     Time           Source                Destination\n"),
    /text that tells of packets/,
  ],
  ["a table of Wireshark", ascii('"No.","Time","Source","Destination"\n'), /text that tells of packets/],
  [
    "a hexadecimal dump",
    ascii("0000  02 00 00 00 00 01 02 00  00 00 00 02 08 00 45 00\n"),
    /^foreign-format: .*text2pcap FILE OUT$/,
  ],
  ["JSON of tshark", ascii('[\n  {\n    "_index": "packets-2024-01-01",\n'), /^not-a-capture: JSON/],
  ["PDML", ascii('<?xml version="1.0"?>\n<pdml>'), /^not-a-capture: XML/],
  ["base64", ascii("1MOyoQIABAAAAAAAAAAAAAAABAABAAAA"), /base64 -d FILE/],
  ["digits", ascii("d4c3b2a1020004000000000000000000"), /xxd -r -p FILE/],
  ["a README", ascii("# a README\n"), /^not-a-capture: text$/],
  [
    "what PowerShell redirected",
    bytes`fffe d400 c300 b200 a100`,
    /^not-a-capture: a capture that PowerShell's > has spoilt/,
  ],
  [
    "a pcapng with other ends of lines",
    bytes`0a0d0a 6c000000 4d3c2b1a 0100`,
    /^not-a-capture: a pcapng whose ends of lines/,
  ],
  [
    "a pcap in UTF-8",
    bytes`efbfbd c3b2 efbfbd 0200 0400`,
    /^not-a-capture: a capture that was taken for text/,
  ],
  [
    "a capture behind the banner of a host",
    concat(ascii("Unauthorised use is prohibited\n"), captures[0]!.file),
    /a capture behind 31 octets of something else: tail -c \+32 FILE \| pacctl decode -$/,
  ],
  ["zeros", zeros(4096), /^not-a-capture: nothing but zeros/],
  ["octets out of the blue", bytes`00010203 04050607 ff00ff00`, /^not-a-capture: $/],
];

for (const [name, file, says] of FILES) {
  test(`${name}: said what it is, and what to do`, () => {
    assert.match(said(file), says);
  });
}

test("an event trace that has nothing to know it by is known by its name", () => {
  const octets = concat(bytes`01020304`, zeros(1000));
  assert.match(said(octets, "NetTrace.ETL"), /^foreign-format: event trace of Windows: etl2pcapng/);
  assert.match(said(ascii("whatever"), "NetTrace.etl"), /etl2pcapng FILE OUT/);
  assert.match(said(ascii("<!doctype html>"), "NetTrace.etl"), /HTML/);
  assert.equal(said(octets, "dial.pcap"), "not-a-capture: ");
});

test("a file with a header and no packet is read to its end, and so is an empty section", () => {
  for (const file of [pcap([]), pcapng([]), pcapng([]).subarray(0, 28)]) {
    const reading = read(file);
    assert.deepEqual([problems(reading), reading.summary.frames], [[], 0]);
  }
});

test("longer headers of records than the magic number says: what wrote such is named", () => {
  const times = frames.map((octets, i) => ({ octets, time: START + BigInt(i) * 1_234_000n }));
  const records = times.map((packet) => pcap([packet]).subarray(24));
  for (const more of [4, 8, 12]) {
    const longer = records.map((record) => concat(record.subarray(0, 16), zeros(more), record.subarray(16)));
    const found = problems(read(concat(pcapHeader("little", false, 1), ...longer)));
    assert.equal(found[0]?.code, "bad-record", `${more} octets`);
    assert.match(found[0].detail, /Nokia, Red Hat 6\.1 or SuSE 6\.3 wrote it: editcap/);
  }
});

const FORMATS = [
  ["snoop", /snoop/],
  ["netmon1", /Network Monitor 1/],
  ["netmon2", /Network Monitor 2/],
  ["ngsniffer", /Sniffer/],
  ["ngwsniffer_1_1", /Sniffer/],
  ["ngwsniffer_2_0", /Sniffer/],
  ["5views", /5View/],
  ["commview-ncf", /CommView/],
  ["k12text", /K12/],
  ["lanalyzer", /LANalyzer/],
  ["nettl", /nettl/],
  ["visual", /Visual Networks/],
] as const;

test("what editcap writes in other formats: named with the command that was tried here", {
  skip: needs({ programs: ["editcap"] }),
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "pacd-foreign-"));
  after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "dial.pcap");
  writeFileSync(path, captures[0]!.file);
  for (const [format, name] of FORMATS) {
    const to = join(folder, format);
    execFileSync("editcap", ["-F", format, path, to], { stdio: "ignore" });
    const words = said(new Uint8Array(readFileSync(to)));
    assert.match(words, name);
    const [command, ...more] = words.slice(words.lastIndexOf(": ") + 2).split(" ");
    const back = join(folder, "back");
    execFileSync(
      command!,
      more.map((word) => ({ FILE: to, OUT: back })[word] ?? word),
      { stdio: "ignore" },
    );
    assert.equal(read(new Uint8Array(readFileSync(back))).summary.frames, frames.length, format);
  }
});
