import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { hex } from "../../../../server/wire/bytes.ts";
import { ofKind, type Reading, read, stream } from "../../../support/capture/read.ts";
import { captures } from "../../../support/capture/samples.ts";
import { converted, type Dissection, dissected } from "../../../support/capture/tshark.ts";
import { Namespace } from "../../../support/lab/namespace.ts";
import { end, start } from "../../../support/lab/processes.ts";
import { needs } from "../../../support/needs.ts";

const skip = needs({ programs: ["tshark", "editcap"] });
const skipLive = skip || needs({ root: true, addon: true, programs: ["tcpdump", "ip", "setpriv"] });
const SHARED = new URL("../../../../../shared/captures/", import.meta.url);

const folder = mkdtempSync(join(tmpdir(), "pacd-tshark-"));
after(() => rmSync(folder, { recursive: true }));

const FIELDS = [
  "frame.number",
  "frame.time_relative",
  "frame.time_epoch",
  "ip.src",
  "ip.dst",
  "ipv6.src",
  "ipv6.dst",
  "ip.proto",
  "ipv6.nxt",
  "ip.flags.mf",
  "icmp.type",
  "icmp.code",
  "tcp.stream",
  "tcp.srcport",
  "tcp.dstport",
  "tcp.len",
  "tcp.flags.syn",
  "tcp.flags.fin",
  "tcp.flags.reset",
  "tcp.analysis.retransmission",
  "data.data",
] as const;

type Dissected = Dissection<(typeof FIELDS)[number]>;
type Packet = Dissected["packets"][number];

/** Seconds with nine decimals as nanoseconds. */
const nanoseconds = (text: string): number => Number(text.replace(".", ""));

const when = (packet: Packet): [frame: number, at: number] => [
  Number(packet["frame.number"]),
  nanoseconds(packet["frame.time_relative"]),
];

/** GRE packets, octet for octet. */
function compareGre({ packets }: Dissected, reading: Reading): number {
  const theirs = packets.filter(
    (packet) =>
      (packet["ip.proto"] === "47" || packet["ipv6.nxt"] === "47") &&
      packet["ip.flags.mf"] !== "1" &&
      packet["data.data"] !== "",
  );
  assert.deepEqual(
    ofKind(reading, "gre").map(({ when: { frame, at }, source, destination, octets }) => [
      frame,
      at,
      source,
      destination,
      hex(octets),
    ]),
    theirs.map((packet) => [
      ...when(packet),
      packet["ip.src"] || packet["ipv6.src"],
      packet["ip.dst"] || packet["ipv6.dst"],
      packet["data.data"],
    ]),
  );
  return theirs.length;
}

/** Control connections: SYNs, FINs, resets, retransmissions, and every octet. */
function compareTcp({ packets, streams }: Dissected, reading: Reading): number {
  const ours = packets.filter(
    (packet) => packet["tcp.srcport"] === "1723" || packet["tcp.dstport"] === "1723",
  );
  const told = (kind: "tcp-syn" | "tcp-fin" | "tcp-reset" | "tcp-retransmission") =>
    ofKind(reading, kind).map((event) => [event.when.frame, event.when.at]);
  const flagged = (flag: "syn" | "fin" | "reset") =>
    ours.filter((packet) => packet[`tcp.flags.${flag}`] === "1");
  assert.deepEqual(told("tcp-syn"), flagged("syn").map(when));
  // Those of each end count once.
  const first = (packet: Packet, index: number, all: readonly Packet[]) =>
    all.findIndex(
      (other) =>
        other["tcp.stream"] === packet["tcp.stream"] && other["tcp.srcport"] === packet["tcp.srcport"],
    ) === index;
  assert.deepEqual(told("tcp-fin"), flagged("fin").filter(first).map(when));
  assert.deepEqual(told("tcp-reset"), flagged("reset").filter(first).map(when));
  const again = ours.filter(
    (packet) => packet["tcp.analysis.retransmission"] !== "" && packet["tcp.len"] !== "0",
  );
  assert.deepEqual(told("tcp-retransmission"), again.map(when));
  assert.equal(ofKind(reading, "tcp-seen").length, streams.length);
  for (const [index, { here, there }] of streams.entries()) {
    assert.deepEqual(stream(reading, "client", index + 1), here);
    assert.deepEqual(stream(reading, "server", index + 1), there);
  }
  return streams.length;
}

interface Found {
  readonly connections: number;
  readonly gre: number;
}

/** Everything that is compared of one file. */
function compare(file: string, { connections, gre }: Found): void {
  const reading = read(readFileSync(file));
  const theirs = dissected(file, FIELDS, connections);
  assert.deepEqual(ofKind(reading, "problem"), []);
  assert.equal(reading.summary.frames, theirs.packets.length);
  assert.equal(String(reading.summary.startedAt), theirs.packets[0]!["frame.time_epoch"].replace(".", ""));
  assert.equal(compareTcp(theirs, reading), connections);
  assert.equal(compareGre(theirs, reading), gre);
}

interface Wanted extends Found {
  readonly name: string;
  /** File formats that the same packets are written in as well. */
  readonly formats: readonly string[];
}

const WANTED: readonly Wanted[] = [
  { name: "cve-2020-8597-eap.pcap", connections: 0, gre: 2, formats: [] },
  { name: "ixia-to-cisco-pap.pcap", connections: 1, gre: 17, formats: ["modpcap"] },
  { name: "linux-to-rras-gre-blocked.pcap", connections: 1, gre: 0, formats: ["nsecpcap"] },
  { name: "win7-to-pptpd.pcap", connections: 1, gre: 69, formats: ["pcapng"] },
];

for (const { name, formats, ...found } of WANTED) {
  const shared = new URL(name, SHARED);
  const missing = skip || (existsSync(shared) ? false : "the captures are not beside the repository");
  test(`${name}: frames, times, TCP octets and GRE packets as tshark has them`, { skip: missing }, () => {
    const file = join(folder, name);
    copyFileSync(fileURLToPath(shared), file);
    for (const one of [file, ...formats.map((format) => converted(file, format))]) compare(one, found);
  });
}

test("the captures of the tests, as tshark has them", { skip }, () => {
  for (const [index, { name, file }] of captures.entries()) {
    const path = join(folder, `sample-${index}`);
    writeFileSync(path, file);
    const reading = read(file);
    const theirs = dissected(path, FIELDS);
    assert.equal(reading.summary.frames, theirs.packets.length, name);
    // Blocks without a time have none in tshark, and the time before them here.
    if (!name.includes("all kinds")) assert.equal(compareGre(theirs, reading), 3, name);
    const errors = theirs.packets.filter((packet) => packet["icmp.type"] !== "");
    assert.deepEqual(
      ofKind(reading, "icmp").map(({ when: { frame }, source, destination, type, code, about }) => [
        frame,
        `${source},${about.protocol === "cut" ? "" : about.source}`,
        `${destination},${about.protocol === "cut" ? "" : about.destination}`,
        String(type),
        String(code),
      ]),
      errors.map((packet) => [
        when(packet)[0],
        packet["ip.src"],
        packet["ip.dst"],
        packet["icmp.type"],
        packet["icmp.code"],
      ]),
      name,
    );
  }
});

const LAST = "the last packet";

/**
 * The kernel's buffer has a slot of the snap length for each packet: with the usual one there is room for 30.
 */
const WITHOUT_DROPS = "-s 9000 -B 16384";

/** A capture of `inside/traffic.ts` on these interfaces. */
async function live(on: string): Promise<string> {
  const namespace = await Namespace.create();
  try {
    for (const word of ["10.9.9.1/32", "10.9.9.2/32"]) await namespace.ip(`address add ${word} dev lo`);
    await namespace.ip("link set lo mtu 1500");
    const words = `-i ${on} ${WITHOUT_DROPS} -U --immediate-mode -w -`.split(" ");
    const command = namespace.enter("tcpdump", ...words);
    const tcpdump = start(...command, { stdio: ["ignore", "pipe", "pipe"] });
    try {
      let said = "";
      await new Promise<void>((resolve) => {
        tcpdump.stderr!.on("data", (part: Buffer) => {
          said += part.toString();
          if (said.includes("listening on")) resolve();
        });
      });
      const parts: Buffer[] = [];
      const whole = new Promise<void>((resolve) => {
        tcpdump.stdout!.on("data", (part: Buffer) => {
          parts.push(part);
          if (Buffer.concat(parts.slice(-2)).includes(LAST)) resolve();
        });
      });
      const traffic = fileURLToPath(new URL("inside/traffic.ts", import.meta.url));
      await namespace.run(process.execPath, traffic, LAST);
      await whole;
      const file = join(folder, `live-${on}.pcap`);
      writeFileSync(file, Buffer.concat(parts));
      return file;
    } finally {
      await end(tcpdump, "SIGKILL");
    }
  } finally {
    await namespace.remove();
  }
}

for (const on of ["lo", "any"]) {
  test(`what this kernel sends, captured on ${on}, as tshark has it`, { skip: skipLive }, async () => {
    const file = await live(on);
    for (const one of [file, converted(file, "pcapng")]) compare(one, { connections: 2, gre: 5 });
  });
}
