import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { concat } from "../../../../server/wire/bytes.ts";
import { fromHex } from "../../../support/bytes.ts";
import { CARRIERS } from "../../../support/capture/carriers.ts";
import { pcap } from "../../../support/capture/files.ts";
import { CLIENT, gre, ipv4, ipv6, SERVER, tcp } from "../../../support/capture/frames.ts";
import { at, client, HANDSHAKE, server } from "../../../support/capture/segments.ts";
import { everyField } from "../../../support/decode/every-field.ts";
import { compareWithTshark } from "../../../support/decode/tshark.ts";
import { ALL_NAMES } from "../../../support/decode/tshark-names.ts";
import { needs } from "../../../support/needs.ts";
import { controlFixture } from "../../../support/pptp/control-fixtures.ts";

const FIXTURES = fileURLToPath(new URL("../../../fixtures/", import.meta.url));
const SHARED = fileURLToPath(new URL("../../../../../shared/captures/", import.meta.url));
const skip = needs({ programs: ["tshark"] });

const folder = mkdtempSync(join(tmpdir(), "pacd-fields-"));
after(() => rmSync(folder, { recursive: true }));

for (const path of [FIXTURES, SHARED]) {
  const missing = existsSync(path) ? false : "the captures are not beside the repository";
  const files = missing === false ? readdirSync(path).filter((name) => name.endsWith(".pcap")) : ["captures"];
  for (const name of files)
    test(`${name}: every field of every packet is as tshark has it`, { skip: skip || missing }, () => {
      assert.ok(compareWithTshark(join(path, name)).values > 30);
    });
}

test("each message and each option: every field is as tshark has it, and none is left out", { skip }, () => {
  const file = join(folder, "every-field.pcap");
  writeFileSync(file, everyField().file());
  const { names } = compareWithTshark(file);
  assert.deepEqual(
    ALL_NAMES.filter((name) => !names.has(name) && !/^(?:ipv6|icmp)\./.test(name)),
    [],
  );
});

for (const name of ["GRE, Ethernet", "VXLAN in IPv6", "TZSP with tags", "MPLS in IP"])
  test(`carried in ${name}: every field is as tshark has it, behind the headers of the carrier`, {
    skip,
  }, () => {
    const file = join(folder, "carried.pcap");
    const carried = everyField().packets.map((packet) => ({
      time: packet.time!,
      octets: CARRIERS[name]!(packet.octets),
    }));
    writeFileSync(file, pcap(carried, { linkType: 101, nanoseconds: true }));
    assert.ok(compareWithTshark(file, "carried").values > 2000);
  });

for (const kept of [54, 68, 96])
  test(`cut after ${kept} octets: every field that tshark has is as it has it`, { skip }, () => {
    const file = join(folder, "cut.pcap");
    const cut = everyField().packets.map(({ octets, time }) => ({
      time: time!,
      octets: octets.subarray(0, kept),
      original: octets.length,
    }));
    writeFileSync(file, pcap(cut, { linkType: 101, nanoseconds: true }));
    assert.ok(compareWithTshark(file, "cut").values > 1200);
  });

/** An ICMP error of the server's about the client's GRE. */
const refusal = (head: string): Uint8Array =>
  ipv4(
    { protocol: 1, source: SERVER, destination: CLIENT, id: 77 + head.length },
    concat(fromHex(head), ipv4({ protocol: 47 }, gre(1, fromHex("c021 0901 0008 0c6f3548")))),
  );

/** An IPv4 packet with a header of six words. */
function withOption(packet: Uint8Array): Uint8Array {
  const longer = concat(packet.subarray(0, 20), fromHex("01010101"), packet.subarray(20));
  longer.set([0x46], 0);
  longer.set([(longer.length >> 8) & 0xff, longer.length & 0xff], 2);
  longer.set([0, 0], 10); // no checksum, as with offload
  return longer;
}

test("IPv6, options of IPv4, mid-stream, fragments: every header is as tshark has it", { skip }, () => {
  const file = join(folder, "headers.pcap");
  const echo = controlFixture("echo-request").bytes;
  const tunnelled = gre(1, fromHex("c021 0901 0008 0c6f3548"));
  const six = { version: 6, clientPort: 40_006 } as const;
  const packets = [
    ...HANDSHAKE,
    withOption(client(1001)),
    client(1001, "", { flags: "PA" }),
    tcp({ seq: 1001, ack: 5001, flags: "PA" }, echo),
    server(5001, "", { ack: 1017 }),
    tcp({ ...six, seq: 7, flags: "S" }),
    tcp({ ...six, from: "server", seq: 9, ack: 8, flags: "SA" }),
    tcp({ ...six, seq: 8, ack: 10 }, echo),
    tcp({ clientPort: 40_001, seq: 70_000, ack: 90_000, flags: "PA" }, echo),
    tcp({ clientPort: 40_001, from: "server", seq: 90_000, ack: 70_016 }, echo),
    ipv4({ protocol: 47 }, tunnelled),
    withOption(ipv4({ protocol: 47, id: 2 }, gre(2, fromHex("c021 0902 0008 0c6f3548")))),
    ipv6({ protocol: 47 }, gre(3, fromHex("c021 0903 0008 0c6f3548"))),
    ipv4(
      { protocol: 47, id: 9, moreFragments: true },
      gre(4, fromHex("c021 0904 0008 0c6f3548")).subarray(0, 8),
    ),
    ipv4({ protocol: 47, id: 9, fragmentOffset: 8 }, gre(4, fromHex("c021 0904 0008 0c6f3548")).subarray(8)),
    refusal("0302 0000 00000000"),
    refusal("0304 0000 0000 0514"),
  ].map((octets, i) => at(i / 100, octets));
  writeFileSync(file, pcap(packets, { linkType: 101 }));
  const { names } = compareWithTshark(file);
  for (const name of [
    "ipv6.plen",
    "icmp.type",
    "icmp.code",
    "icmp.mtu",
    "ip.hdr_len",
    "tcp.seq",
    "tcp.ack_raw",
  ])
    assert.ok(names.has(name), name);
});
