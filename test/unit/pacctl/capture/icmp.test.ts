import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes } from "../../../support/bytes.ts";
import { CLIENT, CLIENT6, gre, ipv4, ipv6, SERVER, SERVER6, tcp } from "../../../support/capture/frames.ts";
import { ofKind, readPackets } from "../../../support/capture/read.ts";

const GRE = gre(
  7,
  Uint8Array.from({ length: 52 }, (_, i) => i),
); // 64 octets

test("ICMP errors about GRE and the control connection: who, what, about whom", () => {
  const ours = ipv4({ protocol: 47 }, GRE);
  const control = tcp({ seq: 5, flags: "S" });
  const reading = readPackets(
    ipv4(
      { source: SERVER, destination: CLIENT, protocol: 1 },
      concat(bytes`0302 0000 00000000`, ours.subarray(0, 28)),
    ),
    ipv4(
      { source: "192.0.2.254", destination: CLIENT, protocol: 1 },
      concat(bytes`030a 0000 00000000`, control),
    ),
    ipv4(
      { source: "192.0.2.254", destination: CLIENT, protocol: 1 },
      concat(bytes`0304 0000 00000514`, ours),
    ),
    ipv6({ protocol: 58 }, concat(bytes`0200 0000 000004d8`, ipv6({ protocol: 47 }, GRE))),
  );
  assert.deepEqual(
    ofKind(reading, "icmp").map(({ when, kind, ...rest }) => rest),
    [
      {
        source: SERVER,
        destination: CLIENT,
        version: 4,
        type: 3,
        code: 2,
        mtu: undefined,
        copyOf: undefined,
        about: { protocol: "gre", source: CLIENT, destination: SERVER, octets: GRE.slice(0, 8) },
      },
      {
        source: "192.0.2.254",
        destination: CLIENT,
        version: 4,
        type: 3,
        code: 10,
        mtu: undefined,
        copyOf: undefined,
        about: {
          protocol: "tcp",
          source: { address: CLIENT, port: 40_000 },
          destination: { address: SERVER, port: 1723 },
        },
      },
      {
        source: "192.0.2.254",
        destination: CLIENT,
        version: 4,
        type: 3,
        code: 4,
        mtu: 1300,
        copyOf: undefined,
        about: { protocol: "gre", source: CLIENT, destination: SERVER, octets: GRE },
      },
      {
        source: CLIENT6,
        destination: SERVER6,
        version: 6,
        type: 2,
        code: 0,
        mtu: 1240,
        copyOf: undefined,
        about: { protocol: "gre", source: CLIENT6, destination: SERVER6, octets: GRE },
      },
    ],
  );
  assert.equal(reading.summary.packets.icmp, 4);
});

test("other ICMP is only counted: pings, errors about others, errors that quote too little", () => {
  const about = (quoted: Uint8Array) => ipv4({ protocol: 1 }, concat(bytes`0303 0000 00000000`, quoted));
  const reading = readPackets(
    ipv4({ protocol: 1 }, bytes`0800 f7ff 00000000`),
    ipv4({ protocol: 1 }, bytes`0300 00`),
    about(ipv4({ protocol: 17 }, new Uint8Array(8))),
    about(tcp({ seq: 1, serverPort: 443 })),
    about(bytes`4500`),
    ipv6({ protocol: 58 }, concat(bytes`8700 0000 00000000`, ipv6({ protocol: 47 }, GRE))),
    ipv4({ protocol: 58 }, bytes`0200 0000 000004d8`),
  );
  assert.equal(ofKind(reading, "icmp").length, 0);
  assert.equal(reading.summary.packets["other-icmp"], 6);
  assert.equal(reading.summary.packets["other-ip"], 1);
});
