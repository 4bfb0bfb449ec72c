import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_CARRIERS, MAX_UNREAD_KINDS } from "../../../../pacctl/capture/limits.ts";
import { bytes } from "../../../support/bytes.ts";
import { CARRIERS, udp } from "../../../support/capture/carriers.ts";
import { pcap } from "../../../support/capture/files.ts";
import {
  CLIENT,
  CLIENT6,
  ethernet,
  gre,
  ipv4,
  ipv6,
  SERVER,
  SERVER6,
  tcp,
} from "../../../support/capture/frames.ts";
import { counted, ETHERNET, frame, GRE, IPV4, IPV6 } from "../../../support/capture/link-frames.ts";
import { ofKind, read } from "../../../support/capture/read.ts";

const WRAPS = Object.entries(CARRIERS);

for (const [name, wrap] of WRAPS) {
  test(`${name}: the GRE packet inside is found, with its own addresses`, () => {
    const reading = frame(ETHERNET, ethernet(wrap(IPV4)), ethernet(wrap(IPV6)));
    assert.deepEqual(
      ofKind(reading, "gre").map(({ source, destination, octets, cut }) => [
        source,
        destination,
        octets,
        cut,
      ]),
      [
        [CLIENT, SERVER, GRE, false],
        [CLIENT6, SERVER6, GRE, false],
      ],
    );
    assert.deepEqual(counted(reading), { gre: 2 });
    assert.equal(reading.summary.notes.carried, 2);
    assert.deepEqual(reading.summary.unread, []);
  });

  test(`${name}, cut anywhere: one packet, and never more octets than there are`, () => {
    const whole = ethernet(wrap(IPV4));
    for (let length = 0; length < whole.length; length += 1) {
      const reading = frame(ETHERNET, whole.slice(0, length));
      const sum = Object.values(reading.summary.packets).reduce((total, count) => total + count, 0);
      assert.equal(sum, 1, `${length} octets`);
      for (const { octets } of ofKind(reading, "gre")) {
        if (octets[3] === 0x0b) assert.deepEqual(octets, GRE.subarray(0, octets.length));
      }
    }
  });
}

test("every carrier in every other", () => {
  const frames = WRAPS.flatMap(([, inner]) => WRAPS.map(([, outer]) => ethernet(outer(inner(IPV4)))));
  assert.deepEqual(counted(frame(ETHERNET, ...frames)), { gre: frames.length });
});

const WHOLE = ethernet(CARRIERS["VXLAN"]!(IPV4));

test("fragments of the outer packet are put together, in any order; those of other UDP are not kept", () => {
  const packet = WHOLE.subarray(14);
  const pieces = (payload: Uint8Array, id: number) =>
    [0, 16, 40].map((from, i, all) =>
      ethernet(
        ipv4(
          { protocol: 17, id, fragmentOffset: from, moreFragments: i < 2 },
          payload.subarray(from, all[i + 1]),
        ),
      ),
    );
  const [one, two, three] = pieces(packet.subarray(20), 1);
  for (const order of [
    [one, two, three],
    [three, two, one],
  ]) {
    const reading = frame(ETHERNET, ...order.map((octets) => octets!));
    assert.deepEqual(counted(reading), { gre: 1, fragment: 2 });
  }
  const [first, second, last] = pieces(udp(53, new Uint8Array(60)), 2);
  const dns = frame(ETHERNET, first!, last!, second!);
  assert.deepEqual(counted(dns), { fragment: 3 });
  assert.equal(dns.summary.notes["incomplete-datagrams"], 0);
});

test("inner fragments inside outer ones", () => {
  const inner = [0, 8].map((from) =>
    ipv4(
      { protocol: 47, id: 77, fragmentOffset: from, moreFragments: from === 0 },
      GRE.subarray(from, from === 0 ? 8 : undefined),
    ),
  );
  const outer = inner.flatMap((packet, id) => {
    const payload = CARRIERS["GRE, IP"]!(packet).subarray(20);
    return [0, 16].map((from) =>
      ethernet(
        ipv4(
          { protocol: 47, id, fragmentOffset: from, moreFragments: from === 0 },
          payload.subarray(from, from === 0 ? 16 : undefined),
        ),
      ),
    );
  });
  const reading = frame(ETHERNET, ...outer);
  assert.deepEqual(ofKind(reading, "gre")[0]?.octets, GRE);
});

test("a packet inside and outside of a carrier, and in two of them, is one packet and its copies", () => {
  const reading = frame(
    ETHERNET,
    ethernet(IPV4),
    WHOLE,
    ethernet(CARRIERS["ERSPAN II"]!(IPV4)),
    ethernet(CARRIERS["TZSP"]!(IPV4)),
  );
  assert.deepEqual(
    ofKind(reading, "gre").map(({ copyOf }) => copyOf),
    [undefined, 1, 1, 1],
  );
});

test("GRE of PPTP is no carrier, whatever its payload looks like", () => {
  const payload = CARRIERS["GRE, IP"]!(IPV4);
  const reading = frame(ETHERNET, ethernet(ipv4({ protocol: 47 }, gre(1, payload))));
  assert.deepEqual(ofKind(reading, "gre")[0]?.octets, gre(1, payload));
});

test("tunnels in tunnels without end are opened so far", () => {
  let packet = IPV4;
  for (let depth = 0; depth < MAX_CARRIERS; depth += 1) packet = CARRIERS["IPIP"]!(packet);
  assert.deepEqual(counted(frame(ETHERNET, ethernet(packet))), { gre: 1 });
  for (let depth = 0; depth < 2000; depth += 1) packet = CARRIERS["IPIP"]!(packet);
  const reading = frame(ETHERNET, ethernet(packet));
  assert.deepEqual(counted(reading), { "other-ip": 1 });
  assert.deepEqual(reading.summary.unread, [{ what: "nested", number: 0, packets: 1 }]);
});

/** Packets that hide what they hold, and what they are said to be. */
const HIDDEN: readonly (readonly [name: string, frame: Uint8Array, what: string, number: number])[] = [
  ["ESP", ethernet(ipv4({ protocol: 50 }, new Uint8Array(40))), "esp", 0],
  ["ESP in IPv6", ethernet(ipv6({ protocol: 50 }, new Uint8Array(40))), "esp", 0],
  ["ESP in UDP", ethernet(ipv4({ protocol: 17 }, udp(4500, bytes`00001000 00000001 00`))), "esp", 0],
  ["IPComp", ethernet(ipv4({ protocol: 108 }, new Uint8Array(40))), "ipcomp", 0],
  [
    "WireGuard at any port",
    ethernet(ipv4({ protocol: 17 }, udp(13_231, bytes`04000000 00000001 ${new Uint8Array(24)}`))),
    "wireguard",
    0,
  ],
  ["OpenVPN over TCP", ethernet(tcp({ seq: 1, serverPort: 1194 }, bytes`000e 38`)), "openvpn", 0],
  ["sFlow", ethernet(ipv4({ protocol: 17 }, udp(6343, bytes`00000005`))), "sflow", 0],
  ["OpenVPN", ethernet(ipv4({ protocol: 17 }, udp(1194, bytes`48 000000 00`))), "openvpn", 0],
  ["L2TPv3", ethernet(ipv4({ protocol: 115 }, bytes`00000001 00000000`)), "l2tp-v3", 0],
  ["L2TPv3 in UDP", ethernet(ipv4({ protocol: 17 }, udp(1701, bytes`0003 0000 00000001`))), "l2tp-v3", 0],
  ["an IP protocol of nobody's", ethernet(ipv4({ protocol: 253 }, new Uint8Array(8))), "ip-protocol", 253],
  ["an Ethertype of nobody's", ethernet(new Uint8Array(8), "88b5"), "ethertype", 0x88b5],
  ["MACsec", ethernet(bytes`2c 00 00000001 0200000000020001 0123`, "88e5"), "macsec", 0],
  ["PPP Multilink", ethernet(bytes`1100 0001 0006 003d c0000001`, "8864"), "ppp-multilink", 0],
  ["compressed PPP", ethernet(bytes`1100 0001 0004 00fd 9000`, "8864"), "ppp-compressed", 0],
  ["PPP with compressed TCP", ethernet(bytes`1100 0001 0004 002d 9000`, "8864"), "ppp-compressed-tcp", 0],
  ["another protocol of PPP", ethernet(bytes`1100 0001 0004 0031 9000`, "8864"), "ppp-protocol", 0x31],
];

for (const [name, octets, what, number] of HIDDEN) {
  test(`${name}: counted as what may hold packets and is not read`, () => {
    assert.deepEqual(frame(ETHERNET, octets, octets).summary.unread, [{ what, number, packets: 2 }]);
  });
}

test("what holds no packets of users is not named: keys of IPsec, control of L2TP, routing, LLDP, ping", () => {
  const reading = frame(
    ETHERNET,
    ethernet(ipv4({ protocol: 17 }, udp(4500, bytes`00000000 0102030405060708`))),
    ethernet(ipv4({ protocol: 17 }, udp(4500, bytes`ff`))),
    ethernet(ipv4({ protocol: 17 }, udp(1701, bytes`c802 000c 0001 0000 0000 0001`))),
    ethernet(ipv4({ protocol: 115 }, bytes`00000000 c8030000`)),
    ethernet(ipv4({ protocol: 89 }, new Uint8Array(24))),
    ethernet(ipv4({ protocol: 1 }, new Uint8Array(24))),
    ethernet(bytes`0207`, "88cc"),
  );
  assert.deepEqual(reading.summary.unread, []);
});

test("other families on a loopback and other records of ERF are named", () => {
  assert.deepEqual(frame(0, bytes`17000000 00`).summary.unread, [
    { what: "address-family", number: 23, packets: 1 },
  ]);
  assert.deepEqual(frame(197, bytes`0000000000000001 15 04 0012 0000 0000`).summary.unread, [
    { what: "erf", number: 21, packets: 1 },
  ]);
});

test("kinds that are not read are counted each by itself up to a limit, and together beyond", () => {
  const frames = Array.from({ length: MAX_UNREAD_KINDS + 50 }, (_, i) =>
    ethernet(new Uint8Array(8), (0x5000 + i).toString(16)),
  );
  const { unread } = frame(ETHERNET, ...frames, frames[0]!).summary;
  assert.equal(unread.length, MAX_UNREAD_KINDS + 1);
  assert.deepEqual(unread.slice(0, 2), [
    { what: "others", number: 0, packets: 50 },
    { what: "ethertype", number: 0x5000, packets: 2 },
  ]);
});

test("a packet that the capture cut before its inner headers is named", () => {
  const reading = read(pcap([{ octets: WHOLE.slice(0, 64), original: WHOLE.length }]));
  assert.deepEqual(reading.summary.unread, [{ what: "cut", number: 0, packets: 1 }]);
});
