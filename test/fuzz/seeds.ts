import { encodeFrame } from "../../server/ppp/frame.ts";
import { PROTOCOL } from "../../server/ppp/protocols.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { ascii, bytes, fromHex } from "../support/bytes.ts";
import { KNOWN_OPTIONS } from "../support/known-options.ts";
import { ipv4Packet, tcpPacket, udpPacket } from "../support/packets/ipv4.ts";
import { WINDOWS_SAYS } from "../support/peers/windows-terminations.ts";

/** Packets of one control protocol: code, identifier, length, data. */
type Packets = readonly Uint8Array[];

const packet = (code: number, identifier: number, data: Uint8Array): Uint8Array =>
  Uint8Array.of(code, identifier, (data.length + 4) >>> 8, data.length + 4, ...data);

const packets = (...list: readonly (readonly [code: number, identifier: number, data: string])[]): Packets =>
  list.map(([code, identifier, data]) => packet(code, identifier, fromHex(data)));

export const LCP: Packets = [
  ...packets(
    [
      1,
      0,
      "01040578 0506 0c6f3548 0702 0802 0d0306 110406 4e 1317 01adcb1f 0000000000000000000000000000000000000000",
    ],
    [1, 1, "0206 00000000 0506 0a0b0c0d 0702 0802"],
    [1, 2, "0305 c223 81"],
    [2, 1, "01040578 0206 00000000 0305c22381 0506 aa471106 0702 0802"],
    [3, 1, "0305 c223 80"],
    [3, 2, "0304 c023"],
    [3, 3, "01040200 0506 00000001"],
    [4, 1, "0206 00000000 0702"],
    [5, 9, ""],
    [6, 9, ""],
    [7, 3, "0e010004"],
    [8, 4, "80fd 01010004"],
    [8, 5, "c223"],
    [9, 6, "0c6f3548 01020304"],
    [10, 6, "aa471106"],
    [11, 7, "00000000"],
    [12, 8, "0c6f3548"],
    [13, 8, "0c6f3548 0000003c"],
  ),
  packet(5, 10, ascii("User request")),
  packet(5, 11, WINDOWS_SAYS[0]),
  packet(5, 12, WINDOWS_SAYS[691]),
];

export const CCP: Packets = packets(
  [1, 1, "1206 01000040"],
  [1, 2, "1206 010000e1"],
  [1, 3, "1206 00000060"],
  [1, 4, "1206 01000001 1504 2f 00 1a04 7800"],
  [2, 1, "1206 01000040"],
  [3, 1, "1206 00000020"],
  [4, 1, "1206 01000040"],
  [5, 5, "41131244 003ccd74 000002dc"],
  [6, 5, ""],
  [14, 6, ""],
  [15, 6, ""],
);

export const IPCP: Packets = packets(
  [1, 1, "0306 00000000 8106 00000000 8206 00000000 8306 00000000 8406 00000000"],
  [1, 2, "0306 0a4d000a"],
  [1, 3, "0206 002d0f01 0306 00000000"],
  [1, 4, "0104 0000"],
  [2, 1, "0306 0a4d0001"],
  [3, 1, "0306 0a4d0001"],
  [4, 1, "0306 0a4d0001"],
  [5, 2, ""],
  [7, 3, "63010004"],
);

const zeros = (count: number): string => "00".repeat(count);

export const CHAP: Packets = packets(
  [1, 1, `10 ${zeros(16)} 7061 6364`],
  [2, 1, `31 ${zeros(49)} 616c696365`],
  [2, 1, `31 ${zeros(48)} 01 414345 5c 616c696365`],
  [2, 1, `10 ${zeros(16)} 626f62`],
  [3, 1, "533d"],
  [4, 1, "453d363931"],
  [7, 2, zeros(582)],
);

export const PAP: Packets = packets(
  [1, 1, "05 616c696365 06 733363726574"],
  [1, 2, "00 00"],
  [2, 1, "00"],
  [3, 1, "00"],
);

const EAP: Packets = packets(
  [1, 1, "01"],
  [2, 1, "01 616c696365"],
  [1, 2, "02 6869"],
  [2, 2, "03 1a19"],
  [2, 2, "03 00"],
  [1, 3, `04 10 ${zeros(16)} 7061 6364`],
  [2, 3, `04 10 ${zeros(16)}`],
  [1, 4, "0d 20"],
  [2, 4, "19 80 00000007 15 0301 0002 0230"],
  [1, 5, `1a 01 07 0019 10 ${zeros(16)} 7061 6364`],
  [2, 5, `1a 02 07 003b 31 ${zeros(49)} 616c696365`],
  [1, 6, "1a 03 07 0006 533d"],
  [2, 6, "1a 03"],
  [1, 6, "1a 04 07 0009 453d363931"],
  [2, 6, "1a 04"],
  [3, 7, ""],
  [4, 7, ""],
);

/** Callback Control Protocol. */
const CBCP: Packets = packets(
  [1, 1, "0102 0203 0c 0303 00 0408 00 01 31323300"],
  [2, 1, "020b 0c 01 353500 01 3600"],
  [3, 1, "0102"],
);

/** A Configure-Request with each option that is known, a packet for each protocol. */
export const OTHERS: Packets = Object.values(KNOWN_OPTIONS).map((list) =>
  packet(1, 1, fromHex(list.join(""))),
);

/** Frames of every protocol, address and control present or compressed. */
export const FRAMES: readonly Uint8Array[] = [
  ...Object.keys(KNOWN_OPTIONS).map((protocol, i) =>
    encodeFrame(PROTOCOL[protocol as keyof typeof PROTOCOL], OTHERS[i]!),
  ),
  ...CBCP.map((one) => encodeFrame(PROTOCOL.cbcp, one)),
  ...[
    [PROTOCOL.lcp, LCP],
    [PROTOCOL.ccp, CCP],
    [PROTOCOL.ipcp, IPCP],
    [PROTOCOL.chap, CHAP],
    [PROTOCOL.pap, PAP],
    [0x8057, IPCP.slice(0, 2)],
    [0x8235, IPCP.slice(0, 1)],
    [PROTOCOL.eap, EAP],
  ].flatMap(([protocol, list]) => (list as Packets).map((one) => encodeFrame(protocol as number, one))),
  bytes`c021 09060008 00000000`,
  bytes`ff03 21 45000014`,
  bytes`ff03 fd 9000 00`,
  bytes`ff03 0021 45000014`,
];

/** Inner addresses: the client's own, and another's. */
export const INSIDE = parseIpv4("10.77.0.10")!;
export const OUTSIDE = parseIpv4("192.0.2.80")!;

/** Inner packets from `source` to `destination`. */
export function innerPackets(source: typeof INSIDE, destination: typeof INSIDE): readonly Uint8Array[] {
  const way = { source, destination };
  const syn = 0x02;
  return [
    udpPacket(way, 32),
    udpPacket(way, 1372),
    udpPacket({ ...way, dontFragment: true }, 1472),
    udpPacket({ ...way, options: bytes`94040000 4404 0500` }, 1400),
    udpPacket({ ...way, fragmentOffset: 185 }, 100),
    tcpPacket(way, syn, bytes`0204 05b4 0402 0103 0307`),
    tcpPacket(way, syn, bytes`01 0204 05b4 010101`),
    tcpPacket({ ...way, options: bytes`8307 04 0a000001 00` }, 0x10, bytes``),
    ipv4Packet({ ...way, protocol: 1, payload: bytes`0800 f7ff 00000000` }),
    ipv4Packet({ ...way, protocol: 1, payload: bytes`0304 0000 00000578 4500` }),
    ipv4Packet({ ...way, protocol: 47, payload: bytes`3001 880b` }),
    ipv4Packet({ ...way, protocol: 6, payload: bytes`1234` }),
  ];
}
