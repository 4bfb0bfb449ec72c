import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes } from "../../../support/bytes.ts";
import {
  COOKED,
  COOKED2,
  counted,
  ETHERNET,
  frame,
  GRE,
  IPV4,
  IPV6,
  LOOP,
  NULL,
  RADIOTAP,
  RAW,
  WIFI,
} from "../../../support/capture/link-frames.ts";
import { MORE_LINKS } from "../../../support/capture/more-links.ts";
import { ofKind, problems } from "../../../support/capture/read.ts";

/** Frames that hold one GRE packet each. */
const FRAMES: readonly (readonly [name: string, linkType: number, frame: Uint8Array])[] = [
  [
    "Ethernet, IPv4",
    ETHERNET,
    bytes`
      020000000001 020000000002    destination, source
      0800                         IPv4
      ${IPV4}
      0000 0000 0000               padding to the least length of Ethernet
    `,
  ],
  ["Ethernet, IPv6", ETHERNET, bytes`020000000001 020000000002 86dd ${IPV6}`],
  [
    "Ethernet, VLAN",
    ETHERNET,
    bytes`
      020000000001 020000000002    destination, source
      8100 6064                    802.1Q: priority 3, VLAN 100
      0800                         IPv4
      ${IPV4}
    `,
  ],
  [
    "Ethernet, QinQ",
    ETHERNET,
    bytes`
      020000000001 020000000002    destination, source
      88a8 00c8                    802.1ad: service VLAN 200
      8100 0064                    802.1Q: VLAN 100
      0800                         IPv4
      ${IPV4}
    `,
  ],
  [
    "Ethernet, QinQ of old switches",
    ETHERNET,
    bytes`020000000001 020000000002 9100 00c8 8100 0064 86dd ${IPV6}`,
  ],
  [
    "Ethernet, PPPoE",
    ETHERNET,
    bytes`
      020000000001 020000000002    destination, source
      8864                         PPPoE session
      11 00 0a1b 0028              version 1, type 1, session data; session; 40 octets
      0021                         PPP: IPv4
      ${IPV4}
      0000                         padding
    `,
  ],
  [
    "Ethernet, PPPoE in a VLAN, IPv6",
    ETHERNET,
    bytes`020000000001 020000000002 8100 0007 8864 1100 0a1b 003c 0057 ${IPV6}`,
  ],
  [
    "Ethernet, 802.3 with SNAP",
    ETHERNET,
    bytes`
      020000000001 020000000002    destination, source
      002e                         46 octets
      aaaa 03 000000 0800          SNAP, unnumbered information, OUI of RFC 1042, IPv4
      ${IPV4}
    `,
  ],
  ["raw IPv4", RAW, IPV4],
  ["raw IPv6", RAW, IPV6],
  ["raw under the number of BSD", 12, IPV4],
  ["raw under the number of OpenBSD", 14, IPV4],
  ["raw, IPv4 alone", 228, IPV4],
  ["raw, IPv6 alone", 229, IPV6],
  ["loopback of a little-endian host", NULL, bytes`02000000 ${IPV4}`],
  ["loopback of a big-endian host", NULL, bytes`00000002 ${IPV4}`],
  ["loopback, IPv6 of FreeBSD", NULL, bytes`1c000000 ${IPV6}`],
  ["loopback, IPv6 of macOS", NULL, bytes`1e000000 ${IPV6}`],
  ["loopback, IPv6 of NetBSD and OpenBSD", LOOP, bytes`00000018 ${IPV6}`],
  [
    "Linux cooked",
    COOKED,
    bytes`
      0000 0001 0006         to us, Ethernet, address of 6 octets
      0200 0000 0002 0000    address
      0800                   IPv4
      ${IPV4}
    `,
  ],
  ["Linux cooked, VLAN", COOKED, bytes`0000 0001 0006 0200 0000 0002 0000 8100 0064 0800 ${IPV4}`],
  ["Linux cooked, LLC", COOKED, bytes`0000 0001 0006 0200 0000 0002 0000 0004 aaaa 03 000000 86dd ${IPV6}`],
  [
    "Linux cooked 2",
    COOKED2,
    bytes`
      86dd 0000                IPv6, reserved
      00000003 0001 04 06      interface 3, Ethernet, sent by us, address of 6 octets
      0200 0000 0002 0000      address
      ${IPV6}
    `,
  ],
  [
    "802.11, from an access point",
    WIFI,
    bytes`
      08 02 0000                     data, from the distribution system; duration
      020000000001 020000000002      receiver, transmitter
      020000000003 1000              source; sequence control
      aaaa 03 000000 0800            SNAP, IPv4
      ${IPV4}
    `,
  ],
  [
    "802.11, QoS",
    WIFI,
    bytes`
      88 01 0000                     QoS data, to the distribution system; duration
      020000000001 020000000002      receiver, transmitter
      020000000003 1000              destination; sequence control
      0600                           QoS control
      aaaa 03 000000 0800            SNAP, IPv4
      ${IPV4}
      deadbeef                       frame check sequence
    `,
  ],
  [
    "802.11, QoS with HT control, between access points",
    WIFI,
    bytes`
      88 83 0000                     QoS data, to and from the distribution system, with HT control
      020000000001 020000000002      receiver, transmitter
      020000000003 1000              destination; sequence control
      020000000004                   source
      0600 00000000                  QoS control, HT control
      aaaa 03 0000f8 0800            SNAP, OUI of a bridge tunnel, IPv4
      ${IPV4}
    `,
  ],
  [
    "802.11, a packet alone in an aggregate",
    WIFI,
    bytes`
      88 02 0000 020000000001 020000000002 020000000003 1000
      8000                           QoS control: aggregated
      020000000001 020000000002      destination, source
      002e                           46 octets
      aaaa 03 000000 0800            SNAP, IPv4
      ${IPV4}
    `,
  ],
  [
    "radiotap",
    RADIOTAP,
    bytes`
      00 00 1200                     version, padding, 18 octets
      0b000000                       present: TSFT, Flags, Channel
      0102030405060708               TSFT
      10                             Flags: frame check sequence at the end
      00                             padding
      08 02 0000 020000000001 020000000002 020000000003 1000
      aaaa 03 000000 0800
      ${IPV4}
      deadbeef                       frame check sequence
    `,
  ],
  [
    "radiotap with more words of what is present, and padding behind the 802.11 header",
    RADIOTAP,
    bytes`
      00 00 0d00                     version, padding, 13 octets
      02000080                       present: Flags, and another word
      00000000                       nothing in it
      20                             Flags: data is padded
      88 02 0000 020000000001 020000000002 020000000003 1000
      0600 0000                      QoS control, padding
      aaaa 03 000000 0800
      ${IPV4}
    `,
  ],
];

for (const [name, linkType, octets] of [...FRAMES, ...MORE_LINKS]) {
  test(`${name}: the GRE packet is found`, () => {
    const reading = frame(linkType, octets);
    const [packet] = ofKind(reading, "gre");
    assert.deepEqual(packet?.octets, GRE);
    assert.equal(packet?.cut, false);
    assert.notEqual(packet?.checksum, "wrong");
    assert.deepEqual(counted(reading), { gre: 1 });
    assert.deepEqual(problems(reading), []);
  });

  test(`${name}, cut anywhere: counted as one packet`, () => {
    for (let length = 0; length < octets.length; length += 1) {
      const reading = frame(linkType, octets.slice(0, length));
      const sum = Object.values(reading.summary.packets).reduce((total, count) => total + count, 0);
      assert.equal(sum, 1, `${length} octets`);
      const [packet] = ofKind(reading, "gre");
      if (packet !== undefined) assert.deepEqual(packet.octets, GRE.subarray(0, packet.octets.length));
    }
  });
}
