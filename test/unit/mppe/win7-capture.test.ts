import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import { Reader } from "../../../server/wire/reader.ts";
import { fromHex } from "../../support/bytes.ts";
import { win7FirstFrame } from "../crypto/vectors/win7.ts";

const CAPTURE = new URL("../../../../shared/captures/win7-to-pptpd.pcap", import.meta.url);
const skip = existsSync(CAPTURE) ? false : "the captures are not beside the repository";

/** The link-layer frames of a little-endian pcap file. */
function* frames(file: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  for (let at = 24; at < file.length; ) {
    const length = view.getUint32(at + 8, true);
    yield file.slice(at + 16, at + 16 + length);
    at += 16 + length;
  }
}

/**
 * The MPPE datagram that an Ethernet frame carries in IPv4 and enhanced GRE, if any. This capture has no FF
 * 03.
 */
function mppeOf(frame: Uint8Array): Uint8Array | undefined {
  const reader = new Reader(frame);
  reader.skip(12);
  if (reader.u16() !== 0x0800) return undefined;
  const ip = reader.rest();
  if (ip[9] !== 47) return undefined;
  const gre = new Reader(ip.subarray(4 * (ip[0]! & 0x0f)));
  const flags = gre.u16();
  gre.skip(2);
  const length = gre.u16();
  gre.skip(2 + ((flags & 0x1000) === 0 ? 0 : 4) + ((flags & 0x0080) === 0 ? 0 : 4));
  const ppp = gre.octets(length);
  return ppp[0] === 0xfd ? ppp.subarray(1) : undefined;
}

function checksum(header: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < header.length; i += 2) sum += (header[i]! << 8) | header[i + 1]!;
  return (sum & 0xffff) + (sum >>> 16);
}

test("Windows 7 capture: all 25 encrypted frames decrypt to IPv4 whose header checksum is right", {
  skip,
}, () => {
  const decryptor = new Decryptor({
    key: fromHex(win7FirstFrame.startKey),
    strength: 128,
    stateless: true,
  });
  const datagrams = Array.from(frames(readFileSync(CAPTURE)), mppeOf).filter(
    (datagram) => datagram !== undefined,
  );
  assert.equal(datagrams.length, 25);
  for (const datagram of datagrams) {
    assert.equal(decryptor.open(datagram, 0, datagram.length), "ok");
    const plain = new Reader(datagram.subarray(2));
    assert.equal(plain.u16(), 0x0021);
    const ip = plain.rest();
    assert.equal(checksum(ip.subarray(0, 4 * (ip[0]! & 0x0f))), 0xffff);
  }
});
