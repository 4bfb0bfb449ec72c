import assert from "node:assert/strict";
import { test } from "node:test";
import type { PacketKind } from "../../../../pacctl/capture/captured.ts";
import { bytes } from "../../../support/bytes.ts";
import { ipv4 } from "../../../support/capture/frames.ts";
import {
  COOKED,
  counted,
  ETHERNET,
  frame,
  IPV4,
  IPV6,
  NULL,
  RADIOTAP,
  RAW,
  WIFI,
} from "../../../support/capture/link-frames.ts";
import { ofKind } from "../../../support/capture/read.ts";

test("several packets in an 802.11 aggregate", () => {
  const subframe = (ip: Uint8Array, padding: Uint8Array) => bytes`
    020000000001 020000000002      destination, source
    ${Uint8Array.of(0, ip.length + 8)}
    aaaa 03 000000 ${ip[0] === 0x45 ? bytes`0800` : bytes`86dd`}
    ${ip}
    ${padding}
  `;
  const octets = bytes`
    88 02 0000 020000000001 020000000002 020000000003 1000 8000
    ${subframe(IPV4, new Uint8Array(0))}
    ${subframe(IPV6, new Uint8Array(2))}
    ${subframe(ipv4({ protocol: 17 }, new Uint8Array(8)), new Uint8Array(0))}
  `;
  // 14 + 8 + 38 is a multiple of four, 14 + 8 + 58 as well.
  const reading = frame(WIFI, octets.slice(0, 26 + 60), octets.slice(0, 26 + 60 + 80));
  assert.equal(ofKind(reading, "gre").length, 3);
});

test("a frame that the radio marked as badly received says so", () => {
  const bad = bytes`
    00 00 0900 02000000 40         radiotap, Flags: bad frame check sequence
    08 02 0000 020000000001 020000000002 020000000003 1000 aaaa 03 000000 0800 ${IPV4}
  `;
  assert.equal(ofKind(frame(RADIOTAP, bad), "gre")[0]?.checksum, "wrong");
});

/** Frames without a packet for us, and as what they are counted. */
const OTHERS: readonly (readonly [name: string, linkType: number, kind: PacketKind, frame: Uint8Array])[] = [
  ["ARP", ETHERNET, "arp", bytes`ffffffffffff 020000000002 0806 0001 0800 0604 0001`],
  ["LLDP", ETHERNET, "other-link", bytes`0180c200000e 020000000002 88cc 0207`],
  ["spanning tree", ETHERNET, "other-link", bytes`0180c2000000 020000000002 0026 4242 03 0000000000`],
  ["SNAP of Cisco", ETHERNET, "other-link", bytes`01000ccccccc 020000000002 0010 aaaa 03 00000c 2000 0000`],
  ["PPPoE discovery", ETHERNET, "other-link", bytes`ffffffffffff 020000000002 8863 1109 0000 0000`],
  [
    "LCP in PPPoE",
    ETHERNET,
    "other-link",
    bytes`020000000001 020000000002 8864 1100 0001 0006 c021 01010004`,
  ],
  [
    "PPPoE of another code",
    ETHERNET,
    "other-link",
    bytes`020000000001 020000000002 8864 11a7 0001 0006 0021 4500`,
  ],
  ["an ARP of Linux cooked", COOKED, "arp", bytes`0000 0001 0006 0200 0000 0002 0000 0806 0001`],
  ["CAN in Linux cooked", COOKED, "other-link", bytes`0000 0118 0000 0000 0000 0000 0000 000c 0001`],
  ["AppleTalk on loopback", NULL, "other-link", bytes`10000000 00`],
  ["beacon", WIFI, "wifi-management", bytes`80 00 0000 ffffffffffff 020000000002 020000000002 0000`],
  ["acknowledgement", WIFI, "wifi-management", bytes`d4 00 0000 020000000001`],
  ["null data", WIFI, "wifi-management", bytes`48 01 0000 020000000001 020000000002 020000000003 0000`],
  [
    "QoS null data",
    WIFI,
    "wifi-management",
    bytes`c8 01 0000 020000000001 020000000002 020000000003 0000 0000`,
  ],
  [
    "encrypted",
    WIFI,
    "wifi-encrypted",
    bytes`88 41 0000 020000000001 020000000002 020000000003 0000 0000 00`,
  ],
  ["802.11 fragment", WIFI, "fragment", bytes`08 06 0000 020000000001 020000000002 020000000003 0000 aaaa`],
  [
    "802.11 of another version",
    WIFI,
    "malformed",
    bytes`09 02 0000 020000000001 020000000002 020000000003 0000`,
  ],
  ["radiotap shorter than its header", RADIOTAP, "malformed", bytes`00 00 0700 00000000 08 02`],
  ["radiotap longer than the frame", RADIOTAP, "malformed", bytes`00 00 ff00 00000000 08 02`],
  ["radiotap of endless words", RADIOTAP, "malformed", bytes`00 00 0c00 00000080 00000080 08 02`],
  ["not IP although said so", RAW, "malformed", bytes`ff03 0021 4500`],
];

for (const [name, linkType, kind, octets] of OTHERS) {
  test(`${name}: counted as ${kind}`, () => {
    assert.deepEqual(counted(frame(linkType, octets)), { [kind]: 1 });
  });
}
