import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIpv6 } from "../../../../pacctl/capture/ip/addresses.ts";
import { bytes } from "../../../support/bytes.ts";
import { address, CLIENT6, gre, ipv4, ipv6, SERVER6 } from "../../../support/capture/frames.ts";
import { ofKind, readPackets } from "../../../support/capture/read.ts";

const GRE = gre(
  7,
  Uint8Array.from({ length: 52 }, (_, i) => i),
); // 64 octets

test("IPv6 addresses are written as RFC 5952 wants them", () => {
  const cases = [
    ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["0:0:0:0:0:0:0:1", "::1"],
    ["fe80:0:0:0:0:0:0:0", "fe80::"],
    ["2001:db8:1:2:3:4:abcd:ef01", "2001:db8:1:2:3:4:abcd:ef01"],
  ] as const;
  for (const [long, short] of cases) assert.equal(formatIpv6(address(long), 0), short);
});

test("GRE in IPv6, behind extension headers", () => {
  const packet = ipv6(
    { protocol: 0 },
    bytes`
      2b 00 0104 00000000            hop-by-hop options; next: routing
      3c 00 04 00 00000000           routing; next: destination options
      33 01 0104 00000000 0104 00000000 0000    destination options; next: authentication
      2f 01 0000 00000000 00000000   authentication header of 12 octets; next: GRE
      ${GRE}
    `,
  );
  const [found] = ofKind(readPackets(packet), "gre");
  assert.deepEqual(found?.octets, GRE);
  assert.deepEqual([found?.source, found?.destination], [CLIENT6, SERVER6]);
  assert.equal(found?.checksum, "none");
});

test("IPv6 extension headers that run past the end are malformed", () => {
  const packet = ipv6({ protocol: 0 }, bytes`2f 04 0104 00000000 3001 880b`);
  assert.equal(readPackets(packet).summary.packets.malformed, 1);
});

test("the outer checksum: right, wrong, or left to the network card", () => {
  const checksums = [undefined, 0x1111, 0].map((checksum) =>
    ipv4(checksum === undefined ? { protocol: 47 } : { protocol: 47, checksum }, GRE),
  );
  const reading = readPackets(...checksums);
  assert.deepEqual(
    ofKind(reading, "gre").map(({ checksum }) => checksum),
    ["right", "wrong", "none"],
  );
  assert.equal(reading.summary.notes.damaged, 1);
});

test("a total length of zero, as large sends have it: the packet ends with the frame", () => {
  const packet = ipv4({ protocol: 47, checksum: 0 }, GRE);
  packet[2] = 0;
  packet[3] = 0;
  assert.deepEqual(ofKind(readPackets(packet), "gre")[0]?.octets, GRE);
});

test("headers that contradict themselves are malformed", () => {
  const short = ipv4({ protocol: 47 }, GRE);
  short[0] = 0x44;
  const long = ipv4({ protocol: 47 }, new Uint8Array(0));
  long[0] = 0x46;
  const less = ipv4({ protocol: 47 }, GRE);
  less[2] = 0;
  less[3] = 19;
  assert.equal(readPackets(short, long, less).summary.packets.malformed, 3);
});
